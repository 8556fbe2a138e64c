import Authorization
import JSONSource
import Mutation
import Parallelism
import Reports
import Scenarios

/// One run of `orgsim mutate`.
struct MutateRun {
    private let system: SystemInterface
    private let paths: [String]
    private let root: RootFolder?
    private let selection: Selection
    private let format: MutationFormat
    private let threshold: Int?
    private let types: Set<PolicyType>
    private let checks: MutationRun.Checks
    private let suggests: Bool
    private let workers: Workers
    private let sources = SourceMap()

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        paths = arguments.paths
        if paths.isEmpty {
            throw Arguments.UsageError(message: "name at least one scenario file or folder")
        }
        root = try RootFolder.option(arguments)
        selection = try Selection(arguments)
        format = try arguments.choice("--format", MutationFormat.self) ?? .text
        threshold = try Self.threshold(arguments)
        types = try Self.types(arguments)
        suggests = arguments.options["--no-suggestions"] == nil
        checks = arguments.options["--every-check"] == nil ? .reached : .all
        workers = try Workers(arguments, system)
    }

    private static func threshold(_ arguments: Arguments) throws(Arguments.UsageError) -> Int? {
        guard let text = arguments.options["--threshold"] else { return nil }
        let isDigits = !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        guard isDigits, let percent = Int(text), percent <= 100 else {
            let message = "'--threshold' takes a whole number from 0 to 100, not '\(text)'"
            throw Arguments.UsageError(message: message)
        }
        return percent
    }

    private static func types(
        _ arguments: Arguments
    ) throws(Arguments.UsageError) -> Set<PolicyType> {
        let known = MutationPlan.types
        var types: Set<PolicyType> = []
        for text in arguments.all("--policy-type") {
            types.insert(try Arguments.choice(text, of: known, for: "--policy-type"))
        }
        return types.isEmpty ? Set(known) : types
    }
}

extension MutateRun {
    func run() -> ExitCode {
        var diagnostics: [Diagnostic] = []
        let scenarios = read(&diagnostics)
        let renderer = DiagnosticRenderer(sources: sources)
        if scenarios.isEmpty, !diagnostics.hasErrors {
            diagnostics.append(selection.nothingFound)
        }
        let failing = replay(scenarios, &diagnostics)
        system.writeError(renderer.render(diagnostics))
        if diagnostics.hasErrors { return .invalidInput }
        if !failing.isEmpty {
            let list = failing.map { "  \($0.name) (\($0.file))".printable + "\n" }.joined()
            system.writeError(
                "orgsim mutate: every scenario must pass without a fault, and these do not:\n\(list)"
            )
            return .expectationFailed
        }
        let plan = MutationPlan(scenarios, types: types, sources: sources)
        var progress = Progress(system)
        let run = MutationRun(plan, asking: checks, suggests: suggests)
        let result = run.result(by: workers) { count in
            progress.show("\(count) of \(plan.mutants.count) mutants tried")
        }
        progress.clear()
        if let problem = Self.nothing(in: result) {
            diagnostics.append(problem)
            system.writeError(renderer.render([problem]))
        }
        let text =
            switch format {
            case .text:
                MutationText(
                    sources: sources,
                    style: system.wantsColour ? .coloured : .plain
                ).text(result)
            case .json: MutationJSON(sources: sources).text(result, diagnostics: diagnostics)
            }
        guard system.answer(Array(text.utf8)) else { return .invalidInput }
        if result.counted == 0 { return .invalidInput }
        guard let threshold, !MutationScore.reaches(threshold, result) else { return .success }
        system.writeError("orgsim mutate: less than \(threshold)% of the mutants were killed\n")
        return .expectationFailed
    }

    /// Where no mutant counts nothing was shown, whatever share of none was killed.
    private static func nothing(in result: MutationResult) -> Diagnostic? {
        guard result.counted == 0 else { return nil }
        let message =
            result.equivalent == 0
            ? "there is nothing to make a fault in: the organizations have no policy of their own "
                + "of the types that are asked for"
            : "no check could notice any fault: all of them are equivalent"
        return .problem("mutation.none", message)
    }

    /// The scenarios that are meant; those that cannot be read are told in the diagnostics.
    private func read(_ diagnostics: inout [Diagnostic]) -> [Scenario] {
        let budget = ReadingBudget()
        var replays = ReplayBudget()
        var scenarios: [Scenario] = []
        var known: Set<String> = []
        for path in paths {
            guard let input = InputPath(path, root: root, &diagnostics) else { continue }
            let loader = DocumentLoader(
                reader: input.root.reader(within: budget, by: workers),
                sources: sources
            )
            var reader = ScenarioReader(loader: loader, budget: replays, workers: workers)
            var files = input.files
            if input.isFolder { files = reader.scenarios(among: files, by: workers) }
            if files.isEmpty, input.isComplete {
                diagnostics.append(
                    .problem("file.no-scenario", "there is no scenario in '\(path)'")
                )
            }
            // A file that is named twice is one scenario.
            files = files.filter { known.insert($0).inserted }
            let read = reader.read(files, by: workers).compactMap { $0 }
            scenarios += read.filter { selection.takes($0) }
            diagnostics += reader.diagnostics
            replays = reader.budget
        }
        return scenarios
    }

    /// The scenarios that fail as things are.
    private func replay(
        _ scenarios: [Scenario],
        _ diagnostics: inout [Diagnostic]
    ) -> [Scenario] {
        let replayed = workers.map(scenarios) {
            ScenarioReplay.run($0, explaining: .none)
        }
        diagnostics += replayed.flatMap(\.diagnostics)
        return zip(scenarios, replayed).filter { $1.value.status != .passed }.map(\.0)
    }
}
