import OrganizationModel
import PolicyLanguage

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
        for (place, account) in organization.accounts.enumerated() {
            let first = all.count
            func add(_ kind: NamedPrincipal.Kind, isUser: Bool, _ name: String, _ id: String) {
                let key = NameKey(account: account.id, isUser: isUser, name: name)
                byName[key, default: []].append(all.count)
                byUniqueID[id, default: []].append(all.count)
                all.append(directory.named(kind))
            }
            for (number, user) in account.users.enumerated() {
                add(.user(number, account: place), isUser: true, user.name, user.uniqueID)
            }
            var provisioned = directory.provisioned(in: account)[...]
            for (number, role) in account.roles.enumerated() {
                var center: Int?
                if provisioned.first?.role == number { center = provisioned.removeFirst().place }
                if role.isServiceLinked { continue }
                let kind = NamedPrincipal.Kind.role(number, account: place, provisioned: center)
                add(kind, isUser: false, role.name, role.uniqueID)
            }
            places[account.id] = Array(first..<all.count)
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
