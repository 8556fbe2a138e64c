import Coverage
import JSONSource
import Parallelism
import Reports
import Scenarios

/// One run of `orgsim test`: what is printed of a scenario is kept, not what came out of it.
struct TestRun {
    /// How many files are read before their scenarios are replayed.
    private static let batch = 1_024
    /// How many scenarios may be replayed before the one that is due: one takes a hundred times as
    /// long as another.
    private static let lookAhead = 128
    private let system: SystemInterface
    private let paths: [String]
    private let root: RootFolder?
    private let selection: Selection
    private let stopsAtFailure: Bool
    private let lists: Bool
    private let reports: RunReports
    private let goal: CoverageGoal
    private let workers: Workers
    private let watched: WatchedFiles?
    private let sources = SourceMap()
    private let budget = ReadingBudget()

    /// The files it reads are noted in `watched`.
    init(
        _ arguments: Arguments,
        _ system: SystemInterface,
        watched: WatchedFiles? = nil
    ) throws(Arguments.UsageError) {
        self.system = system
        self.watched = watched
        paths = arguments.paths
        if paths.isEmpty {
            throw Arguments.UsageError(message: "name at least one scenario file or folder")
        }
        root = try RootFolder.option(arguments)
        selection = try Selection(arguments)
        stopsAtFailure = arguments.options["--fail-fast"] != nil
        lists = arguments.options["--list"] != nil
        let format = try arguments.choice("--format", RunFormat.self) ?? .text
        let files = try RunFile.all(arguments)
        goal = try CoverageGoal(arguments, [format] + files.map(\.format))
        reports = RunReports(
            format,
            files,
            sources,
            style: system.wantsColour ? .coloured : .plain,
            countsCoverage: goal.isCounted
        )
        if lists, !reports.files.isEmpty {
            throw Arguments.UsageError(message: "'--list' has no results for '--output'")
        }
        if lists, goal.isCounted {
            throw Arguments.UsageError(
                message: "'--list' replays nothing that coverage could count"
            )
        }
        workers = try Workers(arguments, system)
    }

    func run() -> ExitCode {
        let start = system.seconds()
        let coverage = goal.isCounted ? Coverage(sources: sources) : nil
        var output = RunOutput(reports, system, coverage, tellsCoverage: goal.isTold)
        var diagnostics: [Diagnostic] = []
        var replays = ReplayBudget()
        var named: NamedFiles?
        for path in paths where goesOn(output) {
            guard let input = InputPath(path, root: root, &diagnostics) else { continue }
            if named?.add(input) == true { continue }
            if let files = named { replay(files, &replays, &diagnostics, &output) }
            named = NamedFiles(path: path, input)
        }
        if let files = named { replay(files, &replays, &diagnostics, &output) }
        if output.count == 0, selection.mustFind, !diagnostics.hasErrors {
            diagnostics.append(selection.nothingFound)
        }
        let (isWritten, covered) = output.end(
            diagnostics,
            DiagnosticRenderer(sources: sources),
            since: start
        )
        let shortfall = covered.flatMap { goal.shortfall(of: $0) }
        if let shortfall { system.writeError("orgsim test: \(shortfall)\n") }
        guard output.isHeard, isWritten, !diagnostics.hasErrors else { return .invalidInput }
        let isAsExpected = output.tally.failedScenarios == 0 && shortfall == nil
        return isAsExpected ? .success : .expectationFailed
    }

    /// Whether the next scenario is to be replayed.
    private func goesOn(_ output: RunOutput) -> Bool {
        let hasFailed = output.tally.failedScenarios + output.tally.errors > 0
        return output.isHeard && !(stopsAtFailure && hasFailed)
    }

    /// Replays the scenarios in some files, what they refer to being read once for all.
    private func replay(
        _ named: NamedFiles,
        _ replays: inout ReplayBudget,
        _ diagnostics: inout [Diagnostic],
        _ output: inout RunOutput
    ) {
        guard goesOn(output) else { return }
        let files = named.root.reader(within: budget, by: workers)
        let loader = DocumentLoader(reader: watched?.noting(files) ?? files, sources: sources)
        var reader = ScenarioReader(loader: loader, budget: replays, workers: workers)
        var found = 0
        var rest = named.files[...]
        while !rest.isEmpty, goesOn(output) {
            var batch = Array(rest.prefix(Self.batch))
            rest = rest.dropFirst(Self.batch)
            if named.isFolder { batch = reader.scenarios(among: batch, by: workers) }
            found += batch.count
            replay(batch.filter { selection.takes(file: $0) }, &reader, &output)
        }
        if found == 0, named.isComplete {
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
        let scenarios = zip(files, reader.read(files, by: workers)).filter {
            selection.takes($0.1)
        }
        if lists {
            for (_, scenario) in scenarios {
                if let scenario { output.list(ScenarioList.line(scenario)) }
            }
            return
        }
        var diagnostics: [Diagnostic] = []
        var rest = scenarios[...]
        // A scenario that would keep the others waiting is shared out among all threads.
        let checks = scenarios.reduce(0) { $0 + $1.1.checks }
        let large = max(2_000, checks / (workers.count * 2) + 1)
        while let first = rest.first, goesOn(output) {
            let isLarge = first.1.checks >= large
            let group = isLarge ? rest.prefix(1) : rest.prefix { $0.1.checks < large }
            rest = rest.dropFirst(group.count)
            var left = group
            let (reports, all) = (reports, workers)
            (group.count == 1 ? .one : workers).run(
                lookAhead: Self.lookAhead,
                makeWorker: {},
                next: { left.popFirst() },
                work: { _, found in
                    reports.replay(found.1, in: found.0, by: isLarge ? all : .one)
                },
                deliver: { replayed in
                    diagnostics += replayed.diagnostics
                    output.add(replayed)
                    return goesOn(output)
                }
            )
        }
        reader.report(diagnostics)
    }
}

extension Scenario? {
    /// How many requests it asks.
    fileprivate var checks: Int { self?.matrixChecks ?? 0 }
}
