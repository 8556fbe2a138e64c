import History
import JSONSource
import OrganizationModel
import Reports
import Scenarios

/// Recorded calls of which one is mutated, in lines, in lists and by itself: cut, read, replayed.
struct RecordTarget: FuzzTarget {
    private let mutator: Mutator
    private let samples: [Sample]
    private let worlds: ReplayWorlds?

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        samples = RecordText.all.map { Sample(path: "records.json", bytes: Array($0.utf8)) }
        let files = RecordText.files
        let sources = SourceMap()
        let reader = FileReader {
            files[$0].map { .success(Array($0.utf8)) } ?? .failure(.notFound)
        }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        let before = scenarios.world(path: "o.json", namedAt: nil)
        let after = scenarios.world(path: "o.json", overlays: ["guard.json"])
        worlds = before.flatMap { before in
            after.map { after in
                ReplayWorlds(
                    before.engine,
                    overlays: [after.engine],
                    reads: ReadKeys(in: [before.state.value, after.state.value]),
                    sources: sources
                )
            }
        }
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        let index = generator.below(samples.count)
        let bytes = mutator.mutated(samples[index], &generator)
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        let pieces = Int(input.choice >> 8 % 61) % 97 + 1
        // On one line, as log files are.
        let line = input.bytes.filter { $0 != UInt8(ascii: "\n") }
        var problems = amongLines(line, place: Int(input.choice % 4), pieces)
        problems += amongRecords(line, pieces)
        problems += replayed(input.bytes, pieces)
        return problems
    }
}

extension RecordTarget {
    /// Records of a stream that is read in pieces, and whether it ends too early.
    private struct Reading: Equatable {
        var records: [[UInt8]] = []
        var frames: [[UInt8]] = []
        var isCutShort = false

        init(_ text: [UInt8], pieces: Int) {
            var cutter = RecordCutter()
            var rest = text[...]
            while !rest.isEmpty {
                add(cutter.cut(Array(rest.prefix(pieces))))
                frames += cutter.takeFrames()
                rest = rest.dropFirst(pieces)
            }
            let end = cutter.end()
            add(end.block)
            isCutShort = end.isCutShort
        }

        private mutating func add(_ block: RecordBlock?) {
            guard let block else { return }
            records += block.cuts.map { Array(block.bytes[$0.range]) }
        }
    }

    private func joined(_ texts: [[UInt8]], by separator: String) -> [UInt8] {
        Array(texts.joined(separator: Array(separator.utf8)))
    }

    /// Whatever a line is, no other one is lost.
    private func amongLines(_ line: [UInt8], place: Int, _ pieces: Int) -> [String] {
        let good = RecordText.lines
        var lines = good
        lines.insert(line, at: place % (good.count + 1))
        let read = Reading(joined(lines, by: "\n"), pieces: pieces)
        let isWhole = good.allSatisfy { read.records.contains($0) }
        return isWhole ? [] : ["a record is lost beside a line that is none"]
    }

    /// A value that is sound in itself stands in a list as it is.
    private func amongRecords(_ line: [UInt8], _ pieces: Int) -> [String] {
        let parsed = JSONParser.parse(line, file: 0)
        guard let value = parsed.value, !parsed.diagnostics.hasErrors,
            value.members != nil || value.elements != nil
        else { return [] }
        let own = Array(line[Int(value.span.start)..<Int(value.span.end)])
        let records = [RecordText.lines[0], own, RecordText.lines[1]]
        let start = Array(#"{"Records":["#.utf8)
        let read = Reading(start + joined(records, by: ", ") + Array("]}\n".utf8), pieces: pieces)
        let isRight = read.records == records && read.frames.isEmpty && !read.isCutShort
        return isRight ? [] : ["the records of a sound list are not cut out of it"]
    }

    /// Everything is counted once, and told the same whatever the pieces.
    private func replayed(_ text: [UInt8], _ pieces: Int) -> [String] {
        guard let worlds else { return ["the organization of the records does not load"] }
        var problems: [String] = []
        let whole = Reading(text, pieces: max(1, text.count))
        if Reading(text, pieces: pieces) != whole {
            problems.append("a stream is cut in another way where it comes in pieces")
        }
        for frame in whole.frames {
            let words = RecordFrame.problem(frame)
            problems += PrintedText.problems((words ?? "").printable)
        }
        let summary = summary(of: text, pieces, worlds)
        let count = summary.records.count + summary.badRecordCount
        if count != whole.records.count {
            problems.append("\(count) records are told of \(whole.records.count)")
        }
        let told = Effect.allCases.reduce(0) { $0 + summary.count($1, under: 0) }
        if told != summary.records.count {
            problems.append("\(told) effects are told of \(summary.records.count) records")
        }
        let json = summary.json.compact
        problems += PrintedText.problems(json: json) + PrintedText.problems(json)
        problems += PrintedText.problems(ReplayText(style: .plain).text(summary))
        let again = JSONParser.parse(Array(json.utf8), file: 0).value
        if again.flatMap({ try? ReplaySummary($0) }) != summary {
            problems.append("an answer is not read as it is printed")
        }
        if self.summary(of: text, max(1, text.count), worlds).json.compact != json {
            problems.append("two replays say two things")
        }
        return problems
    }

    private func summary(
        of text: [UInt8],
        _ pieces: Int,
        _ worlds: ReplayWorlds
    ) -> ReplaySummary {
        var summary = ReplaySummary(organization: "o.json", overlays: ["guard.json"])
        var judge = HistoryJudge(worlds)
        var cutter = RecordCutter()
        var rest = text[...]
        while !rest.isEmpty {
            if let block = cutter.cut(Array(rest.prefix(pieces))) {
                judge.judge(block, of: "e.json", to: &summary)
            }
            rest = rest.dropFirst(pieces)
        }
        if let block = cutter.end().block { judge.judge(block, of: "e.json", to: &summary) }
        return summary
    }
}
