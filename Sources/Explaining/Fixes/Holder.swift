import Authorization
import OrganizationModel
import PolicyLanguage

/// Where the identity policies of a caller stand.
enum Holder {
    case user(Account, String)
    case role(Account, String)
    /// The permission set whose role the caller uses, and the account he uses it in.
    case permissionSet(Account, String)

    /// Nil for callers without identity policies, and for roles that only AWS writes to.
    init?(_ caller: Caller, in organization: Organization) {
        switch caller {
        case .user(let entity, _), .federatedUser(_, let entity?, _):
            guard let account = organization.account(entity.account) else { return nil }
            self = .user(account, entity.name)
        case .role(let entity, _):
            guard let account = organization.account(entity.account),
                let role = account.role(entity.name), !role.isServiceLinked
            else { return nil }
            guard role.isReserved else {
                self = .role(account, entity.name)
                return
            }
            let provisioned = organization.identityCenter?.provisionedRoles.first {
                $0.account == entity.account && $0.name == entity.name
            }
            guard let provisioned else { return nil }
            self = .permissionSet(account, provisioned.permissionSet)
        case .root, .federatedUser(_, nil, _), .assumedRoot, .service, .federation, .anonymous,
            .outsider:
            return nil
        }
    }

    var account: Account {
        switch self {
        case .user(let account, _), .role(let account, _), .permissionSet(let account, _): account
        }
    }

    /// As sentences name it.
    var title: String {
        switch self {
        case .user(let account, let name): "the user '\(account.name):user/\(name)'"
        case .role(let account, let name): "the role '\(account.name):role/\(name)'"
        case .permissionSet(_, let name): "the permission set '\(name)'"
        }
    }

    /// A member of the user, role or permission set.
    func place(_ field: String...) -> Place {
        switch self {
        case .user(let account, let name): .account(account.name, ["iam", "users", name] + field)
        case .role(let account, let name): .account(account.name, ["iam", "roles", name] + field)
        case .permissionSet(_, let name): .identityCenter(["permissionSets", name] + field)
        }
    }
}
