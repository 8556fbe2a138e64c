import Authorization
import Explaining
import JSONSource
import PolicyLanguage
import Reports
import Scenarios

// A step of a scenario, replayed up to where it stands.
extension ExplainRun {
    func replayed(_ path: String, _ step: String) throws(Arguments.UsageError) -> ExplainedQuestions
    {
        for option in ["--context", "--through", "--via-service", "--resource-account", "--clock"]
        where arguments.options[option] != nil {
            throw Arguments.UsageError(
                message: "a step has its own circumstances: leave '\(option)' out"
            )
        }
        let sources = SourceMap()
        var questions = ExplainedQuestions(sources: sources)
        let root = try RootFolder.option(arguments)
        guard let input = InputPath(path, root: root, &questions.diagnostics) else {
            return questions
        }
        guard !input.isFolder, let file = input.files.first else {
            throw Arguments.UsageError(message: "--scenario names one file, '\(path)' is a folder")
        }
        var reader = ScenarioReader(
            loader: DocumentLoader(
                reader: input.root.reader(within: ReadingBudget()),
                sources: sources
            )
        )
        guard let scenario = reader.read(file) else {
            questions.diagnostics += reader.diagnostics
            return questions
        }
        let wanted = try index(of: step, in: scenario)
        var observed: [ScenarioReplay.Observation] = []
        let replayed = ScenarioReplay.run(scenario) { observed.append($0) }
        questions.diagnostics += reader.diagnostics + replayed.diagnostics
        if questions.diagnostics.hasErrors { return questions }
        let meant = observed.indices.filter {
            observed[$0].step.index == wanted && isSelected(observed[$0])
        }
        guard !meant.isEmpty else {
            let isQuestion = scenario.steps.contains {
                if case .whoCan = $0.verb { $0.index == wanted } else { false }
            }
            let checks = replayed.value.steps.first { $0.index == wanted }?.checks ?? []
            if let why = checks.first(where: { $0.decision == nil })?.failures.first, !isQuestion {
                throw Arguments.UsageError(message: "step \(wanted) decides no request: \(why)")
            }
            throw nothingDecided(observed, step: wanted, isQuestion: isQuestion)
        }
        try refuseTooMany(meant.count, step: wanted)
        questions.inquiries = try meant.map { (place) throws(Arguments.UsageError) in
            let check = observed[place]
            let types = try leftOut(of: check.question)
            var inquiry = Inquiry(
                name: check.principal,
                action: check.action,
                resource: check.resource,
                question: check.question.leavingOut(types.without, unknown: types.unknown),
                state: check.state,
                engine: check.engine
            )
            inquiry.checks = observed
            inquiry.place = place
            return inquiry
        }
        return questions
    }

    /// Nobody reads thousands of explanations, and each takes its time.
    private func refuseTooMany(_ count: Int, step: Int) throws(Arguments.UsageError) {
        let wantsFixes = arguments.options["--fix"] != nil
        let limit = wantsFixes ? ExplainLimits.fixedChecks : ExplainLimits.checks
        guard count > limit else { return }
        throw Arguments.UsageError(
            message: "step \(step) makes \(count) checks, of which at most \(limit) are explained"
                + (wantsFixes ? " with --fix" : "")
                + ": select some by --principal, --action and --resource"
        )
    }

    /// The place of a step that is called by its number or its name.
    private func index(
        of step: String,
        in scenario: Scenario
    ) throws(Arguments.UsageError) -> Int {
        if let number = Int(step) {
            if scenario.steps.contains(where: { $0.index == number }) { return number }
            let last = scenario.steps.map(\.index).max() ?? 0
            throw Arguments.UsageError(
                message: "there is no step \(number): they are counted from 0 to \(last)"
            )
        }
        let named = scenario.steps.filter { $0.name == step }
        if named.count > 1 {
            let list = named.map { String($0.index) }.joined(separator: ", ")
            throw Arguments.UsageError(
                message:
                    "\(named.count) steps are called '\(step)': name one by its number, \(list)"
            )
        }
        if let found = named.first { return found.index }
        let near = NearestName.of(step, among: scenario.steps.compactMap(\.name))
            .map { ", did you mean '\($0)'?" }
        throw Arguments.UsageError(message: "no step is called '\(step)'\(near ?? "")")
    }

    /// Whether the options that name principal, action or resource mean this check of a matrix.
    private func isSelected(_ check: ScenarioReplay.Observation) -> Bool {
        func fits(_ option: String, _ text: String?) -> Bool {
            guard let wanted = arguments.options[option] else { return true }
            return text?.lowercased() == wanted.lowercased()
        }
        return fits("--principal", check.principal) && fits("--action", check.action)
            && fits("--resource", check.resource)
    }

    private func nothingDecided(
        _ observed: [ScenarioReplay.Observation],
        step: Int,
        isQuestion: Bool
    ) -> Arguments.UsageError {
        if isQuestion {
            return Arguments.UsageError(
                message: "step \(step) asks who can: explain one of them by --organization, "
                    + "--principal and --action"
            )
        }
        let checks = observed.filter { $0.step.index == step }
        guard let first = checks.first else {
            return Arguments.UsageError(message: "step \(step) decides no request")
        }
        let who = first.principal.map { "\($0) → " } ?? ""
        let what = first.resource.map { " on \($0)" } ?? ""
        return Arguments.UsageError(
            message: "no check of step \(step) fits; there is \(who)\(first.action)\(what)"
        )
    }

    /// What the options leave out of the question and leave unknown.
    private func leftOut(
        of question: Question
    ) throws(Arguments.UsageError) -> QuestionOptions {
        let read = QuestionOptions.read(
            without: arguments.all("--without"),
            unknown: arguments.all("--unknown"),
            beside: question.context
        )
        if let problem = read.diagnostics.first(where: { $0.severity == .error }) {
            throw Arguments.UsageError(message: problem.message)
        }
        return read.value
    }
}
