package import Authorization
package import OrganizationModel

/// A principal under the name scenarios use, with the callers it stands for.
package struct NamedPrincipal: Sendable {
    /// `ACCOUNT:user/NAME`, `ACCOUNT:role/NAME`, `sso:PERMISSIONSET@ACCOUNT`, ….
    package let name: String
    let kind: Kind
    private let directory: PrincipalDirectory

    /// Who it is, by places in the organization: an answer may name hundreds of thousands.
    enum Kind: Sendable {
        case user(Int, account: Int)
        /// Of Identity Center with the place of the provisioned role.
        case role(Int, account: Int, provisioned: Int?)
        case root(account: Int)
        case anonymous
        case service(String)
    }

    init(_ kind: Kind, named name: String, _ directory: PrincipalDirectory) {
        self.kind = kind
        self.name = name
        self.directory = directory
    }

    /// The role behind a principal, with its account.
    package struct Role: Sendable {
        package let account: Account
        package let role: IAMRole
    }
}

extension NamedPrincipal {
    /// Nil for all that are no roles.
    package var role: Role? {
        guard case .role(let number, let place, _) = kind else { return nil }
        let account = directory.organization.accounts[place]
        return Role(account: account, role: account.roles[number])
    }

    /// One caller; for an Identity Center role one for each person assigned to it.
    package var callers: [Caller] { directory.callers(kind) }
}
