import Authorization
import OrganizationModel
import PolicyLanguage

/// The names and callers of users, roles and others of an organization.
///
/// One object, so that principals can be handed on by the hundred thousand.
final class PrincipalDirectory: Sendable {
    let organization: Organization
    private let instant: Instant

    init(_ organization: Organization, at instant: Instant) {
        self.organization = organization
        self.instant = instant
    }
}

// Names.
extension PrincipalDirectory {
    func named(_ kind: NamedPrincipal.Kind) -> NamedPrincipal {
        NamedPrincipal(kind, named: name(kind), self)
    }

    func name(_ kind: NamedPrincipal.Kind) -> String {
        switch kind {
        case .user(let number, let account):
            return "\(organization.accounts[account].name):user/"
                + organization.accounts[account].users[number].name
        case .role(let number, let account, nil):
            return "\(organization.accounts[account].name):role/"
                + organization.accounts[account].roles[number].name
        case .role(_, let account, let place?):
            let set = organization.identityCenter?.provisionedRoles[place].permissionSet ?? ""
            return "sso:\(set)@\(organization.accounts[account].name)"
        case .root(let account): return "\(organization.accounts[account].name):root"
        case .anonymous: return "anonymous"
        case .service(let name): return "service:\(name)"
        }
    }

    /// Principals that are asked only when a question includes them.
    func included(_ inclusions: [WhoCan.Inclusion]) -> [NamedPrincipal] {
        inclusions.flatMap { inclusion -> [NamedPrincipal] in
            switch inclusion {
            case .root: organization.accounts.indices.map { named(.root(account: $0)) }
            case .anonymous: [named(.anonymous)]
            case .service(let name): [named(.service(name))]
            }
        }
    }
}

// Callers.
extension PrincipalDirectory {
    func callers(_ kind: NamedPrincipal.Kind) -> [Caller] {
        switch kind {
        case .user(let number, let account):
            [.user(organization.accounts[account].users[number].entity, nil)]
        case .role(let number, let account, let place):
            callers(organization.accounts[account].roles[number], provisioned: place)
        case .root(let account): [.root(organization.accounts[account].id, nil)]
        case .anonymous: [.anonymous]
        case .service(let name): [.service(ServiceCaller(name: name))]
        }
    }

    private func callers(_ role: IAMRole, provisioned place: Int?) -> [Caller] {
        guard let place, let center = organization.identityCenter else {
            return [.role(role.entity, directSession)]
        }
        return center.people(of: center.provisionedRoles[place]).map {
            .role(role.entity, session(of: $0, center))
        }
    }

    /// The session in which a role of the account's own is used directly.
    var directSession: Session {
        Session(name: CallerResolver.directSessionName, issuedAt: instant)
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
}

extension PrincipalDirectory {
    /// A role of an account that a permission set has brought there.
    struct Provisioned {
        /// Its number among the roles of the account.
        let role: Int
        /// Its place among the provisioned roles.
        let place: Int
    }

    /// The roles of permission sets in an account, in its order.
    func provisioned(in account: Account) -> [Provisioned] {
        guard let center = organization.identityCenter else { return [] }
        var found: [Provisioned] = []
        for place in center.provisionedPlaces(in: account.id) {
            let name = center.provisionedRoles[place].name
            guard let role = account.place(ofRole: name), account.roles[role].isReserved else {
                continue
            }
            found.append(Provisioned(role: role, place: place))
        }
        found.sort { ($0.role, $0.place) < ($1.role, $1.place) }
        return found.indices.filter { $0 == 0 || found[$0 - 1].role != found[$0].role }
            .map { found[$0] }
    }
}
