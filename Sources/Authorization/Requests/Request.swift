import OrganizationModel
package import PolicyLanguage

/// One API request: a caller, an action and the resource it is for.
package struct Request: Sendable {
    package var caller: Caller
    package var action: ActionName
    /// An ARN, or `*` where the action works on nothing in particular.
    package var resource: String
    package var context: GivenContext
    /// The owner of a resource whose ARN names no account.
    package var resourceAccount: AccountID?
    package var instant: Instant
    private var rarities = Rarities.none

    /// What few requests have: one thing to hold and let go instead of many.
    private final class Rarities: Sendable {
        let endpoint: ARN?
        let viaService: String?
        let needsIdentityAllow: Bool
        let unknownKeys: UnknownKeys
        let without: Set<PolicyType>

        static let none = Rarities(RareFields())

        init(_ fields: RareFields) {
            endpoint = fields.endpoint
            viaService = fields.viaService
            needsIdentityAllow = fields.needsIdentityAllow
            unknownKeys = fields.unknownKeys
            without = fields.without
        }

        var fields: RareFields {
            RareFields(
                endpoint: endpoint,
                viaService: viaService,
                needsIdentityAllow: needsIdentityAllow,
                unknownKeys: unknownKeys,
                without: without
            )
        }
    }

    private struct RareFields {
        var endpoint: ARN?
        var viaService: String?
        var needsIdentityAllow = false
        var unknownKeys = UnknownKeys()
        var without: Set<PolicyType> = []
    }

    package init(
        caller: Caller,
        action: ActionName,
        resource: String = "*",
        context: GivenContext = GivenContext(),
        resourceAccount: AccountID? = nil,
        endpoint: ARN? = nil,
        viaService: String? = nil,
        instant: Instant
    ) {
        self.caller = caller
        self.action = action
        self.resource = resource
        self.context = context
        self.resourceAccount = resourceAccount
        self.instant = instant
        if endpoint != nil || viaService != nil {
            rarities = Rarities(RareFields(endpoint: endpoint, viaService: viaService))
        }
    }
}

extension Request {
    /// Whether nothing about it is rare, so that caller, action, resource and context say all.
    var isOrdinary: Bool { rarities === Rarities.none }

    /// The VPC endpoint the call travels through.
    package var endpoint: ARN? {
        get { rarities.endpoint }
        set { setRare { $0.endpoint = newValue } }
    }

    /// The service that makes the call on the caller's behalf (forward access session).
    package var viaService: String? {
        get { rarities.viaService }
        set { setRare { $0.viaService = newValue } }
    }

    /// Whether the caller's own policies must allow even where the resource's grant would do
    /// inside one account, as for a source identity taken along (STS-14).
    package var needsIdentityAllow: Bool {
        get { rarities.needsIdentityAllow }
        set { setRare { $0.needsIdentityAllow = newValue } }
    }

    /// Keys whose values nobody knows; what the context gives is known all the same.
    package var unknownKeys: UnknownKeys {
        get { rarities.unknownKeys }
        set { setRare { $0.unknownKeys = newValue } }
    }

    /// Takes it that nobody knows what the policies say that nobody could read, nor what the tags
    /// of the resource and of the session are where the file does not know.
    mutating func leaveMissingPoliciesOpen(of organization: Organization) {
        unknownKeys.insert(MissingPolicy.keys)
        if let arn = ARN(resource), organization.listed(resource)?.resource.hasUnknownTags == true {
            unknownKeys.insert("aws:ResourceTag/*")
            unknownKeys.insert("\(arn.service):ResourceTag/*")
        }
        guard case .signIn? = caller.session?.origin else { return }
        for attribute in organization.identityCenter?.attributesForAccessControl ?? []
        where attribute.attribute == nil {
            unknownKeys.insert("aws:PrincipalTag/\(attribute.tagKey)")
        }
    }

    /// Policy types that are taken not to be there.
    package var without: Set<PolicyType> {
        get { rarities.without }
        set { setRare { $0.without = newValue } }
    }

    private mutating func setRare(_ change: (inout RareFields) -> Void) {
        var fields = rarities.fields
        change(&fields)
        rarities = Rarities(fields)
    }
}
