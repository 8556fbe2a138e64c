package import Authorization
package import OrganizationModel
import PolicyLanguage

/// A principal under the name scenarios use, with the callers it stands for.
package struct NamedPrincipal: Sendable {
    /// `ACCOUNT:user/NAME`, `ACCOUNT:role/NAME`, `sso:PERMISSIONSET@ACCOUNT`, ….
    package let name: String
    /// One caller; for an Identity Center role one for each person assigned to it.
    package let callers: [Caller]
    package let role: Role?

    /// The role behind a principal, with its account.
    package struct Role: Sendable {
        package let account: Account
        package let role: IAMRole
    }
}

/// All IAM users and roles of an organization.
struct PrincipalList: Sendable {
    let all: [NamedPrincipal]
    /// Places in ``all`` by account.
    private let places: [AccountID: [Int]]
    private let byName: [NameKey: [Int]]
    private let byUniqueID: [String: [Int]]

    private struct NameKey: Hashable {
        let account: AccountID
        let isUser: Bool
        let name: String
    }

    init(_ directory: PrincipalDirectory) {
        let organization = directory.organization
        var all: [NamedPrincipal] = []
        var places: [AccountID: [Int]] = [:]
        var byName: [NameKey: [Int]] = [:]
        var byUniqueID: [String: [Int]] = [:]
        for account in organization.accounts {
            var found = account.users.map { directory.user($0, in: account) }
            for role in account.roles where !role.isServiceLinked {
                found.append(directory.role(role, in: account))
            }
            places[account.id] = Array(all.count..<(all.count + found.count))
            for (offset, principal) in found.enumerated() {
                let user = offset < account.users.count ? account.users[offset] : nil
                guard let name = user?.name ?? principal.role?.role.name,
                    let id = user?.uniqueID ?? principal.role?.role.uniqueID
                else { continue }
                let key = NameKey(account: account.id, isUser: user != nil, name: name)
                byName[key, default: []].append(all.count + offset)
                byUniqueID[id, default: []].append(all.count + offset)
            }
            all += found
        }
        self.all = all
        self.places = places
        self.byName = byName
        self.byUniqueID = byUniqueID
    }

    /// The users and roles of an account, by their places.
    func places(in account: AccountID) -> [Int] { places[account] ?? [] }

    /// The user or role that has an identifier such as `AROA…`.
    func places(ofUniqueID id: String) -> [Int] { byUniqueID[id] ?? [] }

    /// The user or role that an ARN names, or that a session of it comes from.
    func places(of arn: ARN) -> [Int] {
        guard let id = arn.accountID else { return [] }
        let parts = arn.resource.split(separator: "/")
        let isSession = arn.service == "sts"
        let name = isSession ? parts.dropFirst().first : parts.last
        guard let name, let kind = parts.first else { return [] }
        let isUser = kind == "user" || kind == "federated-user"
        return byName[NameKey(account: id, isUser: isUser, name: String(name))] ?? []
    }
}
