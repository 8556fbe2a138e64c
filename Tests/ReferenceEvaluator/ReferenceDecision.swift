/// What the reference says about one request.
package struct ReferenceDecision: Sendable, Equatable {
    /// `allowed`, `explicitDeny`, `implicitDeny`, `invalid`, `expiredToken`, or `error` for a
    /// request it cannot read.
    package let decision: String
    /// The policy types that stand in the way, sorted.
    package let blockedBy: [String]
    /// Why; sorted, without repetitions.
    package let reasons: [ReferenceReason]

    /// A decision from its reasons (formats.md: how reasons are counted).
    init(decision: String, reasons: [ReferenceReason]) {
        self.decision = decision
        self.reasons = Set(reasons).sorted()
        blockedBy = decision == "allowed" ? [] : Set(reasons.map(\.policyType)).sorted()
    }

    /// A request nobody can make sense of.
    static let unreadable = ReferenceDecision(decision: "error", reasons: [])

    /// A call that AWS rejects before authorization.
    static let invalid = ReferenceDecision(decision: "invalid", reasons: [])

    /// A call with credentials that have run out (STS-35).
    static let expiredToken = ReferenceDecision(decision: "expiredToken", reasons: [])

    /// STS-20 and its kin: a rule no policy can change.
    static let serviceRule = ReferenceDecision(
        decision: "implicitDeny",
        reasons: [ReferenceReason(policyType: "serviceRule", kind: "implicitDeny")]
    )
}

/// One statement, or one missing permission, behind a decision.
package struct ReferenceReason: Sendable, Hashable {
    package let policyType: String
    package let policy: String?
    package let statement: String?
    package let target: String?
    package let kind: String

    /// A reason as the answer line of formats.md section 3 has it.
    package init(
        policyType: String,
        policy: String? = nil,
        statement: String? = nil,
        target: String? = nil,
        kind: String
    ) {
        self.policyType = policyType
        self.policy = policy
        self.statement = statement
        self.target = target
        self.kind = kind
    }
}

extension ReferenceReason: Comparable {
    private var sortingKey: [String] {
        [policyType, kind, target ?? "", policy ?? "", statement ?? ""]
    }

    package static func < (left: ReferenceReason, right: ReferenceReason) -> Bool {
        left.sortingKey.lexicographicallyPrecedes(right.sortingKey)
    }
}

extension ReferenceReason: CustomStringConvertible {
    package var description: String {
        let parts = [policyType, kind, policy ?? "-", statement ?? "-", target ?? "-"]
        return parts.joined(separator: " | ")
    }
}
