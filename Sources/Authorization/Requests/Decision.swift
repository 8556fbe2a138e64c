package import JSONSource

/// What AWS would answer to a request, with every reason for it.
package struct Decision: Sendable {
    package let outcome: Outcome
    /// For a denial everything that stands in the way, for an allowed request what granted it.
    package let reasons: [Reason]
    /// Keys that a matching statement asks for, that nobody gave and a real call could carry.
    package let absentKeys: [String]
    /// What the model does not know and what is odd about the request, in sentences.
    package let notes: [String]
    /// For an undetermined verdict the ways to be allowed, each a set of conditions that must hold.
    ///
    /// Empty where they were not worked out; then a note says so.
    package let dependsOn: [[Requirement]]

    package enum Outcome: String, Sendable, BitwiseCopyable {
        case allowed
        case explicitDeny
        case implicitDeny
        /// AWS rejects the call before it authorizes it.
        case invalid
        case expiredToken
        /// Unknown keys decide: ``Decision/dependsOn`` says how.
        case undetermined
    }

    package init(
        _ outcome: Outcome,
        reasons: [Reason] = [],
        absentKeys: [String] = [],
        notes: [String] = [],
        dependsOn: [[Requirement]] = []
    ) {
        self.dependsOn = dependsOn
        self.outcome = outcome
        self.reasons = reasons
        self.absentKeys = absentKeys
        self.notes = notes
    }

    /// The policy types that stand in the way, sorted by name.
    package var blockedBy: [PolicyType] {
        var blocking: [PolicyType] = []
        for reason in reasons where reason.kind != .allow {
            if !blocking.contains(reason.policyType) { blocking.append(reason.policyType) }
        }
        return blocking.count < 2 ? blocking : blocking.sorted { $0.rawValue < $1.rawValue }
    }
}

/// The kinds of policy that can decide a request.
package enum PolicyType: String, Sendable, CaseIterable {
    case identityPolicy
    case resourcePolicy
    case trustPolicy
    case permissionsBoundary
    case sessionPolicy
    case serviceControlPolicy
    case resourceControlPolicy
    case vpcEndpointPolicy
    case blockPublicAccess
    /// A rule of a service that no policy changes.
    case serviceRule
}

/// One reason of a decision: a statement, or a policy that is silent.
package struct Reason: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case explicitDeny
        case implicitDeny
        case allow
    }

    package let policyType: PolicyType
    package let kind: Kind
    /// The name of the policy, its ARN for an AWS managed one.
    package let policy: String?
    package let policyARN: String?
    /// The statement's Sid, and its index from 0.
    package let sid: String?
    package let statementIndex: Int?
    /// Where the policy is attached: a unit's path, an account's name or an ARN; nil for rules.
    package let target: String?
    package let span: SourceSpan
    /// For a rule or a setting: what it says.
    package let explanation: String?

    package init(
        _ policyType: PolicyType,
        _ kind: Kind,
        policy: String? = nil,
        policyARN: String? = nil,
        sid: String? = nil,
        statementIndex: Int? = nil,
        target: String? = nil,
        span: SourceSpan = .nowhere,
        explanation: String? = nil
    ) {
        self.policyType = policyType
        self.kind = kind
        self.policy = policy
        self.policyARN = policyARN
        self.sid = sid
        self.statementIndex = statementIndex
        self.target = target
        self.span = span
        self.explanation = explanation
    }

    /// The Sid, or the index where there is none.
    package var statement: String? {
        if let sid, !sid.isEmpty { return sid }
        return statementIndex.map(String.init)
    }
}
