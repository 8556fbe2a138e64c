import History
import JSONSource
import OrganizationModel
import Parallelism
import Reports
import Scenarios

/// One run of `orgsim replay`: constant memory, and the same answer on any number of threads.
struct ReplayRun {
    private let arguments: Arguments
    private let system: SystemInterface
    private let format: ReplayFormat
    private let workers: Workers
    private let overlays: [String]
    private let sources = SourceMap()

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.arguments = arguments
        self.system = system
        format = try arguments.choice("--format", ReplayFormat.self) ?? .text
        workers = try Workers(arguments, system)
        overlays = arguments.all("--against")
        let isMerge = arguments.options["--merge"] != nil
        let list = arguments.options["--files-from"]
        if arguments.paths.isEmpty, list == nil || isMerge {
            throw Arguments.UsageError(message: "name files or folders of records, or -")
        }
        if list == "-", arguments.paths.contains("-") {
            let message = "standard input holds the list of files or records, not both"
            throw Arguments.UsageError(message: message)
        }
        if isMerge {
            for option in ["--organization", "--against", "--files-from"]
            where arguments.options[option] != nil {
                let message = "with --merge the answers say everything: leave '\(option)' out"
                throw Arguments.UsageError(message: message)
            }
        }
    }
}

extension ReplayRun {
    /// The endings of files that hold records.
    private static let endings = [
        ".json", ".json.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz",
    ]

    func replay() throws(Arguments.UsageError) -> ExitCode {
        guard let path = arguments.options["--organization"] else {
            throw Arguments.UsageError(message: "--organization FILE is needed")
        }
        guard let root = try RootFolder.option(arguments) ?? RootFolder(holding: path) else {
            throw Arguments.UsageError(message: "there is no file '\(path)'")
        }
        // By one name, so that what no overlay touches stands at one place.
        guard let worlds = worlds(RootFolder.tidy(path), root) else { return .invalidInput }
        var summary = ReplaySummary(organization: path, overlays: overlays)
        let files = try files(noting: &summary)
        decide(files, under: worlds, into: &summary)
        return tell(summary)
    }

    /// The organization by itself and under each overlay; nil, told, where one does not load.
    private func worlds(_ path: String, _ root: RootFolder) -> ReplayWorlds? {
        var reader = ScenarioReader(
            loader: DocumentLoader(
                reader: root.reader(within: ReadingBudget(), by: workers),
                sources: sources
            ),
            workers: workers
        )
        let base = reader.world(path: path, namedAt: nil)
        let others = overlays.map { reader.world(path: path, overlays: [$0]) }
        system.writeError(DiagnosticRenderer(sources: sources).render(reader.diagnostics))
        let changed = others.compactMap(\.self)
        guard let base, changed.count == overlays.count, !reader.diagnostics.hasErrors else {
            return nil
        }
        return ReplayWorlds(
            base.engine,
            overlays: changed.map(\.engine),
            reads: ReadKeys(in: ([base] + changed).map(\.state.value)),
            sources: sources
        )
    }

    /// The files of records, folders unfolded; what is not there is noted.
    private func files(
        noting summary: inout ReplaySummary
    ) throws(Arguments.UsageError) -> [String] {
        var files: [String] = []
        for path in try arguments.paths + listed() {
            guard path != "-", RootFolder.kind(of: path) == .folder else {
                files.append(path)
                continue
            }
            let listing = RootFolder.files(below: path, endingIn: Self.endings)
            files += listing.files
            for problem in listing.problems {
                summary.add(file: path, problem: problem.message, after: 0)
            }
            if listing.files.isEmpty, listing.problems.isEmpty {
                let endings = Self.endings.joined(separator: ", ")
                summary.add(file: path, problem: "no file in it ends in \(endings)", after: 0)
            }
        }
        return files
    }

    /// The paths that `--files-from` lists, a line each.
    private func listed() throws(Arguments.UsageError) -> [String] {
        guard let list = arguments.options["--files-from"] else { return [] }
        var bytes: [UInt8] = []
        do throws(SystemProblem) {
            let stream = list == "-" ? StandardInput(system) : try system.openFile(list)
            while bytes.count <= Self.listLimit {
                let chunk = try stream.next()
                if chunk.isEmpty {
                    let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
                    return lines.map { String(decoding: $0, as: UTF8.self) }
                }
                bytes += chunk
            }
        } catch {
            throw Arguments.UsageError(message: "cannot read the list of files: \(error.reason)")
        }
        throw Arguments.UsageError(
            message: "the list of files is longer than \(Self.listLimit) bytes"
        )
    }

    /// How long the list of `--files-from` may be, in bytes.
    private static let listLimit = 64 << 20

    private func decide(
        _ files: [String],
        under worlds: ReplayWorlds,
        into summary: inout ReplaySummary
    ) {
        var pieces = EventFiles(files, on: system)
        var progress = Progress(system)
        let empty = ReplaySummary(organization: summary.organization, overlays: overlays)
        var total = summary
        workers.run(
            makeWorker: { HistoryJudge(worlds) },
            next: { pieces.next() },
            work: { judge, piece -> ReplaySummary in
                var part = empty
                switch piece {
                case .records(let block, let file): judge.judge(block, of: file, to: &part)
                case .end(let file, let problem, let records):
                    part.add(file: file, problem: problem, after: records)
                }
                return part
            },
            deliver: { part in
                total.merge(part)
                progress.show("\(total.records.count) records of \(total.files) files")
                return true
            }
        )
        progress.clear()
        summary = total
    }

    private func tell(_ summary: ReplaySummary) -> ExitCode {
        let answer =
            switch format {
            case .text: ReplayText(style: system.wantsColour ? .coloured : .plain).text(summary)
            case .json: summary.json.pretty
            case .html: ReplayPage().html(summary)
            }
        guard system.answer(Array(answer.utf8)) else { return .invalidInput }
        if !summary.badFiles.isEmpty { return .invalidInput }
        let denied = overlays(of: summary).contains { summary.count(.newlyDenied, under: $0) > 0 }
        return denied && arguments.options["--fail-on-denied"] != nil
            ? .expectationFailed : .success
    }

    private func overlays(of summary: ReplaySummary) -> Range<Int> {
        summary.overlays.indices
    }
}

// Answers put together.
extension ReplayRun {
    func merge() -> ExitCode {
        var merged: ReplaySummary?
        for path in files() {
            guard let part = part(path) else { return .invalidInput }
            guard var whole = merged else {
                merged = part
                continue
            }
            guard whole.isMergeable(with: part) else {
                return refuse(path, "it answers another question than the first one")
            }
            whole.merge(part)
            merged = whole
        }
        guard let merged else { return refuse(arguments.paths[0], "there is no answer in it") }
        return tell(merged)
    }

    private func files() -> [String] {
        arguments.paths.flatMap { path in
            RootFolder.kind(of: path) == .folder ? RootFolder.files(below: path).files : [path]
        }
    }

    private func part(_ path: String) -> ReplaySummary? {
        let bytes: [UInt8]
        switch RootFolder.contents(of: path) {
        case .success(let contents): bytes = contents
        case .failure(let problem):
            _ = refuse(path, problem.sentence(about: path))
            return nil
        }
        let parsed = JSONParser.parse(
            bytes,
            file: sources.add(SourceText(path: path, bytes: bytes))
        )
        guard let value = parsed.value, !parsed.diagnostics.hasErrors else {
            system.writeError(DiagnosticRenderer(sources: sources).render(parsed.diagnostics))
            return nil
        }
        do throws(ReplaySummary.Unreadable) {
            return try ReplaySummary(value)
        } catch {
            _ = refuse(path, error.message)
            return nil
        }
    }

    private func refuse(_ path: String, _ why: String) -> ExitCode {
        system.writeError("orgsim replay: '\(path.printable)': \(why.printable)\n")
        return .invalidInput
    }
}
