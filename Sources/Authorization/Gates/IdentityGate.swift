import OrganizationModel
import PolicyLanguage

/// What the caller's own policies say.
struct IdentitySide {
    let identity: Layer
    /// Nil where the caller has no such policy.
    let boundary: Layer?
    let session: Layer?
    /// The root user needs no policy in his own account (ROOT-1).
    let needsNoPolicy: Bool
    /// Allowed by the account's password policy (ENT-12).
    let isImplicitlyAllowed: Bool

    var allows: Bool { needsNoPolicy || isImplicitlyAllowed || identity.isAllowed }
}

extension Evaluation {
    /// Evaluates identity policies, boundary and session policies (EVAL-30).
    mutating func identitySide() -> IdentitySide {
        let hasPolicies = subject.hasIdentityPolicies
        let boundary = hasPolicies ? subject.permissionsBoundary : nil
        let identity = layer(hasPolicies ? subject.identityPolicies : [])
        let limits = boundary.map { layer([$0]) }
        var session = subject.sessionPolicies.map { layer($0) }
        if case .assumedRoot = subject.kind {
            // The task policy of AssumeRoot denies what the task does not cover (ROOT-7).
            session = layer(subject.session?.policies ?? [])
        }
        return IdentitySide(
            identity: identity,
            boundary: limits,
            session: session,
            needsNoPolicy: subject.needsNoIdentityPolicy,
            isImplicitlyAllowed: isImplicitlyAllowed
        )
    }

    func identityDenials(_ side: IdentitySide) -> [Reason] {
        let layers: [(PolicyType, Layer?)] = [
            (.identityPolicy, side.identity), (.permissionsBoundary, side.boundary),
            (.sessionPolicy, side.session),
        ]
        return layers.flatMap { type, layer in
            (layer?.denies ?? []).map { .statement(type, $0, target: subject.name) }
        }
    }

    /// The policies of the caller that exist and do not allow.
    func silentLimits(_ side: IdentitySide) -> [Reason] {
        var reasons: [Reason] = []
        if side.boundary?.isAllowed == false {
            reasons.append(.silent(.permissionsBoundary, target: subject.name))
        }
        // The task policy of AssumeRoot only denies.
        if side.session?.isAllowed == false, !subject.actsAsRoot {
            reasons.append(.silent(.sessionPolicy, target: subject.name))
        }
        return reasons
    }

    /// The caller's side in full: identity policies always count.
    func silentIdentity(_ side: IdentitySide) -> [Reason] {
        let identity: [Reason] =
            side.allows ? [] : [.silent(.identityPolicy, target: subject.name)]
        return identity + silentLimits(side)
    }
}
