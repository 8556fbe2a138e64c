import OrganizationModel
import PolicyLanguage

/// The policies of one type attached to one node or account on the way down from the root.
struct ControlPolicyLevel: Sendable {
    /// The unit's path or the account's name.
    let target: String
    let policies: [Policy]

    func stack(_ type: PolicyType) -> Evaluation.Stack {
        Evaluation.Stack(policyType: type, target: target, policies: policies)
    }
}

extension Evaluation {
    /// Service control policies: every level must allow, and none may deny.
    ///
    /// Source: Organizations User Guide, "SCP evaluation" (SCP-2…4).
    mutating func serviceControlPolicies(_ levels: [ControlPolicyLevel]) -> [Reason] {
        var reasons: [Reason] = []
        for level in levels {
            let layer = layer(level.stack(.serviceControlPolicy))
            reasons += layer.denies.map {
                .statement(.serviceControlPolicy, $0, target: level.target)
            }
            if !layer.isAllowed {
                reasons.append(.silent(.serviceControlPolicy, target: level.target))
            }
        }
        return reasons
    }

    /// Resource control policies: none may deny; RCPFullAWSAccess always allows.
    ///
    /// Source: Organizations User Guide, "RCP evaluation" (RCP-2).
    mutating func resourceControlPolicies(_ levels: [ControlPolicyLevel]) -> [Reason] {
        var reasons: [Reason] = []
        for level in levels {
            reasons += layer(level.stack(.resourceControlPolicy)).denies.map {
                .statement(.resourceControlPolicy, $0, target: level.target)
            }
        }
        return reasons
    }
}

extension Reason {
    /// A statement that applies.
    static func statement(_ type: PolicyType, _ match: Layer.Match, target: String) -> Reason {
        Reason(
            type,
            match.statement.effect == .deny ? .explicitDeny : .allow,
            policy: match.policy.name,
            policyARN: match.policy.arn,
            sid: match.statement.sid,
            statementIndex: match.statement.index,
            target: target,
            span: match.statement.span
        )
    }

    /// Policies of a type that do not allow the request.
    static func silent(_ type: PolicyType, target: String) -> Reason {
        Reason(type, .implicitDeny, target: target)
    }
}
