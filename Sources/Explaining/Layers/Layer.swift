package import Authorization

extension Explanation {
    /// What the policies of one type at one place say to the request.
    package struct Layer: Sendable {
        package let policyType: PolicyType
        /// As in `Reason.target`; nil for rules and for types that are not asked.
        package let target: String?
        package let mark: Mark
        /// What the mark means here, a sentence without period.
        package let why: String
        /// The names of the policies attached here; nil for the one policy of a resource or role.
        package let policies: [String?]
        /// The reasons of the decision that lie here; all of them for ``Mark/blocks``.
        package let reasons: [Reason]
        /// The statements that decided the layer: its Denies, else its Allows.
        package let statements: [ToldStatement]
        /// Where an Allow is missing, the statements that came closest to be one.
        package let nearMisses: [NearMiss]

        package init(
            policyType: PolicyType,
            target: String?,
            mark: Mark,
            why: String,
            policies: [String?] = [],
            reasons: [Reason] = [],
            statements: [ToldStatement] = [],
            nearMisses: [NearMiss] = []
        ) {
            self.policyType = policyType
            self.target = target
            self.mark = mark
            self.why = why
            self.policies = policies
            self.reasons = reasons
            self.statements = statements
            self.nearMisses = nearMisses
        }
    }

    package enum Mark: String, Sendable, CaseIterable {
        /// ✓
        case allows
        /// ✗: a reason of the denial.
        case blocks
        /// –: it does not reach the request, or was left out.
        case notAsked
        /// –: it does not allow, and need not.
        case notNeeded
        /// ?: unknown keys decide.
        case depends
    }
}
