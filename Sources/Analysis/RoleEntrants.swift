import Authorization
import OrganizationModel
import PolicyLanguage

/// Whom it is worth asking whether he may assume a role, so that not everybody is asked for every
/// role.
///
/// Left out are those whose own policies give no leave where one is needed, and those whom an equal
/// trust policy has turned away before.
struct RoleEntrants {
    private let people: PrincipalList
    private let leavesOfAll: AssumeLeaves
    private var leavesOfAccounts: [AccountID: AssumeLeaves] = [:]
    private let elements: [[ResourceElement]]
    private var classes: [TrustKey: Int] = [:]
    private var states: [TrustState] = []

    /// What is known of roles with equal trust policies.
    private struct TrustState {
        let reach: TrustReach
        var shutOut: Set<Int> = []
        /// Those left of each list.
        var waiting: [ListKey: [Int]] = [:]
    }

    private enum ListKey: Hashable {
        /// Everybody of the account of the role.
        case members(AccountID)
        /// Those with a leave; of one account, or of all.
        case leave(AccountID?, Int)
    }

    init(_ people: PrincipalList, in organization: Organization) {
        guard let action = ActionName("sts:AssumeRole") else {
            preconditionFailure("the actions of STS are well-formed")
        }
        self.people = people
        var statements = AssumeStatements(action)
        elements = people.all.map { principal in
            statements.resources(in: principal.identityPolicies(in: organization))
        }
        leavesOfAll = AssumeLeaves(
            elements.enumerated().map {
                (place: $0.offset, elements: $0.element)
            }
        )
    }
}

extension RoleEntrants {
    /// The places of those to ask about a role, in order.
    mutating func candidates(
        for target: NamedPrincipal.Role,
        unless isFound: (Int) -> Bool
    ) -> [Int] {
        let index = classIndex(of: target.role.trustPolicy)
        let reach = states[index].reach
        var found = Set(reach.named.filter { !isFound($0) })
        found.subtract(states[index].shutOut)
        for key in lists(reach, target) {
            var list = states[index].waiting[key] ?? members(key)
            list.removeAll { isFound($0) || states[index].shutOut.contains($0) }
            states[index].waiting[key] = list
            found.formUnion(list)
        }
        return found.sorted()
    }

    /// Notes that the trust policy of a role does not let somebody in, whatever else would.
    mutating func shutOut(_ place: Int, of target: NamedPrincipal.Role) {
        let index = classIndex(of: target.role.trustPolicy)
        guard states[index].reach.isSameForAllRoles else { return }
        states[index].shutOut.insert(place)
    }

    private mutating func lists(
        _ reach: TrustReach,
        _ target: NamedPrincipal.Role
    ) -> [ListKey] {
        let arn = target.role.arn
        var keys: [ListKey] = []
        if reach.isEveryone {
            // In his own account such a grant is all that one needs (EVAL-23).
            keys.append(.members(target.account.id))
            keys += leavesOfAll.lists(covering: arn).map { .leave(nil, $0) }
        }
        for account in reach.accounts {
            let leaves = leaves(of: account)
            keys += leaves.lists(covering: arn).map { .leave(account, $0) }
        }
        return keys
    }

    private func members(_ key: ListKey) -> [Int] {
        switch key {
        case .members(let account): people.places(in: account)
        case .leave(nil, let list): leavesOfAll.lists[list]
        case .leave(let account?, let list): leavesOfAccounts[account]?.lists[list] ?? []
        }
    }

    private mutating func leaves(of account: AccountID) -> AssumeLeaves {
        if let known = leavesOfAccounts[account] { return known }
        let leaves = AssumeLeaves(
            people.places(in: account).map { (place: $0, elements: elements[$0]) }
        )
        leavesOfAccounts[account] = leaves
        return leaves
    }

    private mutating func classIndex(of policy: Policy) -> Int {
        let key = TrustKey(policy)
        if let index = classes[key] { return index }
        states.append(TrustState(reach: TrustReach(policy, among: people)))
        classes[key] = states.count - 1
        return states.count - 1
    }
}

extension NamedPrincipal {
    /// The policies of the user or role itself, a user's groups included.
    fileprivate func identityPolicies(in organization: Organization) -> [Policy] {
        switch kind {
        case .user(let number, let account):
            organization.accounts[account].users[number].identityPolicies
        case .role(let number, let account, _):
            organization.accounts[account].roles[number].identityPolicies
        case .root, .anonymous, .service: []
        }
    }
}
