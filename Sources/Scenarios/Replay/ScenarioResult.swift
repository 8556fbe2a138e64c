package import Authorization
package import Explaining
package import JSONSource

/// What came out of replaying one scenario.
package struct ScenarioResult: Sendable {
    package let file: String
    package let name: String
    package let description: String?
    package let status: Status
    package let steps: [StepResult]

    package enum Status: String, Sendable {
        case passed
        case failed
        /// The file cannot be replayed; diagnostics say why.
        case error
    }

    package init(
        file: String,
        name: String,
        description: String?,
        status: Status,
        steps: [StepResult]
    ) {
        self.file = file
        self.name = name
        self.description = description
        self.status = status
        self.steps = steps
    }
}

package struct StepResult: Sendable {
    package let index: Int
    package let name: String?
    package let span: SourceSpan
    package let status: ScenarioResult.Status
    package let checks: [CheckResult]

    init(_ step: Step, _ checks: [CheckResult], hasMistakes: Bool) {
        index = step.index
        name = step.name
        span = step.span
        self.checks = checks
        if hasMistakes {
            status = .error
        } else {
            status = checks.allSatisfy { $0.status == .passed } ? .passed : .failed
        }
    }
}

/// One expectation of a step with what came out.
package struct CheckResult: Sendable {
    /// Who, as the scenario names him; nil for changes and questions about everybody.
    package let principal: String?
    /// The action, the session verb, or `change`.
    package let action: String
    package let resource: String?
    package let expected: String
    package let actual: String
    /// Nil where nothing was decided: changes and questions about everybody.
    package let decision: Decision?
    /// Why the check failed, one sentence each; empty when it passed.
    package let failures: [String]
    package let span: SourceSpan
    /// Why the decision came out as it did, one for each pair of action and resource that made
    /// it; empty where nobody asks for them, see ``ExplainedChecks``.
    package var explanations: [Explanation] = []

    package var status: ScenarioResult.Status { failures.isEmpty ? .passed : .failed }
}

/// Which checks of a replay come with their explanations: each case those of the case before it
/// as well.
package enum ExplainedChecks: Sendable, Comparable {
    case none
    case failed
    /// Checks that were not allowed, as was expected.
    case denied
    case all
}
