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
        let name = subject.name
        func stack(_ type: PolicyType, _ policies: [Policy]) -> Stack {
            Stack(policyType: type, target: name, policies: policies)
        }
        var identity = Layer()
        if !hasPolicies {
            skip(.identityPolicy, "\(name) has no identity policies")
        } else if request.without.contains(.identityPolicy) {
            skip(.identityPolicy, Self.leftOut)
        } else {
            identity = layer(stack(.identityPolicy, subject.identityPolicies))
        }
        var boundary: Layer?
        if request.without.contains(.permissionsBoundary) {
            skip(.permissionsBoundary, Self.leftOut)
        } else if let policy = subject.permissionsBoundary, hasPolicies {
            boundary = layer(stack(.permissionsBoundary, [policy]))
        } else {
            skip(.permissionsBoundary, "there is no permissions boundary")
        }
        return IdentitySide(
            identity: identity,
            boundary: boundary,
            session: sessionLayer,
            needsNoPolicy: subject.needsNoIdentityPolicy,
            isImplicitlyAllowed: isImplicitlyAllowed
        )
    }

    /// What limits the session; nil where nothing does.
    private var sessionLayer: Layer? {
        mutating get {
            if request.without.contains(.sessionPolicy) {
                skip(.sessionPolicy, Self.leftOut)
                return nil
            }
            var policies = subject.sessionPolicies
            // The task policy of AssumeRoot denies what the task does not cover (ROOT-7).
            if case .assumedRoot = subject.kind { policies = subject.session?.policies ?? [] }
            guard let policies else {
                skip(.sessionPolicy, "no session policy was passed")
                return nil
            }
            return layer(
                Stack(policyType: .sessionPolicy, target: subject.name, policies: policies)
            )
        }
    }

    /// Why a layer is not asked that the question leaves out.
    static let leftOut = "left out of the question"

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
