import JSONSource
import Reports
import Scenarios

extension Verb {
    static let test = Verb(
        name: "test",
        usage: "test [--root DIR] [--format text|json|github] PATH…",
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

    func run() -> ExitCode {
        let start = system.seconds()
        var results: [ScenarioResult] = []
        var diagnostics: [Diagnostic] = []
        var replays = ReplayBudget()
        var progress = Progress(system)
        for path in paths {
            guard let input = InputPath(path, root: root, &diagnostics) else { continue }
            let loader = DocumentLoader(
                reader: input.root.reader(within: budget),
                sources: sources
            )
            var reader = ScenarioReader(loader: loader, budget: replays)
            let before = results.count
            for file in input.files {
                if input.isFolder, !reader.isScenario(file) { continue }
                results.append(replay(file, &reader))
                progress.show("\(results.count) scenarios replayed")
            }
            if results.count == before, input.isComplete {
                diagnostics.append(
                    .problem("file.no-scenario", "there is no scenario in '\(path)'")
                )
            }
            diagnostics += reader.diagnostics
            replays = reader.budget
        }
        progress.clear()
        system.writeError(DiagnosticRenderer(sources: sources).render(diagnostics))
        let summary = RunSummary(
            results: results,
            diagnostics: diagnostics,
            seconds: system.seconds() - start
        )
        guard system.answer(Array(render(summary).utf8)), !diagnostics.hasErrors else {
            return .invalidInput
        }
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
        case .github: return GitHubAnnotations(sources: sources).render(summary)
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
