package import JSONSource
import Authorization

/// A step that passes as things are and would fail with a mutant; both were tried.
package struct SuggestedCheck: Sendable, Hashable {
    /// The file of the scenario it goes into, in front of the steps that are there.
    package let file: String
    package let step: JSONOutput
    /// The type of policy that `because` names; nil where it names none.
    private let lost: PolicyType?

    /// Nil where the answers are the same as far as a step can tell.
    init?(_ draft: RequestDraft, in file: String, before: Decision, after: Decision) {
        guard let expectation = Self.expectation(before, after) else { return nil }
        self.file = file
        self.lost = before.outcome == .allowed ? nil : Self.reason(before, after)?.policyType
        step = .object(draft.fields + expectation)
    }

    /// Whether a denial that it expects is put down to a policy of a type.
    func blames(_ type: PolicyType) -> Bool { lost == nil || lost == type }

    /// The reason that is lost tells most, and is what a person wants to know anyway.
    private static func reason(_ before: Decision, _ after: Decision) -> Reason? {
        let lost = before.reasons.first { reason in
            !after.reasons.contains { $0.areSame(as: reason) }
        }
        return lost ?? (before.outcome == after.outcome ? nil : before.reasons.first)
    }

    private static func expectation(
        _ before: Decision,
        _ after: Decision
    ) -> [JSONOutput.Member]? {
        let told: [Decision.Outcome] = [.allowed, .explicitDeny, .implicitDeny]
        guard told.contains(before.outcome), told.contains(after.outcome) else { return nil }
        var members = [JSONOutput.Member("expect", .string(before.outcome.rawValue))]
        if before.outcome == .allowed {
            return before.outcome == after.outcome ? nil : members
        }
        if let reason = reason(before, after) {
            members.append(.init("because", reason.asserted))
            return members
        }
        guard before.blockedBy != after.blockedBy else { return nil }
        members.append(.init("blockedBy", .strings(before.blockedBy.map(\.rawValue))))
        return members
    }
}

extension Reason {
    /// Whether an assertion that one fits is fit by the other.
    fileprivate func areSame(as other: Reason) -> Bool {
        policyType == other.policyType && policy == other.policy && kind == other.kind
            && statement == other.statement && target == other.target
    }

    /// What `because` says of it.
    fileprivate var asserted: JSONOutput {
        .fields([
            "policyType": .string(policyType.rawValue),
            "policy": policy.map { .string($0) },
            "statement": statement.map { .string($0) },
            "target": target.map { .string($0) },
            "kind": .string(kind.rawValue),
        ])
    }
}
