import Authorization
import ReferenceEvaluator

/// What both evaluators must agree on.
struct Verdict: Equatable, CustomStringConvertible {
    let outcome: String
    let blockedBy: [String]
    let reasons: [String]

    init(_ decision: Decision) {
        outcome = decision.outcome.rawValue
        blockedBy = decision.blockedBy.map(\.rawValue)
        let lines = decision.reasons.map { reason in
            ReferenceReason(
                policyType: reason.policyType.rawValue,
                policy: reason.policy,
                statement: reason.statement,
                target: reason.target,
                kind: reason.kind.rawValue
            ).description
        }
        reasons = Set(lines).sorted()
    }

    init(_ decision: ReferenceDecision) {
        outcome = decision.decision
        blockedBy = decision.blockedBy
        reasons = decision.reasons.map(\.description).sorted()
    }

    var description: String {
        "\(outcome) \(blockedBy)\n" + reasons.map { "    \($0)\n" }.joined()
    }
}
