package import PolicyLanguage

/// An organization instance of IAM Identity Center.
package struct IdentityCenter: Sendable {
    package let instance: String
    package let region: String
    package let users: [User]
    package let groups: [String]
    package let permissionSets: [PermissionSet]
    /// Who reaches which permission set in which account, groups and units resolved.
    package let grants: [Grant]
    /// The role of each permission set in each account it is assigned in, people or none.
    package let provisionedRoles: [ProvisionedRole]
    /// Session tag keys with the attribute each takes its value from.
    package let attributesForAccessControl: [AccessControlAttribute]
    private let userPlaces: [String: Int]
    private let grantPlaces: [GrantKey: Int]

    private struct GrantKey: Hashable {
        let user: String
        let permissionSet: String
        let account: AccountID
    }

    init(
        instance: String,
        region: String,
        users: [User],
        groups: [String],
        permissionSets: [PermissionSet],
        grants: [Grant],
        provisionedRoles: [ProvisionedRole],
        attributesForAccessControl: [AccessControlAttribute]
    ) {
        self.instance = instance
        self.region = region
        self.users = users
        self.groups = groups
        self.permissionSets = permissionSets
        self.grants = grants
        self.provisionedRoles = provisionedRoles
        self.attributesForAccessControl = attributesForAccessControl
        userPlaces = Dictionary(
            users.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        grantPlaces = Dictionary(
            grants.enumerated().lazy.map { place, grant in
                let key = GrantKey(
                    user: grant.user,
                    permissionSet: grant.permissionSet,
                    account: grant.account
                )
                return (key, place)
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    package struct User: Sendable {
        package let name: String
        package let groups: [String]
        package let attributes: [String: String]
    }

    package struct PermissionSet: Sendable {
        package let name: String
        /// In seconds.
        package let sessionDuration: Int
    }

    package struct ProvisionedRole: Sendable, Hashable {
        package let permissionSet: String
        package let account: AccountID
        package let name: String
    }

    package struct Grant: Sendable, Hashable {
        package let user: String
        package let permissionSet: String
        package let account: AccountID
        /// The role provisioned for the permission set in that account.
        package let roleName: String
    }

    package struct AccessControlAttribute: Sendable {
        package let tagKey: String
        package let attribute: String
    }
}

extension IdentityCenter {
    package func user(_ name: String) -> User? { userPlaces[name].map { users[$0] } }

    package func grant(user: String, permissionSet: String, account: AccountID) -> Grant? {
        grantPlaces[GrantKey(user: user, permissionSet: permissionSet, account: account)]
            .map { grants[$0] }
    }

    /// The session tags a person's attributes become (IDC-11).
    package func sessionTags(of user: User) -> Tags {
        Tags(
            attributesForAccessControl.compactMap { attribute in
                user.attributes[attribute.attribute].map {
                    Tags.Tag(key: attribute.tagKey, value: $0)
                }
            }
        )
    }
}
