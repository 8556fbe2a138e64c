/// What a policy may contain, by the type of policy (semantics 1.2).
package struct PolicyGrammar: Sendable {
    /// What tells the grammars apart.
    package let kind: Kind
    /// How messages name the type: "an SCP".
    package let name: String
    package let allowsID: Bool
    package let principal: Principal
    package let allowsNotPrincipal: Bool
    package let allowsNotAction: Bool
    package let resource: Resource
    package let effects: [Statement.Effect]
    /// Whether `Version` must be there and be 2012-10-17.
    package let needsVersion2012: Bool
    /// Whether IAM's own rules for Sids and characters hold (GRAM-6, GRAM-14).
    package let isIAM: Bool
    /// Whether a bare `*` may stand for every action.
    package let allowsEveryAction: Bool
    package let completion: ResourcePattern.Completion
    /// The only service whose actions may stand in the policy.
    package var actionService: String?

    package enum Kind: UInt8, Sendable {
        case identity, session, trust, resource, vpcEndpoint, serviceControl, resourceControl
    }

    package enum Principal: Sendable {
        case forbidden
        case required
        /// Required, and only `"*"`.
        case onlyEveryone
        /// Required, and `Federated` may stand in it.
        case requiredWithFederation
    }

    package enum Resource: Sendable {
        case forbidden
        case required
        case optional
    }
}

extension PolicyGrammar {
    /// Identity policies of every kind, permissions boundaries and AWS managed policies.
    package static let identity = identityLike(.identity, "an identity policy")
    package static let session = identityLike(
        .session,
        "a session policy",
        completion: .asWritten
    )

    private static func identityLike(
        _ kind: Kind,
        _ name: String,
        completion: ResourcePattern.Completion = .completed
    ) -> PolicyGrammar {
        PolicyGrammar(
            kind: kind,
            name: name,
            allowsID: false,
            principal: .forbidden,
            allowsNotPrincipal: false,
            allowsNotAction: true,
            resource: .required,
            effects: [.allow, .deny],
            needsVersion2012: false,
            isIAM: true,
            allowsEveryAction: true,
            completion: completion
        )
    }

    package static let trust = PolicyGrammar(
        kind: .trust,
        name: "a role trust policy",
        allowsID: true,
        principal: .requiredWithFederation,
        allowsNotPrincipal: false,
        allowsNotAction: true,
        resource: .forbidden,
        effects: [.allow, .deny],
        needsVersion2012: false,
        isIAM: true,
        allowsEveryAction: true,
        completion: .asWritten,
        actionService: "sts"
    )

    /// A policy attached to a resource; some services leave `Resource` out.
    package static let resource = resourceLike(
        .resource,
        "a resource policy",
        resource: .optional
    )
    package static let vpcEndpoint = resourceLike(
        .vpcEndpoint,
        "a VPC endpoint policy",
        resource: .required
    )

    private static func resourceLike(
        _ kind: Kind,
        _ name: String,
        resource: Resource
    ) -> PolicyGrammar {
        PolicyGrammar(
            kind: kind,
            name: name,
            allowsID: true,
            principal: .required,
            allowsNotPrincipal: true,
            allowsNotAction: true,
            resource: resource,
            effects: [.allow, .deny],
            needsVersion2012: false,
            isIAM: false,
            allowsEveryAction: true,
            completion: .asWritten
        )
    }

    /// Source: Organizations User Guide, "SCP syntax" (GRAM-17).
    package static let serviceControl = PolicyGrammar(
        kind: .serviceControl,
        name: "a service control policy",
        allowsID: false,
        principal: .forbidden,
        allowsNotPrincipal: false,
        allowsNotAction: true,
        resource: .required,
        effects: [.allow, .deny],
        needsVersion2012: false,
        isIAM: false,
        allowsEveryAction: true,
        completion: .asWritten
    )

    /// Source: Organizations User Guide, "RCP syntax" (RCP-4).
    package static let resourceControl = PolicyGrammar(
        kind: .resourceControl,
        name: "a resource control policy",
        allowsID: false,
        principal: .onlyEveryone,
        allowsNotPrincipal: false,
        allowsNotAction: false,
        resource: .required,
        effects: [.deny],
        needsVersion2012: true,
        isIAM: false,
        allowsEveryAction: false,
        completion: .asWritten
    )
}

extension PolicyGrammar: Hashable {
    package static func == (left: PolicyGrammar, right: PolicyGrammar) -> Bool {
        left.kind == right.kind
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
    }
}
