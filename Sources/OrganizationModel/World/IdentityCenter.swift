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
    package func user(_ name: String) -> User? { users.first { $0.name == name } }

    package func grant(user: String, permissionSet: String, account: AccountID) -> Grant? {
        grants.first {
            $0.user == user && $0.permissionSet == permissionSet && $0.account == account
        }
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
