import JSONSource
import Parallelism
import Reports
import Scenarios

extension Verb {
    static let test = Verb(
        name: "test",
        usage: "test [--root DIR] [--format text|json|github] [--jobs N] PATH…",
        summary: "replay scenarios and compare every check with what is expected",
        details: """
            A PATH is a scenario file or a folder: every *.json file below it with a 'scenario' or
            'steps' member is replayed, in order of path; names that begin with a dot are passed over.
            Problems in files go to standard error.
            """,
        options: [
            .root,
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default), json or github (annotations)"
            ),
            .jobs,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try TestRun(arguments, system).run()
        }
    )
}

/// One run of `orgsim test`: what is printed of a scenario is kept, not what came out of it.
private struct TestRun {
    /// How many files are read before their scenarios are replayed.
    private static let batch = 1_024
    /// How many scenarios may be replayed before the one that is due: one takes a hundred times as
    /// long as another.
    private static let lookAhead = 128
    private let system: SystemInterface
    private let paths: [String]
    private let root: RootFolder?
    private let format: OutputFormat
    private let workers: Workers
    private let sources = SourceMap()
    private let budget = ReadingBudget()

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        paths = arguments.paths
        if paths.isEmpty {
            throw Arguments.UsageError(message: "name at least one scenario file or folder")
        }
        root = try RootFolder.option(arguments)
        format = try OutputFormat(arguments)
        workers = try Workers(arguments, system)
    }

    func run() -> ExitCode {
        let start = system.seconds()
        var output = RunOutput(report, system)
        var diagnostics: [Diagnostic] = []
        var replays = ReplayBudget()
        var named: NamedFiles?
        for path in paths where output.isHeard {
            guard let input = InputPath(path, root: root, &diagnostics) else { continue }
            if named?.add(input) == true { continue }
            if let files = named { replay(files, &replays, &diagnostics, &output) }
            named = NamedFiles(path: path, input)
        }
        if let files = named { replay(files, &replays, &diagnostics, &output) }
        output.end(diagnostics, DiagnosticRenderer(sources: sources), since: start)
        guard output.isHeard, !diagnostics.hasErrors else { return .invalidInput }
        return output.tally.failedScenarios > 0 ? .expectationFailed : .success
    }

    /// Replays the scenarios in some files, what they refer to being read once for all.
    private func replay(
        _ named: NamedFiles,
        _ replays: inout ReplayBudget,
        _ diagnostics: inout [Diagnostic],
        _ output: inout RunOutput
    ) {
        let loader = DocumentLoader(
            reader: named.root.reader(within: budget),
            sources: sources
        )
        var reader = ScenarioReader(loader: loader, budget: replays, workers: workers)
        let before = output.tally.scenarios
        var rest = named.files[...]
        while !rest.isEmpty, output.isHeard {
            var files = Array(rest.prefix(Self.batch))
            rest = rest.dropFirst(Self.batch)
            if named.isFolder { files = reader.scenarios(among: files, by: workers) }
            replay(files, &reader, &output)
        }
        if output.tally.scenarios == before, named.isComplete {
            diagnostics.append(
                .problem("file.no-scenario", "there is no scenario in '\(named.path)'")
            )
        }
        diagnostics += reader.diagnostics
        replays = reader.budget
    }

    /// Small scenarios are replayed side by side, large ones one by one with all threads.
    private func replay(
        _ files: [String],
        _ reader: inout ScenarioReader,
        _ output: inout RunOutput
    ) {
        let scenarios = Array(zip(files, reader.read(files, by: workers)))
        var diagnostics: [Diagnostic] = []
        var rest = scenarios[...]
        // A scenario that would keep the others waiting is shared out among all threads.
        let all = scenarios.reduce(0) { $0 + $1.1.checks }
        let large = max(2_000, all / (workers.count * 2) + 1)
        while let first = rest.first, output.isHeard {
            let isLarge = first.1.checks >= large
            let group = isLarge ? rest.prefix(1) : rest.prefix { $0.1.checks < large }
            rest = rest.dropFirst(group.count)
            var left = group
            (group.count == 1 ? .one : workers).run(
                lookAhead: Self.lookAhead,
                makeWorker: {},
                next: { left.popFirst() },
                work: { _, found in replay(found.1, in: found.0, by: isLarge ? workers : .one) },
                deliver: { replayed in
                    diagnostics += replayed.diagnostics
                    output.add(replayed.bytes, replayed.tally)
                    return output.isHeard
                }
            )
        }
        reader.report(diagnostics)
    }

    /// What is left of a scenario when it has been replayed.
    private struct Replayed: Sendable {
        let bytes: [UInt8]
        let tally: RunTally
        let diagnostics: [Diagnostic]
    }

    private func replay(
        _ scenario: Scenario?,
        in file: String,
        by workers: Workers
    ) -> Replayed {
        guard let scenario else {
            let unread = ScenarioResult(
                file: file,
                name: file,
                description: nil,
                status: .error,
                steps: []
            )
            return Replayed(
                bytes: report.scenario(unread),
                tally: RunTally(unread),
                diagnostics: []
            )
        }
        let replayed = ScenarioReplay.run(
            scenario,
            explaining: report.showsExplanations ? .failed : .none,
            by: workers
        )
        return Replayed(
            bytes: report.scenario(replayed.value),
            tally: RunTally(replayed.value),
            diagnostics: replayed.diagnostics
        )
    }

    private var report: any RunReport {
        switch format {
        case .text: TextReport(sources: sources, style: system.wantsColour ? .coloured : .plain)
        case .json: JSONReport(sources: sources)
        case .github: GitHubAnnotations(sources: sources)
        }
    }
}

/// A folder of the command line, or files that stand one behind the other there.
private struct NamedFiles {
    let path: String
    let root: RootFolder
    let isFolder: Bool
    let isComplete: Bool
    private(set) var files: [String]
    /// A file that is named twice is replayed twice, and read anew for that.
    private var known: Set<String>

    init(path: String, _ input: InputPath) {
        self.path = path
        root = input.root
        isFolder = input.isFolder
        isComplete = input.isComplete
        files = input.files
        known = Set(input.files)
    }

    /// Takes in a file that may refer to the same ones; false where that is not so.
    mutating func add(_ input: InputPath) -> Bool {
        // Messages speak of the root as it was named.
        guard !isFolder, !input.isFolder, input.root == root, input.root.name == root.name,
            !input.files.contains(where: known.contains)
        else { return false }
        files += input.files
        known.formUnion(input.files)
        return true
    }
}

extension Scenario? {
    /// How many requests it asks.
    fileprivate var checks: Int { self?.matrixChecks ?? 0 }
}

/// What a run has printed and will print.
private struct RunOutput {
    private let report: any RunReport
    private let system: SystemInterface
    /// What is printed at the end.
    private var kept: [UInt8] = []
    private var progress: Progress
    private(set) var tally = RunTally()
    /// Whether standard output takes what is written.
    private(set) var isHeard = true

    init(_ report: any RunReport, _ system: SystemInterface) {
        self.report = report
        self.system = system
        progress = Progress(system)
    }

    /// Adds what is printed of a scenario.
    mutating func add(_ bytes: [UInt8], _ scenario: RunTally) {
        if let opening = report.opening(isFirst: tally.scenarios == 0) {
            isHeard = system.answer(opening) && system.answer(bytes)
        } else {
            kept += bytes
        }
        tally.add(scenario)
        progress.show("\(tally.scenarios) scenarios replayed")
    }

    /// Tells what is wrong with the files and what came out of the run.
    mutating func end(_ diagnostics: [Diagnostic], _ renderer: DiagnosticRenderer, since: Double) {
        progress.clear()
        system.writeError(renderer.render(diagnostics))
        guard isHeard else { return }
        let run = EndedRun(
            tally: tally,
            diagnostics: diagnostics,
            seconds: system.seconds() - since
        )
        isHeard = system.answer(report.ending(run, scenarios: kept))
    }
}

extension RootFolder {
    /// The folder that `--root` names, if it is given.
    static func option(_ arguments: Arguments) throws(Arguments.UsageError) -> RootFolder? {
        guard let name = arguments.options["--root"] else { return nil }
        guard let root = RootFolder(name) else {
            throw Arguments.UsageError(message: "'\(name)' is not a folder")
        }
        return root
    }
}
