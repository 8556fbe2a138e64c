package import PolicyLanguage

/// An AWS account, a member of the organization or one outside it.
///
/// Nothing of it ever changes. It is an object because accounts are handed on with every caller and
/// resource, and a value would count a dozen references each time.
package final class Account: Sendable {
    package let name: String
    package let id: AccountID
    package let membership: Membership
    package let status: Status
    package let tags: Tags
    /// Attached to the account itself; those of the units above are theirs.
    package let serviceControlPolicies: [Policy]
    package let resourceControlPolicies: [Policy]
    package let users: [IAMUser]
    package let roles: [IAMRole]
    package let settings: IAMSettings
    package let resources: [Resource]
    package let blockPublicAccess: BlockPublicAccess
    package let unlistedResources: UnlistedResources

    let userIndex: [String: Int]
    let roleIndex: [String: Int]

    package enum Membership: Sendable {
        /// Index of the node the account sits in.
        case member(node: Int)
        case outside(organizationID: String?)
    }

    /// Source: Organizations API Reference, "Account" (ROOT-9).
    package enum Status: String, Sendable, CaseIterable {
        case pendingActivation = "PENDING_ACTIVATION"
        case active = "ACTIVE"
        case suspended = "SUSPENDED"
        case pendingClosure = "PENDING_CLOSURE"
        case closed = "CLOSED"
    }

    init(
        name: String,
        id: AccountID,
        membership: Membership,
        status: Status,
        tags: Tags,
        serviceControlPolicies: [Policy],
        resourceControlPolicies: [Policy],
        users: [IAMUser],
        roles: [IAMRole],
        settings: IAMSettings,
        resources: [Resource],
        blockPublicAccess: BlockPublicAccess,
        unlistedResources: UnlistedResources
    ) {
        self.name = name
        self.id = id
        self.membership = membership
        self.status = status
        self.tags = tags
        self.serviceControlPolicies = serviceControlPolicies
        self.resourceControlPolicies = resourceControlPolicies
        self.users = users
        self.roles = roles
        self.settings = settings
        self.resources = resources
        self.blockPublicAccess = blockPublicAccess
        self.unlistedResources = unlistedResources
        userIndex = Dictionary(
            users.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        roleIndex = Dictionary(
            roles.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

extension Account {
    /// An account of which nothing is known but its id.
    package convenience init(unknown id: AccountID) {
        self.init(
            name: id.description,
            id: id,
            membership: .outside(organizationID: nil),
            status: .active,
            tags: Tags(),
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            users: [],
            roles: [],
            settings: IAMSettings(),
            resources: [],
            blockPublicAccess: BlockPublicAccess(),
            unlistedResources: UnlistedResources()
        )
    }

    /// Names are unique in an account whatever the path (KEY-10).
    package func user(_ name: some StringProtocol) -> IAMUser? {
        userIndex[String(name)].map { users[$0] }
    }

    package func role(_ name: some StringProtocol) -> IAMRole? {
        roleIndex[String(name)].map { roles[$0] }
    }

    /// The place of a role in ``roles``.
    package func place(ofRole name: String) -> Int? { roleIndex[name] }

    package var isMember: Bool { if case .member = membership { true } else { false } }

    /// Whether credentials and resources of the account work at all (ROOT-9).
    package var isUsable: Bool {
        switch status {
        case .active, .pendingClosure: true
        case .pendingActivation, .suspended, .closed: false
        }
    }

    package var rootARN: ARN {
        ARN(partition: "aws", service: "iam", account: id.description, resource: "root")
    }
}
