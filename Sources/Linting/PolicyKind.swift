package import PolicyLanguage
import ServiceCatalog

/// What a policy document is for, which says what may stand in it and how long it may be.
package enum PolicyKind: String, Sendable, CaseIterable {
    case serviceControlPolicy = "scp"
    case resourceControlPolicy = "rcp"
    /// Managed and inline policies of users, groups and roles, and permissions boundaries.
    case identityPolicy = "identity"
    case trustPolicy = "trust"
    case resourcePolicy = "resource"
    case endpointPolicy = "endpoint"
}

extension PolicyKind {
    package var grammar: PolicyGrammar {
        switch self {
        case .serviceControlPolicy: .serviceControl
        case .resourceControlPolicy: .resourceControl
        case .identityPolicy: .identity
        case .trustPolicy: .trust
        case .resourcePolicy: .resource
        case .endpointPolicy: .vpcEndpoint
        }
    }

    /// How messages call it, with its article.
    package var noun: String { grammar.name }

    /// Whether an Allow in it gives something, rather than setting a limit.
    package var grants: Bool {
        switch self {
        case .identityPolicy, .trustPolicy, .resourcePolicy: true
        case .serviceControlPolicy, .resourceControlPolicy, .endpointPolicy: false
        }
    }
}

extension PolicyKind {
    /// How many characters AWS takes in a document of the kind that stands alone; nil where the
    /// service that keeps it has limits of its own.
    package var characterLimit: Int? {
        switch self {
        case .serviceControlPolicy: Quotas.scpCharacters
        case .resourceControlPolicy: Quotas.rcpCharacters
        case .identityPolicy: Quotas.managedPolicyCharacters
        case .trustPolicy: Quotas.trustPolicyCharacters
        case .endpointPolicy: Quotas.vpcEndpointPolicyCharacters
        case .resourcePolicy: nil
        }
    }

    package static let permissionSetLimit = Quotas.permissionSetInlineCharacters
}
