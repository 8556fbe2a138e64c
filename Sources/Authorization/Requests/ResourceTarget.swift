import JSONSource
import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// The resource of a request with its owner and the policy that governs it.
struct ResourceTarget {
    /// Whether the action works on resources at all.
    let use: ServiceCatalog.ResourceUse
    /// What `Resource` patterns are compared with.
    let requested: RequestedResource
    let arn: ARN?
    /// Nil when nothing says whose the resource is.
    let ownerID: AccountID?
    /// Nil also when the owner is not in the file.
    let owner: Account?
    let authority: Authority
    /// The listed resource of exactly that ARN.
    let exact: Resource?
    /// The listed resource whose policy governs the request.
    let governing: Resource?
    /// The role that the ARN names, if there is one.
    let role: IAMRole?
    /// Tags, nil when nothing is known of them.
    let tags: Tags?
    /// Why Block Public Access may close the resource or not, where nobody knows.
    let unknownPublicAccess: String?
    /// Where reasons of the resource's side point.
    let name: String

    /// What kind of policy speaks for the resource.
    enum Authority {
        /// A resource policy that grants beside identity policies, if there is one.
        case ordinary(Policy?)
        /// The trust policy of a role, which alone can let somebody in (EVAL-7).
        case trust(Policy?)
        /// A key policy, which alone can let somebody in, and the key's grants; without a policy of
        /// its own the key has the default one of its account (KMS-1).
        case key(Policy?, AccountID, [KMSGrant])
        /// Nothing on the resource's side: the caller's policies decide alone (ROOT-7).
        case callerAlone
    }
}

extension ResourceTarget {
    init(_ request: Request, subject: Subject, in organization: Organization) {
        let use = ServiceCatalog.resourceUse(of: request.action)
        self.init(
            request.resource,
            of: request.resourceAccount ?? subject.account?.id,
            on: use,
            for: request.action,
            without: request.without,
            in: organization
        )
    }

    /// A resource by its text; the account is whose it is where neither ARN nor file says.
    init(
        _ resource: String,
        of account: AccountID?,
        on use: ServiceCatalog.ResourceUse,
        for action: ActionName,
        without: Set<PolicyType>,
        in organization: Organization
    ) {
        let text = use == .some ? resource : "*"
        let arn = ARN(text)
        let service = arn?.service
        let exact = arn.flatMap { organization.listed($0.description) }
        let governing = exact ?? arn.flatMap { organization.governing(unlisted: $0) }
        let ownerID = arn?.accountID ?? governing?.account.id ?? account
        let owner: Account? =
            if let governing, governing.account.id == ownerID {
                governing.account
            } else {
                ownerID.flatMap { organization.account($0) }
            }
        let isIAM = service == "iam"
        let role = isIAM ? arn.flatMap { Self.role($0, in: owner) } : nil
        let user = isIAM ? arn.flatMap { Self.user($0, in: owner) } : nil

        self.use = use
        self.arn = arn
        self.ownerID = ownerID
        self.owner = owner
        self.exact = exact?.resource
        self.role = role
        self.governing = governing?.resource
        requested =
            switch use {
            case .none: .none
            case .allBuckets: .named("arn:aws:s3:::*")
            case .some: text == "*" ? .none : .named(text)
            }
        tags = exact?.resource.tags ?? role?.tags ?? user?.tags
        unknownPublicAccess =
            governing?.resource.blockPublicAccess.missing ?? owner?.blockPublicAccess.missing
        let unlisted =
            governing == nil && role == nil
            ? arn.flatMap { Self.unlistedPolicy(of: $0, owner: owner, organization) } : nil
        // An endpoint's policy is about calls through it, not about the endpoint (VPCE-1).
        let isLeftOut = without.contains(.resourcePolicy)
        let policy =
            arn?.isVPCEndpoint == true || isLeftOut
            ? nil : governing?.resource.policy ?? (isIAM ? nil : unlisted?.resourcePolicy)
        if action.canonical == "sts:assumeroot" {
            authority = .callerAlone
            name = text
        } else if action.usesTrustPolicy, service != "sts" {
            let trust = role?.trustPolicy ?? (isIAM ? unlisted?.trustPolicy : nil)
            authority = .trust(without.contains(.trustPolicy) ? nil : trust)
            name = text
        } else if service == "kms", let arn, arn.resourceType == "key", let ownerID {
            let grants = isLeftOut ? [] : governing?.resource.grants ?? []
            authority = .key(policy, ownerID, grants)
            name = governing?.resource.arn.description ?? text
        } else {
            authority = .ordinary(policy)
            name = policy == nil ? text : governing?.resource.arn.description ?? text
        }
    }

    /// The policy that a resource may have which the file does not list, if it can have one.
    private static func unlistedPolicy(
        of arn: ARN,
        owner: Account?,
        _ organization: Organization
    ) -> UnlistedResources.UnknownPolicy? {
        guard organization.hasMissingPolicies else { return nil }
        // A role has its trust policy; buckets have objects below them.
        let mayHaveOne =
            arn.service == "iam" || ServiceCatalog.takesPolicy(arn)
            || arn.service == "s3" && arn.account.isEmpty
        return mayHaveOne ? organization.unlistedPolicy(of: arn, owner: owner) : nil
    }

    private static func role(_ arn: ARN, in owner: Account?) -> IAMRole? {
        guard arn.resourceType == "role" else { return nil }
        return owner?.role(arn.resourceName).flatMap { $0.arn == arn ? $0 : nil }
    }

    private static func user(_ arn: ARN, in owner: Account?) -> IAMUser? {
        guard arn.resourceType == "user" else { return nil }
        return owner?.user(arn.resourceName).flatMap { $0.arn == arn ? $0 : nil }
    }
}

extension ResourceTarget {
    /// Whether only the resource's own policy can let somebody in, also inside one account.
    var needsExplicitGrant: Bool {
        switch authority {
        case .ordinary, .callerAlone: false
        case .trust, .key: true
        }
    }

    var policyType: PolicyType {
        switch authority {
        case .ordinary, .key, .callerAlone: .resourcePolicy
        case .trust: .trustPolicy
        }
    }

    var policy: Policy? {
        switch authority {
        case .ordinary(let policy), .trust(let policy): policy
        case .key(let policy, let owner, _): policy ?? Self.defaultKeyPolicy(of: owner)
        case .callerAlone: nil
        }
    }

    /// The account whose default key policy speaks for the resource, if one does.
    var ownerOfDefaultKeyPolicy: AccountID? {
        if case .key(nil, let owner, _) = authority { owner } else { nil }
    }

    var isDecidedByCallerAlone: Bool { if case .callerAlone = authority { true } else { false } }

    var grants: [KMSGrant] {
        switch authority {
        case .key(_, _, let grants): grants
        case .ordinary, .trust, .callerAlone: []
        }
    }
}

extension ActionName {
    /// The actions that a role's trust policy decides about (STS-1, STS-10, STS-14, STS-15).
    fileprivate var usesTrustPolicy: Bool {
        service == "sts"
            && [
                "assumerole", "assumerolewithsaml", "assumerolewithwebidentity", "tagsession",
                "setsourceidentity", "setcontext",
            ].contains(name)
    }
}

extension ResourceTarget {
    /// What a KMS key has that nobody gave another policy.
    ///
    /// Source: KMS Developer Guide, "Default key policy" (KMS-1, KMS-2).
    static func defaultKeyPolicy(of account: AccountID) -> Policy {
        let statement = Statement(
            sid: "Enable IAM User Permissions",
            index: 0,
            effect: .allow,
            principal: PrincipalElement(entries: [.account(account)], isNegated: false),
            actions: everyAction,
            resources: everything,
            conditions: [],
            span: .nowhere
        )
        let document = PolicyDocument(
            version: .v2012,
            id: "key-default-1",
            statements: [statement],
            at: .nowhere,
            size: 0
        )
        return Policy(name: nil, document: document)
    }

    private static let everyAction = ActionElement(
        patterns: ["kms:*"].compactMap { ActionPattern($0) },
        isNegated: false
    )
    private static let everything = ResourceElement(
        patterns: [ResourcePattern("*", variables: .literal, completion: .asWritten)],
        isNegated: false
    )
}
