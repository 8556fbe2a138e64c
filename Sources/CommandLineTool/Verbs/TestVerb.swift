import JSONSource
import Reports
import Scenarios

extension Verb {
    static let test = Verb(
        name: "test",
        usage: "test [--root DIR] [--format text|json] PATH…",
        summary: "replay scenarios and compare every check with what is expected",
        details: """
            A PATH is a scenario file or a folder: every *.json file below it with a 'scenario' or
            'steps' member is replayed, in order of path; names that begin with a dot are passed over.
            Problems in files go to standard error.
            """,
        options: [
            .root,
            OptionDescription(name: "--format", value: "FORMAT", help: "text (default) or json"),
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try TestRun(arguments, system).run()
        }
    )
}

/// One run of `orgsim test`.
private struct TestRun {
    private let system: SystemInterface
    private let paths: [String]
    private let root: RootFolder?
    private let format: OutputFormat
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
    }

    func run() throws(Arguments.UsageError) -> ExitCode {
        let start = system.seconds()
        var results: [ScenarioResult] = []
        var diagnostics: [Diagnostic] = []
        var problems: [String] = []
        var replays = ReplayBudget()
        var progress = Progress(system)
        for path in paths {
            guard let kind = RootFolder.kind(of: path) else {
                throw Arguments.UsageError(message: "there is no file or folder '\(path)'")
            }
            guard let root = root ?? RootFolder(holding: path) else {
                throw Arguments.UsageError(message: "cannot read the folder of '\(path)'")
            }
            let loader = DocumentLoader(reader: root.reader(within: budget), sources: sources)
            var reader = ScenarioReader(loader: loader, budget: replays)
            let before = results.count
            let listing = kind == .folder ? RootFolder.files(below: path) : .init(files: [path])
            problems += listing.problems
            for file in listing.files {
                if kind == .folder, !reader.isScenario(file) { continue }
                results.append(replay(file, &reader))
                progress.show("\(results.count) scenarios replayed")
            }
            if results.count == before, listing.problems.isEmpty {
                throw Arguments.UsageError(message: "there is no scenario in '\(path)'")
            }
            diagnostics += reader.diagnostics
            replays = reader.budget
        }
        progress.clear()
        for problem in problems { system.writeError("error: \(problem.printable)\n") }
        system.writeError(DiagnosticRenderer(sources: sources).render(diagnostics))
        let summary = RunSummary(results: results, seconds: system.seconds() - start)
        guard system.write(Array(render(summary).utf8), of: "test") else { return .invalidInput }
        if diagnostics.hasErrors || !problems.isEmpty { return .invalidInput }
        return summary.count(.failed) > 0 ? .expectationFailed : .success
    }

    private func replay(_ file: String, _ reader: inout ScenarioReader) -> ScenarioResult {
        guard let scenario = reader.read(file) else {
            return ScenarioResult(
                file: file,
                name: file,
                description: nil,
                status: .error,
                steps: []
            )
        }
        let replayed = ScenarioReplay.run(scenario)
        reader.report(replayed.diagnostics)
        return replayed.value
    }

    private func render(_ summary: RunSummary) -> String {
        switch format {
        case .text:
            let style: TextStyle = system.wantsColour ? .coloured : .plain
            return TextReport(sources: sources, style: style).render(summary)
        case .json: return JSONReport(sources: sources).render(summary)
        }
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
