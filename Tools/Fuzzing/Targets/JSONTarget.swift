import Explaining
import JSONSource

/// Any bytes read as JSON, and what is done with a value: printed, embedded, edited, resolved.
struct JSONTarget: FuzzTarget {
    private let mutator: Mutator
    private let samples: [Sample]

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        // Files are long; what is in them is mutated more often.
        samples = corpus.fragments + corpus.documents.filter { $0.bytes.count <= 2_048 }
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        let index = generator.below(samples.count)
        var bytes = mutator.mutated(samples[index], &generator)
        if generator.once(in: 12) {
            bytes = Array(OddText.percentEncoded(bytes).dropFirst().dropLast())
            mutator.changeBytes(&bytes, &generator)
        }
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        let sources = SourceMap()
        let file = sources.add(SourceText(path: "input.json", bytes: input.bytes))
        let parsed = JSONParser.parse(input.bytes, file: file)
        var problems = Sayings(sources: sources).problems(parsed.diagnostics)
        let careful = JSONParser.parseCarefully(input.bytes, file: file)
        if careful.diagnostics != parsed.diagnostics || careful.count != parsed.count {
            problems.append("the quick reader says something else than the careful one")
        }
        if careful.value.map({ PlacedText.of($0) }) != parsed.value.map({ PlacedText.of($0) }) {
            problems.append("the quick reader reads something else than the careful one")
        }
        if parsed.value == nil, !parsed.diagnostics.hasErrors {
            problems.append("nothing is read and nothing is said")
        }
        if let value = parsed.value {
            problems += misplaced(value, inside: 0..<input.bytes.count)
            if !parsed.diagnostics.hasErrors {
                problems += printed(value, input)
                if input.isChosen(oneIn: 4, 1) { problems += edited(value) }
                if input.isChosen(oneIn: 4, 6) { problems += recorded(value, sources) }
            }
        }
        if input.isChosen(oneIn: 3, 2) { problems += embedded(input, parsed) }
        if input.isChosen(oneIn: 3, 3) { problems += resolved(input) }
        return problems
    }
}

extension JSONTarget {
    /// Values stand inside those that hold them.
    private func misplaced(_ value: JSONValue, inside outer: Range<Int>) -> [String] {
        let range = Int(value.span.start)..<max(Int(value.span.start), Int(value.span.end))
        guard outer.lowerBound <= range.lowerBound, range.upperBound <= outer.upperBound else {
            return ["a value stands outside of what holds it"]
        }
        return (value.elements ?? []).flatMap { misplaced($0, inside: range) }
            + (value.members ?? []).flatMap { misplaced($0.value, inside: range) }
    }

    /// Anything taken for a CloudTrail record: what is wrong with it has its place.
    private func recorded(_ value: JSONValue, _ sources: SourceMap) -> [String] {
        let record = RecordedEvent.record(number: nil, in: value, sources: sources)
        let read = record.value.map { RecordedEvent.read($0) }
        let problems = record.diagnostics + (read?.diagnostics ?? [])
        if record.value == nil, !record.diagnostics.hasErrors {
            return ["no record is found and nothing is said"]
        }
        return Sayings(sources: sources).problems(problems)
    }

    /// What is printed reads as the same value.
    private func printed(_ value: JSONValue, _ input: FuzzInput) -> [String] {
        let output = JSONOutput(value)
        let text = input.isChosen(oneIn: 2, 4) ? output.compact : output.pretty
        let again = JSONParser.parse(Array(text.utf8), file: 0)
        guard again.diagnostics.isEmpty, let copy = again.value, JSONOutput(copy) == output else {
            return ["a value does not read as it is printed: \(text)"]
        }
        return PrintedText.problems(output.compact)
    }

    /// The text in a string, plain or %-encoded, is the same value, or refused inside the string.
    private func embedded(_ input: FuzzInput, _ parsed: Parsed<JSONValue?>) -> [String] {
        guard String(validating: input.bytes, as: UTF8.self) != nil else { return [] }
        let string =
            input.isChosen(oneIn: 2, 5)
            ? OddText.quoted(input.bytes) : OddText.percentEncoded(input.bytes)
        let text = Array("{\"Document\": ".utf8) + string + Array("}".utf8)
        let sources = SourceMap()
        let file = sources.add(SourceText(path: "outer.json", bytes: text))
        guard let value = JSONParser.parse(text, file: file).value?["Document"] else {
            return ["a quoted text is not read"]
        }
        let inner = JSONValue.embedded(in: value, sources: sources)
        var problems = Sayings(sources: sources).problems(inner.diagnostics)
        let place = Int(value.span.start)..<Int(value.span.end)
        if let found = inner.value { problems += misplaced(found, inside: place) }
        // What begins with a bracket shows whether it was %-encoded; a number or a word does not.
        let isList = input.bytes.first.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
        if isList == true, !parsed.diagnostics.hasErrors {
            let same = inner.value.map { JSONOutput($0) } == parsed.value.map { JSONOutput($0) }
            if !same { problems.append("an embedded value is another one") }
        }
        return problems
    }

    /// A value is found where it was put, and merging a value with itself adds nothing.
    private func edited(_ value: JSONValue) -> [String] {
        guard let member = value.members?.last else { return [] }
        let new = JSONValue(.string("new"), at: value.span)
        let edited = value.setting([member.key, "x"], to: new)
        if member.value.elements == nil, edited?.value(at: [member.key, "x"])?.string != "new" {
            return ["what is put at '\(member.key)' is not there"]
        }
        let merged = value.merging(value)
        let again = merged.merging(merged)
        return JSONOutput(merged) == JSONOutput(again) ? [] : ["merging twice is not merging once"]
    }

    /// References into the file itself, and to files that do not exist.
    private func resolved(_ input: FuzzInput) -> [String] {
        let sources = SourceMap()
        let bytes = input.bytes
        let reader = FileReader { path in
            path == "a/input.json" || path == "a/x.json" ? .success(bytes) : .failure(.notFound)
        }
        var loader = DocumentLoader(reader: reader, sources: sources)
        let value = loader.load("a/input.json", namedAt: nil)
        var problems = Sayings(sources: sources).problems(loader.diagnostics)
        if value == nil, !loader.diagnostics.hasErrors {
            problems.append("a file is not loaded and nothing is said")
        }
        if loader.isSound("a/input.json") == loader.diagnostics.hasErrors {
            problems.append("a file with an error counts as sound, or one without as faulty")
        }
        return problems
    }
}

/// A value as text with all its places, to be compared.
private enum PlacedText {
    static func of(_ value: JSONValue) -> String {
        let span = "@\(value.span.start)-\(value.span.end)"
        switch value.content {
        case .null, .bool, .number, .string: return JSONOutput(value).compact + span
        case .array(let elements):
            return "[" + elements.map(of).joined(separator: ",") + "]" + span
        case .object(let members):
            let parts = members.map { member in
                JSONOutput.string(member.key).compact
                    + "@\(member.keySpan.start)-\(member.keySpan.end):" + of(member.value)
            }
            return "{" + parts.joined(separator: ",") + "}" + span
        }
    }
}
