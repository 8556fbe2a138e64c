import JSONSource
import OrganizationModel
import PolicyLanguage

/// A caller with everything the organization says of him at this moment.
struct Subject {
    enum Kind {
        case root
        case user
        case role
        case federatedUser
        case assumedRoot
        case service(ServiceCaller)
        case federation(provider: String, keys: [Session.Key])
        case anonymous
    }

    let kind: Kind
    /// Nil for services, identity providers and anonymous callers.
    let account: Account?
    /// The ARN that `Principal` elements and messages use (KEY-9).
    let arn: ARN?
    /// The user or role behind the caller.
    let entity: Entity?
    let identityPolicies: [Policy]
    private(set) var permissionsBoundary: Policy?
    let session: Session?

    struct Entity {
        let arn: ARN
        let uniqueID: String
        let name: String
        /// When it was made, counted in changes (PRIN-8).
        let createdAt: Int
        let tags: Tags
        let isServiceLinked: Bool
        /// Whether the account lets every user change his own password (ENT-12).
        let mayChangePassword: Bool
    }

    private init(
        _ kind: Kind,
        account: Account? = nil,
        arn: ARN? = nil,
        entity: Entity? = nil,
        identityPolicies: [Policy] = [],
        permissionsBoundary: Policy? = nil,
        session: Session? = nil
    ) {
        self.kind = kind
        self.account = account
        self.arn = arn
        self.entity = entity
        self.identityPolicies = identityPolicies
        self.permissionsBoundary = permissionsBoundary
        self.session = session
    }

    /// Nil when the account, user or role is gone (STS-36).
    init?(_ caller: Caller, in organization: Organization) {
        switch caller {
        case .anonymous: self.init(.anonymous)
        case .service(let service): self.init(.service(service))
        case .federation(let provider, let keys):
            self.init(.federation(provider: provider, keys: keys))
        case .outsider(let outsider): self.init(outsider)
        case .root(let id, let session):
            guard let account = organization.account(id) else { return nil }
            self.init(.root, account: account, arn: account.rootARN, session: session)
        case .assumedRoot(let id, let session):
            guard let account = organization.account(id) else { return nil }
            self.init(.assumedRoot, account: account, arn: account.rootARN, session: session)
        case .user(let entity, let session):
            self.init(user: entity, as: .user, session: session, in: organization)
        case .federatedUser(let id, let user?, let session):
            guard id == user.account else { return nil }
            self.init(user: user, as: .federatedUser, session: session, in: organization)
        case .federatedUser(let id, nil, let session):
            guard let account = organization.account(id) else { return nil }
            let arn = ARN(
                partition: "aws",
                service: "sts",
                account: id.description,
                resource: "federated-user/\(session.name)"
            )
            self.init(.federatedUser, account: account, arn: arn, session: session)
        case .role(let entity, let session):
            guard let account = organization.account(entity.account),
                let role = account.role(entity.name), role.uniqueID == entity.uniqueID
            else { return nil }
            self.init(
                .role,
                account: account,
                arn: role.sessionARN(session.name),
                entity: Entity(role),
                identityPolicies: role.identityPolicies,
                permissionsBoundary: role.permissionsBoundary,
                session: session
            )
        }
    }

    /// What somebody's policies say that nobody knows is open, and so are his verdicts as far as
    /// they hang on it.
    private init(_ outsider: Outsider) {
        let session = outsider.session.map {
            Session(name: $0, issuedAt: Instant(microseconds: 0), mfa: .notCarried)
        }
        let policy = MissingPolicy.document(
            "the account \(outsider.account) is not in the file",
            as: .identity,
            at: .nowhere
        )
        self.init(
            session == nil ? .user : .role,
            account: Account(unknown: outsider.account),
            arn: outsider.sessionARN ?? outsider.arn,
            entity: Entity(outsider),
            identityPolicies: [Policy(name: nil, document: policy)],
            session: session
        )
    }

    private init?(
        user entity: IAMEntity,
        as kind: Kind,
        session: Session?,
        in organization: Organization
    ) {
        guard let account = organization.account(entity.account),
            let user = account.user(entity.name), user.uniqueID == entity.uniqueID
        else { return nil }
        var arn = user.arn
        if case .federatedUser = kind {
            arn = ARN(
                partition: arn.partition,
                service: "sts",
                account: account.id.description,
                resource: "federated-user/\(session?.name ?? user.name)"
            )
        }
        self.init(
            kind,
            account: account,
            arn: arn,
            entity: Entity(user, in: account),
            identityPolicies: user.identityPolicies,
            permissionsBoundary: user.permissionsBoundary,
            session: session
        )
    }
}

extension Subject.Entity {
    fileprivate init(_ user: IAMUser, in account: Account) {
        arn = user.arn
        uniqueID = user.uniqueID
        name = user.name
        createdAt = user.createdAt
        tags = user.tags
        isServiceLinked = false
        mayChangePassword = account.settings.allowsUsersToChangePassword
    }

    fileprivate init(_ outsider: Outsider) {
        arn = outsider.arn
        uniqueID = outsider.uniqueID
        name = String(outsider.arn.resourceName)
        createdAt = 0
        tags = Tags()
        isServiceLinked = false
        mayChangePassword = false
    }

    fileprivate init(_ role: IAMRole) {
        arn = role.arn
        uniqueID = role.uniqueID
        name = role.name
        createdAt = role.createdAt
        tags = role.tags
        isServiceLinked = role.isServiceLinked
        mayChangePassword = false
    }
}

extension Subject {
    /// The caller without policies of types that a question leaves out.
    func without(_ types: Set<PolicyType>) -> Subject {
        var subject = self
        // NotPrincipal asks whether there is one (NOTP-3).
        if types.contains(.permissionsBoundary) { subject.permissionsBoundary = nil }
        return subject
    }

    /// Whether the caller needs no identity policy in his own account: the root user, and a
    /// federated session that he obtained (ROOT-1).
    var needsNoIdentityPolicy: Bool {
        if case .federatedUser = kind { return entity == nil }
        return actsAsRoot
    }

    /// A root user, or a session that acts as one.
    var actsAsRoot: Bool {
        switch kind {
        case .root, .assumedRoot: true
        case .user, .role, .federatedUser, .service, .federation, .anonymous: false
        }
    }

    /// Whether identity policies, boundary and session policies decide about the caller.
    var hasIdentityPolicies: Bool {
        switch kind {
        case .user, .role, .federatedUser: true
        case .root, .assumedRoot, .service, .federation, .anonymous: false
        }
    }

    var isServiceLinked: Bool { entity?.isServiceLinked ?? false }

    /// Policies that limit the session; nil when there is no such limit.
    ///
    /// A federated user without a session policy has an empty limit: nothing is allowed (STS-32).
    var sessionPolicies: [Policy]? {
        switch kind {
        case .federatedUser: session?.policies ?? []
        case .role: session?.policies
        case .root, .user, .assumedRoot, .service, .federation, .anonymous: nil
        }
    }

    /// What `aws:PrincipalTag/…` shows: the entity's tags under those of the session.
    var principalTags: Tags {
        guard let entity else { return Tags() }
        return session.map { entity.tags.overlaid(with: $0.tags) } ?? entity.tags
    }

    /// How reasons name the caller's side: the principal's ARN, or what stands for it.
    var name: String {
        switch kind {
        case .service(let service): service.name
        case .federation(let provider, _): provider
        case .anonymous: "anonymous"
        case .root, .user, .role, .federatedUser, .assumedRoot: arn?.description ?? ""
        }
    }
}
