import Authorization
import OrganizationModel
import PolicyLanguage

/// The names and callers of users, roles and others of an organization.
struct PrincipalDirectory: Sendable {
    let organization: Organization
    private let instant: Instant
    private let reserved: [RoleKey: IdentityCenter.ProvisionedRole]

    init(_ organization: Organization, at instant: Instant) {
        self.organization = organization
        self.instant = instant
        reserved = Dictionary(
            (organization.identityCenter?.provisionedRoles ?? []).map {
                (RoleKey(account: $0.account, name: $0.name), $0)
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private struct RoleKey: Hashable {
        let account: AccountID
        let name: String
    }

    func user(_ user: IAMUser, in account: Account) -> NamedPrincipal {
        NamedPrincipal(
            name: "\(account.name):user/\(user.name)",
            callers: [.user(user.entity, nil)],
            role: nil
        )
    }

    /// The permission set whose role it is; nil for a role of the account's own.
    func provisioned(_ role: IAMRole, in account: Account) -> IdentityCenter.ProvisionedRole? {
        guard role.isReserved else { return nil }
        return reserved[RoleKey(account: account.id, name: role.name)]
    }

    /// The session in which a role of the account's own is used directly.
    var directSession: Session {
        Session(name: CallerResolver.directSessionName, issuedAt: instant)
    }

    func role(_ role: IAMRole, in account: Account) -> NamedPrincipal {
        guard let center = organization.identityCenter,
            let provisioned = provisioned(role, in: account)
        else {
            let session = directSession
            return NamedPrincipal(
                name: "\(account.name):role/\(role.name)",
                callers: [.role(role.entity, session)],
                role: .init(account: account, role: role)
            )
        }
        let callers = center.people(of: provisioned).map { user -> Caller in
            .role(role.entity, session(of: user, center))
        }
        return NamedPrincipal(
            name: "sso:\(provisioned.permissionSet)@\(account.name)",
            callers: callers,
            role: .init(account: account, role: role)
        )
    }

    /// The session in which a person uses a permission set.
    func session(of user: IdentityCenter.User, _ center: IdentityCenter) -> Session {
        Session(
            name: user.name,
            issuedAt: instant,
            mfa: .notCarried,
            tags: center.sessionTags(of: user)
        )
    }

    /// Principals that are asked only when a question includes them.
    func included(_ inclusions: [WhoCan.Inclusion]) -> [NamedPrincipal] {
        inclusions.flatMap { inclusion -> [NamedPrincipal] in
            switch inclusion {
            case .root:
                organization.accounts.map { account in
                    NamedPrincipal(
                        name: "\(account.name):root",
                        callers: [.root(account.id, nil)],
                        role: nil
                    )
                }
            case .anonymous:
                [NamedPrincipal(name: "anonymous", callers: [.anonymous], role: nil)]
            case .service(let name):
                [
                    NamedPrincipal(
                        name: "service:\(name)",
                        callers: [.service(ServiceCaller(name: name))],
                        role: nil
                    )
                ]
            }
        }
    }
}
