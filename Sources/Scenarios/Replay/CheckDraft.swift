import Authorization
import JSONSource

/// A check before its outcome is known.
struct CheckDraft {
    let principal: String?
    let action: String
    let resource: String?
    let expectation: Expectation
    let span: SourceSpan

    /// The check with the decision that came out.
    func result(_ decision: Decision, targets: TargetNames) -> CheckResult {
        CheckResult(
            principal: principal,
            action: action,
            resource: resource,
            expected: expectation.verdict.rawValue,
            actual: decision.outcome.rawValue,
            decision: decision,
            failures: expectation.failures(of: decision, targets: targets),
            span: span
        )
    }

    /// The check where nothing could be decided.
    func failed(_ why: String) -> CheckResult {
        CheckResult(
            principal: principal,
            action: action,
            resource: resource,
            expected: expectation.verdict.rawValue,
            actual: "nothing",
            decision: nil,
            failures: [why],
            span: span
        )
    }
}

extension Expectation {
    /// Everything in which a decision differs from the expectation, one sentence each.
    func failures(of decision: Decision, targets: TargetNames) -> [String] {
        var failures: [String] = []
        if !verdict.accepts(decision.outcome) {
            failures.append("expected \(verdict.rawValue), got \(decision.outcome.rawValue)")
        }
        for pattern in because
        where !decision.reasons.contains(where: { pattern.matches($0, targets: targets) }) {
            failures.append("no reason has \(pattern)")
        }
        if let blockedBy, blockedBy != Set(decision.blockedBy) {
            let expected = blockedBy.map(\.rawValue).sorted().joined(separator: ", ")
            let actual = decision.blockedBy.map(\.rawValue).joined(separator: ", ")
            failures.append("expected to be blocked by [\(expected)], got [\(actual)]")
        }
        return failures
    }
}
