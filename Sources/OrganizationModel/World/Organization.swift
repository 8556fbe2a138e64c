package import PolicyLanguage

/// The immutable world every question is asked of: the tree, its accounts and what is in them.
///
/// An object for the reason that ``Account`` is one.
package final class Organization: Sendable {
    /// Nil when the file holds only accounts outside any organization.
    package let identity: Identity?
    /// The root and all units, each behind its parent; empty without an organization.
    package let nodes: [OrganizationNode]
    package let accounts: [Account]
    package let identityCenter: IdentityCenter?
    /// Control policy types that are in force (SCP-6, RCP-9).
    package let enabledPolicyTypes: Set<ControlPolicyType>
    package let centralizedRootAccess: CentralizedRootAccess
    package let trustedAccess: [String]
    /// Delegated administrator accounts by service principal.
    package let delegatedAdministrators: [String: [AccountID]]
    /// AWS managed policies that the file supplies, by ARN.
    package let managedPolicies: [String: Policy]
    /// Whether there may be policies that nobody could read (``MissingPolicy``).
    package let hasMissingPolicies: Bool

    private let indexByID: [AccountID: Int]
    private let indexByName: [String: Int]
    /// Where a resource is listed, by the text of its ARN.
    private let listings: [String: Listing]
    /// The length of the longest ARN listed, in bytes.
    let longestListing: Int

    private struct Listing: Sendable {
        let account: Int
        let resource: Int
    }

    package struct Identity: Sendable {
        package let id: String
        package let managementAccount: AccountID
    }

    package struct CentralizedRootAccess: Sendable {
        package let rootCredentialsManagement: Bool
        package let rootSessions: Bool

        package init(rootCredentialsManagement: Bool = false, rootSessions: Bool = false) {
            self.rootCredentialsManagement = rootCredentialsManagement
            self.rootSessions = rootSessions
        }
    }

    init(
        identity: Identity?,
        nodes: [OrganizationNode],
        accounts: [Account],
        identityCenter: IdentityCenter?,
        enabledPolicyTypes: Set<ControlPolicyType>,
        centralizedRootAccess: CentralizedRootAccess,
        trustedAccess: [String],
        delegatedAdministrators: [String: [AccountID]],
        managedPolicies: [String: Policy],
        hasMissingPolicies: Bool
    ) {
        self.identity = identity
        self.nodes = nodes
        self.accounts = accounts
        self.identityCenter = identityCenter
        self.enabledPolicyTypes = enabledPolicyTypes
        self.centralizedRootAccess = centralizedRootAccess
        self.trustedAccess = trustedAccess
        self.delegatedAdministrators = delegatedAdministrators
        self.managedPolicies = managedPolicies
        self.hasMissingPolicies = hasMissingPolicies
        var byID: [AccountID: Int] = [:]
        var byName: [String: Int] = [:]
        var listings: [String: Listing] = [:]
        byID.reserveCapacity(accounts.count)
        byName.reserveCapacity(accounts.count)
        listings.reserveCapacity(accounts.reduce(0) { $0 + $1.resources.count })
        for (index, account) in accounts.enumerated() {
            byID[account.id] = index
            byName[account.name] = index
            for (number, resource) in account.resources.enumerated() {
                let listing = Listing(account: index, resource: number)
                listings[resource.arn.description] = listing
            }
        }
        indexByID = byID
        indexByName = byName
        self.listings = listings
        longestListing = listings.keys.map(\.utf8.count).max() ?? 0
    }
}

/// A kind of policy that Organizations attaches to roots, units and accounts.
package enum ControlPolicyType: String, Sendable, CaseIterable {
    case serviceControlPolicy = "SERVICE_CONTROL_POLICY"
    case resourceControlPolicy = "RESOURCE_CONTROL_POLICY"
}

extension Organization {
    package func account(_ id: AccountID) -> Account? { indexByID[id].map { accounts[$0] } }

    /// The place of an account in ``accounts``.
    package func index(of id: AccountID) -> Int? { indexByID[id] }

    /// The account of that name or twelve-digit id.
    package func account(named text: String) -> Account? {
        if let index = indexByName[text] { return accounts[index] }
        return AccountID(text).flatMap { account($0) }
    }

    /// How many callers a question about everybody asks, or a few more.
    package var principalCount: Int {
        accounts.reduce(identityCenter?.assigned ?? 0) { $0 + $1.users.count + $1.roles.count }
    }

    package var accountNames: [String] { accounts.map(\.name) }

    /// The nodes above an account, the root first; empty outside the organization.
    package func path(to account: Account) -> [OrganizationNode] {
        guard case .member(let node) = account.membership else { return [] }
        var path: [OrganizationNode] = []
        var index: Int? = node
        while let current = index {
            path.append(nodes[current])
            index = nodes[current].parent
        }
        return path.reversed()
    }

    /// The node at a path such as `Root/Workloads` or with an id such as `ou-ab12-…`.
    package func node(_ text: String) -> OrganizationNode? {
        nodes.first { $0.path == text || $0.id == text }
    }

    package func isManagementAccount(_ account: Account) -> Bool {
        account.id == identity?.managementAccount
    }

    /// The organization an account belongs to, as `aws:PrincipalOrgID` shows it.
    package func organizationID(of account: Account) -> String? {
        switch account.membership {
        case .member: identity?.id
        case .outside(let organizationID): organizationID
        }
    }

    /// The path of an account in its organization, as `aws:PrincipalOrgPaths` shows it.
    package func organizationPath(of account: Account) -> String? {
        guard let id = identity?.id, case .member = account.membership else { return nil }
        return path(to: account).reduce(id + "/") { $0 + $1.id + "/" }
    }

    /// A resource that is listed under exactly that ARN, with its account.
    package func listed(_ arn: String) -> (account: Account, resource: Resource)? {
        listings[arn].map { place in
            let account = accounts[place.account]
            return (account, account.resources[place.resource])
        }
    }
}
