/// How large a generated organization is, and how its accounts hang together.
package struct OrganizationShape: Sendable {
    package var accounts: Int
    /// Roles that permission sets bring into an account count as well.
    package var rolesPerAccount: Int
    package var statementsPerPolicy = 8
    package var seed: UInt64 = 7
    package var trust = Trust.realistic

    package enum Trust: Sendable {
        case realistic
        /// Every role trusts every account: the worst case of whoever follows roles.
        case everyone
    }

    package init(accounts: Int, rolesPerAccount: Int) {
        self.accounts = accounts
        self.rolesPerAccount = rolesPerAccount
    }

    /// The roles of an account that are written in the file.
    var writtenRoles: Int { rolesPerAccount - permissionSets }

    /// One role in four comes from Identity Center; all accounts have the same.
    var permissionSets: Int { min(rolesPerAccount / 4, 8) }

    var people: Int { max(12, min(accounts / 2, 2_000)) }
}

/// Names, identifiers and choices of a generated organization, each found by its place.
package struct OrganizationPlan: Sendable {
    package let shape: OrganizationShape
    let numbers: SeededNumbers
    static let organizationID = "o-workload01"
    static let managementID = "100000000000"
    /// Services and levels, one archetype of a role each.
    static let archetypes = WorkloadService.all.count * WorkloadService.Level.allCases.count
    static let teams = 50

    package init(_ shape: OrganizationShape) {
        self.shape = shape
        numbers = SeededNumbers(seed: shape.seed)
    }
}

extension OrganizationPlan {
    /// The units below the root, three levels deep with it.
    static let units: [(name: String, below: [String])] = [
        ("Security", ["Audit", "Response"]),
        ("Infrastructure", ["Network", "Delivery"]),
        ("Production", ["Retail", "Logistics", "Payments", "Platform"]),
        ("Development", ["Retail", "Logistics", "Payments", "Platform"]),
        ("Sandbox", ["People", "Training"]),
    ]

    /// How many of ten accounts sit in each unit, after the first of each.
    private static let shares = [0, 1, 2, 2, 2, 2, 3, 3, 3, 4]

    /// The unit of an account, and the one below that it sits in.
    func place(of account: Int) -> (unit: Int, below: Int) {
        let unit =
            account < Self.units.count ? account : Self.shares[account % Self.shares.count]
        let below = Self.units[unit].below.count
        return (unit, (account / Self.shares.count) % below)
    }

    package func accountID(_ account: Int) -> String { String(200_000_000_000 + account * 37) }

    package func accountName(_ account: Int) -> String {
        let (unit, below) = place(of: account)
        let units = Self.units[unit]
        return "\(units.below[below])-\(units.name)-\(account)".lowercased()
    }

    /// The few teams that work in an account.
    func teams(of account: Int) -> [Int] {
        let chosen = (0..<3).map { numbers.number(below: Self.teams, for: .team, account, -1 - $0) }
        return Set(chosen).sorted()
    }

    static func teamName(_ team: Int) -> String { "team\(team)" }

    /// The account that delivers into the others.
    var deliveryAccount: Int { min(1, shape.accounts - 1) }

    /// The next account, which another shares its things with.
    package func neighbour(of account: Int) -> Int { (account + 1) % shape.accounts }
}

extension OrganizationPlan {
    /// A role that is written in an account.
    struct Role {
        let name: String
        let path: String
        let service: WorkloadService
        let level: WorkloadService.Level
        let team: Int
    }

    func role(_ number: Int, in account: Int) -> Role {
        let archetype = numbers.number(below: Self.archetypes, for: .archetype, account, number)
        let levels = WorkloadService.Level.allCases
        let service = WorkloadService.all[archetype / levels.count]
        let level = levels[archetype % levels.count]
        let teams = teams(of: account)
        let team = teams[numbers.number(below: teams.count, for: .team, account, number)]
        switch number {
        case 0:
            return Role(
                name: "PlatformAdmin",
                path: "/platform/",
                service: service,
                level: .manage,
                team: team
            )
        case 1:
            return Role(
                name: "SecurityAudit",
                path: "/",
                service: service,
                level: .read,
                team: team
            )
        default:
            let name = "\(Self.teamName(team))-\(service.name)\(level.title)-\(number)"
            return Role(name: name, path: "/team/", service: service, level: level, team: team)
        }
    }

    func roleARN(_ role: Role, in account: Int) -> String {
        "arn:aws:iam::\(accountID(account)):role\(role.path)\(role.name)"
    }

    /// The role that delivers into all accounts; nil where accounts have no roles.
    var deliveryRole: String? {
        guard shape.writtenRoles > 0 else { return nil }
        return roleARN(role(0, in: deliveryAccount), in: deliveryAccount)
    }
}
