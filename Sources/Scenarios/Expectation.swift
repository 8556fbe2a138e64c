package import Authorization
package import JSONSource

/// What a step expects of each of its checks.
package struct Expectation: Sendable {
    package let verdict: Verdict
    /// Each must be matched by a reason of the decision.
    package let because: [ReasonPattern]
    /// The exact set of policy types that stand in the way, nil when not asserted.
    package let blockedBy: Set<PolicyType>?

    package enum Verdict: String, Sendable, CaseIterable {
        case allowed
        /// Either kind of denial.
        case denied
        case explicitDeny
        case implicitDeny
        case expiredToken
        case invalid
        /// Unknown keys decide.
        case undetermined
    }
}

extension Expectation.Verdict {
    package func accepts(_ outcome: Decision.Outcome) -> Bool {
        switch self {
        case .allowed: outcome == .allowed
        case .denied: outcome == .explicitDeny || outcome == .implicitDeny
        case .explicitDeny: outcome == .explicitDeny
        case .implicitDeny: outcome == .implicitDeny
        case .expiredToken: outcome == .expiredToken
        case .invalid: outcome == .invalid
        case .undetermined: outcome == .undetermined
        }
    }
}

/// A pattern of reasons: every field that is given must hold.
package struct ReasonPattern: Sendable {
    package let policyType: PolicyType?
    /// A name or an ARN.
    package let policy: String?
    /// A Sid or an index from 0.
    package let statement: String?
    package let target: String?
    package let kind: Reason.Kind?
    package let span: SourceSpan
}

extension ReasonPattern {
    /// Whether a reason has every given field; `targets` are all spellings of the target.
    package func matches(_ reason: Reason, targets: TargetNames) -> Bool {
        if let policyType, policyType != reason.policyType { return false }
        if let kind, kind != reason.kind { return false }
        if let policy, policy != reason.policy, policy != reason.policyARN { return false }
        if let statement, statement != reason.sid,
            statement != reason.statementIndex.map(String.init)
        {
            return false
        }
        return target.map { targets.names($0, reason.target) } ?? true
    }
}

extension ReasonPattern: CustomStringConvertible {
    package var description: String {
        let fields: [(String, String?)] = [
            ("policyType", policyType?.rawValue), ("policy", policy), ("statement", statement),
            ("target", target), ("kind", kind?.rawValue),
        ]
        return fields.compactMap { name, value in value.map { "\(name) \($0)" } }
            .joined(separator: ", ")
    }
}
