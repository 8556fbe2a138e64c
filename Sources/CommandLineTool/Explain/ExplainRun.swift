import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Reports
import Scenarios

/// One run of `orgsim explain`.
struct ExplainRun {
    let arguments: Arguments
    let system: SystemInterface
    private let source: ExplainSource
    private let format: Format
    private let detail: ExplanationText.Detail

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.arguments = arguments
        self.system = system
        source = try ExplainSource(arguments)
        format = try arguments.choice("--format", Format.self) ?? .text
        if let extra = arguments.paths.first {
            throw Arguments.UsageError(message: "unexpected '\(extra)': options name everything")
        }
        let isQuiet = arguments.options["--quiet"] != nil
        for option in ["--trace", "--fix"] where isQuiet && arguments.options[option] != nil {
            throw Arguments.UsageError(message: "'--quiet' and '\(option)' exclude each other")
        }
        detail = isQuiet ? .quiet : arguments.options["--trace"] != nil ? .trace : .normal
    }

    func run() throws(Arguments.UsageError) -> ExitCode {
        let found: ExplainedQuestions
        switch source {
        case .typed: found = try typed()
        case .message(let text): found = try pasted(text)
        case .event(let path): found = try recorded(path)
        case .step(let scenario, let step): found = try replayed(scenario, step)
        }
        let renderer = DiagnosticRenderer(sources: found.sources)
        system.writeError(renderer.render(found.diagnostics))
        guard !found.diagnostics.hasErrors, !found.inquiries.isEmpty else {
            // Machines are told why there is no answer.
            if format == .json {
                _ = system.print(ProblemReport(sources: found.sources).json(found.diagnostics))
            }
            return .invalidInput
        }
        let answers = found.inquiries.flatMap { self.answers(to: $0) }
        if let path = arguments.options["--html"] {
            let page = ExplanationPage(sources: found.sources).render(answers)
            if let problem = system.write(page, to: path) {
                system.writeError("orgsim: cannot write '\(path.printable)': \(problem.reason)\n")
                return .invalidInput
            }
        }
        return system.print(render(answers, sources: found.sources))
    }

    private func render(_ answers: [ExplainedAnswer], sources: SourceMap) -> String {
        switch format {
        case .json: return ExplainedJSON(sources: sources).render(answers, detail)
        case .text:
            let style: TextStyle = system.wantsColour ? .coloured : .plain
            return ExplainedText(sources: sources, style: style).render(answers, detail)
        }
    }
}

extension ExplainRun {
    /// What the verb prints.
    private enum Format: String, CaseIterable {
        case text
        case json
    }
}

/// The questions that were found, with what is to be said of the files they came from.
struct ExplainedQuestions {
    var inquiries: [Inquiry] = []
    var diagnostics: [Diagnostic] = []
    let sources: SourceMap
}

// What is said of each question.
extension ExplainRun {
    private func answers(to inquiry: Inquiry) -> [ExplainedAnswer] {
        let explanations = inquiry.question.explanations(
            named: inquiry.name,
            action: inquiry.action,
            resource: inquiry.resource,
            by: inquiry.engine
        )
        let answer = inquiry.question.answer(inquiry.engine)
        let wantsFixes = arguments.options["--fix"] != nil
        let result = wantsFixes ? fixes(inquiry, answer.decision) : nil
        let told = (result?.fixes ?? []).map { fix in
            let effects = ScenarioEffects(of: fix, on: inquiry.checks, but: inquiry.place)
            return ToldFix(
                fix: fix,
                opened: effects.opened,
                closed: effects.closed
            )
        }
        return explanations.enumerated().map { index, explanation in
            let request = answer.requests.indices.contains(index) ? answer.requests[index] : nil
            return ExplainedAnswer(
                explanation: explanation,
                message: request.flatMap {
                    AccessDeniedMessage(
                        explanation.decision,
                        of: $0,
                        in: inquiry.state.organization
                    )
                },
                remark: inquiry.remark(on: explanation.decision),
                // Edits turn the whole call, so they are told once, behind the last of its actions.
                fixes: index == explanations.count - 1 ? told : [],
                fixNote: index == explanations.count - 1 ? result?.told : nil
            )
        }
    }

    private func fixes(_ inquiry: Inquiry, _ decision: Decision) -> FixResult {
        if decision.outcome == .allowed {
            return GuardrailSearch(inquiry.question, on: inquiry.state, engine: inquiry.engine)
                .result()
        }
        // Where keys are unknown each trial takes many decisions.
        let isSlow = inquiry.question.hasUnknownKeys
        let result = FixSearch(
            inquiry.question,
            on: inquiry.state,
            engine: inquiry.engine,
            trialLimit: isSlow ? ExplainLimits.unknownTrials : nil,
            followsRoles: !isSlow
        ).result()
        guard result.fixes.isEmpty, !arguments.all("--without").isEmpty else { return result }
        return FixResult(
            fixes: [],
            note: "what is left out of the question cannot be edited into it",
            isBounded: result.isBounded
        )
    }
}

extension FixResult {
    /// What is to be said beside the fixes.
    fileprivate var told: String? {
        let bound = "not everything was tried, since one trial takes long here"
        guard isBounded else { return note }
        return note.map { "\($0); \(bound)" } ?? bound
    }
}
