package import PolicyLanguage

/// An organization instance of IAM Identity Center.
package struct IdentityCenter: Sendable {
    package let instance: String
    package let region: String
    package let users: [User]
    package let groups: [String]
    package let permissionSets: [PermissionSet]
    /// The role of each permission set in each account it is assigned in, people or none, by
    /// account and name of the set.
    package let provisionedRoles: [ProvisionedRole]
    /// Session tag keys with the attribute each takes its value from.
    package let attributesForAccessControl: [AccessControlAttribute]
    /// Why people may have more permission sets than the file says, where they may.
    package let missingAssignments: String?
    private let userPlaces: [String: Int]
    /// The places of the roles in each account, which stand together by the names of their sets.
    private let accountPlaces: [AccountID: Range<Int>]
    /// The people in each group, in the order of ``users``.
    private let members: [String: [Int]]

    init(
        instance: String,
        region: String,
        users: [User],
        groups: [String],
        permissionSets: [PermissionSet],
        provisionedRoles: [ProvisionedRole],
        attributesForAccessControl: [AccessControlAttribute],
        missingAssignments: String?
    ) {
        self.instance = instance
        self.region = region
        self.users = users
        self.groups = groups
        self.permissionSets = permissionSets
        self.provisionedRoles = provisionedRoles
        self.attributesForAccessControl = attributesForAccessControl
        self.missingAssignments = missingAssignments
        userPlaces = Dictionary(
            users.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var accountPlaces: [AccountID: Range<Int>] = [:]
        var start = 0
        while start < provisionedRoles.count {
            let account = provisionedRoles[start].account
            let end =
                provisionedRoles[start...].firstIndex { $0.account != account }
                ?? provisionedRoles.count
            accountPlaces[account] = start..<end
            start = end
        }
        self.accountPlaces = accountPlaces
        var members: [String: [Int]] = [:]
        for (place, user) in users.enumerated() {
            for group in Set(user.groups) { members[group, default: []].append(place) }
        }
        self.members = members
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

    package struct ProvisionedRole: Sendable {
        package let permissionSet: String
        package let account: AccountID
        package let name: String
        /// The people and the groups it is assigned to; who is in a group is not written out, a
        /// group of thousands may have it in thousands of accounts.
        fileprivate var users: Set<String> = []
        fileprivate var groups: Set<String> = []

        init(permissionSet: String, account: AccountID, name: String) {
            self.permissionSet = permissionSet
            self.account = account
            self.name = name
        }

        mutating func give(to user: String?, _ group: String?) {
            if let user { users.insert(user) }
            if let group { groups.insert(group) }
        }
    }

    package struct AccessControlAttribute: Sendable {
        package let tagKey: String
        /// Nil where nobody knows what the tag comes to.
        package let attribute: String?
    }
}

extension IdentityCenter {
    package func user(_ name: String) -> User? { userPlaces[name].map { users[$0] } }

    /// The role of a permission set in an account, if the person is assigned it.
    package func role(
        of user: User,
        permissionSet: String,
        account: AccountID
    ) -> ProvisionedRole? {
        guard let place = place(ofRole: permissionSet, in: account) else { return nil }
        let role = provisionedRoles[place]
        let isGiven =
            role.users.contains(user.name) || user.groups.contains(where: role.groups.contains)
        return isGiven ? role : nil
    }

    /// The place of the role of a permission set in an account.
    private func place(ofRole permissionSet: String, in account: AccountID) -> Int? {
        var places = provisionedPlaces(in: account)
        while let first = places.first {
            let middle = first + places.count / 2
            let name = provisionedRoles[middle].permissionSet
            if name == permissionSet { return middle }
            places = name < permissionSet ? (middle + 1)..<places.upperBound : first..<middle
        }
        return nil
    }

    /// The roles in an account, by their places in ``provisionedRoles``.
    package func provisionedPlaces(in account: AccountID) -> Range<Int> {
        accountPlaces[account] ?? 0..<0
    }

    /// Everybody who is assigned a role, in the order of ``users``.
    package func people(of role: ProvisionedRole) -> [User] {
        let places = Set(role.users.compactMap { userPlaces[$0] })
            .union(role.groups.flatMap { members[$0] ?? [] })
        return places.sorted().map { users[$0] }
    }

    /// The first of those who are assigned a role, by his place in ``users``, and whether he is the
    /// only one for certain.
    package func someone(assigned role: ProvisionedRole) -> (place: Int, isAlone: Bool)? {
        var first: Int?
        var count = 0
        func add(_ place: Int?, _ people: Int) {
            guard let place else { return }
            first = min(first ?? place, place)
            count += people
        }
        for user in role.users { add(userPlaces[user], 1) }
        for group in role.groups {
            let places = members[group] ?? []
            add(places.first, places.count)
        }
        return first.map { ($0, count == 1) }
    }

    /// No fewer than the people of all roles together.
    var assigned: Int {
        provisionedRoles.reduce(0) { sum, role in
            sum + role.users.count + role.groups.reduce(0) { $0 + (members[$1]?.count ?? 0) }
        }
    }

    /// The session tags a person's attributes become (IDC-11).
    package func sessionTags(of user: User) -> Tags {
        Tags(
            attributesForAccessControl.compactMap { attribute in
                attribute.attribute.flatMap { user.attributes[$0] }.map {
                    Tags.Tag(key: attribute.tagKey, value: $0)
                }
            }
        )
    }
}
