import Analysis
import JSONSource
import OrganizationModel

/// How much work the scenarios of one run may ask for: a few lines of a matrix or a list of changes
/// can ask for hours.
package struct ReplayBudget: Sendable {
    /// How many checks one run makes.
    package static let runLimit = 300_000
    /// How many checks one step makes.
    package static let checkLimit = 100_000
    /// How many decisions one run makes: its checks, and for `whoCan` one for each principal.
    package static let decisionLimit = 10_000_000
    /// How many values of organizations the changes of one run read anew: each change reads the
    /// whole organization.
    package static let rewriteLimit = 500_000_000

    private var checks = 0
    private var decisions = 0
    private var rewritten = 0

    package init() {}
}

extension ReplayBudget {
    /// Counts the work of a scenario; the step that goes too far is a problem, and what it and
    /// those before it ask for is left to other scenarios.
    mutating func charge(_ steps: [Step], on state: OrganizationState) -> Diagnostic? {
        var charged = self
        if let problem = charged.add(steps, on: state) { return problem }
        self = charged
        return nil
    }

    private mutating func add(_ steps: [Step], on state: OrganizationState) -> Diagnostic? {
        var values: Int?
        for step in steps {
            switch step.verb {
            case .action: checks += step.checkCount
            case .session: checks += 1
            case .whoCan(let question):
                decisions += state.organization.principalCount + question.include.count
                if question.include.contains(.root) {
                    decisions += state.organization.accounts.count
                }
            case .change(let change):
                values = values ?? state.valueCount
                rewritten += (values ?? 0) * change.changes.count
            case .advance, .at: continue
            }
            if let problem { return .error("limit.replay", problem, at: step.span) }
        }
        return nil
    }

    private var problem: String? {
        if checks > Self.runLimit {
            "up to this step the run makes \(checks) checks, more than \(Self.runLimit)"
        } else if decisions + checks > Self.decisionLimit {
            "up to this step the run makes \(decisions + checks) decisions, more than \(Self.decisionLimit)"
        } else if rewritten > Self.rewriteLimit {
            "up to this step the run reads \(rewritten) values for its changes, more than \(Self.rewriteLimit)"
        } else {
            nil
        }
    }
}
