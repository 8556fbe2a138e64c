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
    func replay() throws(Arguments.UsageError) -> ExitCode {
        guard let path = arguments.options["--organization"] else {
            throw Arguments.UsageError(message: "--organization FILE is needed")
        }
        guard let root = try RootFolder.option(arguments) ?? RootFolder(holding: path) else {
            throw Arguments.UsageError(message: "there is no file '\(path)'")
        }
        let paths = EventPaths(arguments.paths, list: try list())
        // By one name, so that what no overlay touches stands at one place.
        guard let worlds = worlds(RootFolder.tidy(path), root) else { return .invalidInput }
        let summary = decide(paths, under: worlds, in: path)
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

    /// The list of `--files-from`.
    private func list() throws(Arguments.UsageError) -> PathList? {
        guard let name = arguments.options["--files-from"] else { return nil }
        do throws(SystemProblem) {
            return PathList(
                name,
                name == "-" ? StandardInput(system) : try system.openFile(name)
            )
        } catch {
            let message = "cannot read the list of files '\(name.printable)': \(error.reason)"
            throw Arguments.UsageError(message: message)
        }
    }

    /// Stands for all files of the organization and its overlays, as they were read, and for what
    /// this version makes of them.
    private var state: String {
        let files = sources.paths.indices.compactMap { sources.text(Int32($0)) }
        let digests = files.map {
            "\($0.path) \(DerivedIdentifier.digest(String(decoding: $0.bytes, as: UTF8.self)))"
        }
        let all = [CommandLineTool.version] + digests.sorted()
        return DerivedIdentifier.digest(all.joined(separator: "\n"))
    }

    private func decide(
        _ paths: EventPaths,
        under worlds: ReplayWorlds,
        in organization: String
    ) -> ReplaySummary {
        var pieces = EventFiles(paths, on: system)
        var progress = Progress(system)
        let start = system.seconds()
        let empty = ReplaySummary(organization: organization, overlays: overlays, state: state)
        var total = empty
        workers.run(
            makeWorker: { HistoryJudge(worlds) },
            next: { pieces.next() },
            work: { judge, piece -> ReplaySummary in
                var part = empty
                switch piece {
                case .records(let block, let file): judge.judge(block, of: file, to: &part)
                case .end(let file, let problem, let records):
                    part.add(file: file, problem: problem, after: records)
                case .problem(let name, let why): part.add(problem: why, of: name)
                case .passedOver: part.passOverFile()
                }
                return part
            },
            deliver: { part in
                total.merge(part)
                progress.show(
                    "\(total.records.count) records of \(total.files) files, "
                        + "\(rate(of: total, since: start)) a second"
                )
                return true
            }
        )
        progress.clear()
        return total
    }

    private func rate(of summary: ReplaySummary, since start: Double) -> Int {
        let seconds = max(0.001, system.seconds() - start)
        return Int(Double(summary.records.count) / seconds)
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
        for path in arguments.paths {
            guard RootFolder.kind(of: path) == .folder else {
                guard add(path, to: &merged) else { return .invalidInput }
                continue
            }
            var walk = FolderWalk(path, endingIn: [".json"])
            var isEmpty = true
            while let found = walk.next() {
                isEmpty = false
                switch found {
                case .problem(let place, let why): return refuse(place, why)
                case .file(let path):
                    guard add(path, to: &merged) else { return .invalidInput }
                }
            }
            if isEmpty { return refuse(path, "there is no answer in it") }
        }
        return merged.map { tell($0) } ?? .invalidInput
    }

    /// Puts an answer together with those before; false, told, where that cannot be done.
    private func add(_ path: String, to merged: inout ReplaySummary?) -> Bool {
        guard let part = part(path) else { return false }
        guard var whole = merged else {
            merged = part
            return true
        }
        guard whole.isMergeable(with: part) else {
            _ = refuse(path, "it answers another question than the first, or of other files")
            return false
        }
        merged = nil
        whole.merge(part)
        merged = whole
        return true
    }

    private func part(_ path: String) -> ReplaySummary? {
        let bytes: [UInt8]
        switch RootFolder.contents(of: path) {
        case .success(let contents): bytes = contents
        case .failure(let problem):
            _ = refuse(path, problem.sentence(about: path))
            return nil
        }
        // Of its own, so that answers are not all held.
        let sources = SourceMap()
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
