import JSONSource
import PolicyLanguage

extension OrganizationEditor {
    /// A member account that is not the management account.
    private func member(_ name: String, to verb: String) throws(ChangeRefusal) -> Account {
        let account = try account(name)
        if organization.isManagementAccount(account) {
            throw ChangeRefusal("the management account cannot be \(verb)")
        }
        guard account.isMember else {
            throw ChangeRefusal("the account '\(account.name)' is not in the organization")
        }
        return account
    }

    mutating func move(_ name: String, to unit: String) throws(ChangeRefusal) {
        let account = try member(name, to: "moved")
        let node = try node(unit)
        let old = path(of: account)
        let new = path(of: node) + ["accounts", account.name]
        if old == new {
            throw ChangeRefusal("the account '\(account.name)' is in '\(node.path)' already")
        }
        let content = value.value(at: old)
        set(old, to: nil)
        set(new, to: content)
    }

    mutating func create(
        _ name: String,
        id: String?,
        in unit: String,
        _ content: JSONValue
    ) throws(ChangeRefusal) {
        let node = try node(unit)
        if organization.account(named: name) != nil {
            throw ChangeRefusal("there is an account '\(name)' already")
        }
        // Organizations API Reference, "CreateAccount".
        if !(1...50).contains(name.unicodeScalars.count) {
            throw ChangeRefusal("the name of an account has 1 to 50 characters")
        }
        let digits = id ?? derivedID(name)
        let text = JSONValue(.string(digits), at: content.span)
        let account = content.setting(["id"], to: text) ?? content
        set(path(of: node) + ["accounts", name], to: account)
        // Everything in a new account is written now.
        history.wrote([], in: name)
    }

    /// Twelve digits that follow from the name, as other ids do.
    private func derivedID(_ name: String) -> String {
        let number = (UInt64(DerivedIdentifier.digest(name), radix: 16) ?? 0) % 900_000_000_000
        return String(100_000_000_000 + number)
    }

    mutating func close(_ name: String) throws(ChangeRefusal) {
        let account = try member(name, to: "closed")
        if !account.isUsable {
            throw ChangeRefusal("the account '\(account.name)' is closed already")
        }
        let status = JSONValue(.string(Account.Status.suspended.rawValue), at: value.span)
        set(path(of: account) + ["status"], to: status)
    }

    /// The account goes on outside: no control policies, no Identity Center (ROOT-10).
    mutating func remove(_ name: String) throws(ChangeRefusal) {
        let account = try member(name, to: "removed")
        let old = path(of: account)
        var content = value.value(at: old) ?? object()
        for type in ControlPolicyType.allCases {
            content = content.setting([type.field], to: nil) ?? content
        }
        set(old, to: nil)
        set(["externalAccounts", account.name], to: content)
        editAssignments { assignment in assignment.without(accounts: account.names, units: []) }
        dropDelegations(of: account)
    }

    private mutating func dropDelegations(of account: Account) {
        for member in value["delegatedAdministrators"]?.members ?? [] {
            let names = member.value.elements?.compactMap(\.string) ?? []
            let left = names.filter { !account.names.contains($0) }
            if left.count == names.count { continue }
            set(["delegatedAdministrators", member.key], to: strings(left))
        }
    }

    mutating func createUnit(_ path: String) throws(ChangeRefusal) {
        guard let slash = path.lastIndex(of: "/") else {
            throw ChangeRefusal("'\(path)' is not the path of a unit such as Root/Workloads")
        }
        if organization.node(path) != nil {
            throw ChangeRefusal("there is a unit '\(path)' already")
        }
        let parent = try node(String(path[..<slash]))
        let name = String(path[path.index(after: slash)...])
        let full = parent.path + "/" + name
        if organization.node(full) != nil {
            throw ChangeRefusal("there is a unit '\(full)' already")
        }
        set(self.path(of: parent) + ["organizationalUnits", name], to: object())
    }
}

extension Account {
    /// The ways a file names the account.
    var names: [String] { [name, id.description] }
}

// Identity Center assignments.
extension OrganizationEditor {
    mutating func assign(_ assignment: JSONValue) {
        let path = ["identityCenter", "assignments"]
        let before = value.value(at: path)?.elements ?? []
        set(path, to: JSONValue(.array(before + [assignment]), at: value.span))
    }

    /// Takes accounts and units out of every assignment of the same person and permission set.
    mutating func unassign(_ assignment: JSONValue) throws(ChangeRefusal) {
        let accounts = Self.texts(assignment["accounts"]).flatMap { name in
            organization.account(named: name)?.names ?? [name]
        }
        let units = Self.texts(assignment["organizationalUnits"]).flatMap { name in
            organization.node(name).map { [$0.path, $0.id] } ?? [name]
        }
        let identity = ["permissionSet", "user", "group"]
        var isFound = false
        editAssignments { other in
            guard identity.allSatisfy({ other[$0]?.string == assignment[$0]?.string }) else {
                return other
            }
            let names = Set(
                Self.texts(other["accounts"]) + Self.texts(other["organizationalUnits"])
            )
            if names.isDisjoint(with: accounts + units) { return other }
            isFound = true
            return other.without(accounts: accounts, units: units)
        }
        if !isFound {
            let set = assignment["permissionSet"]?.string ?? ""
            let who = assignment["user"]?.string ?? assignment["group"]?.string ?? ""
            let places = (Self.texts(assignment["accounts"]) + units).joined(separator: ", ")
            throw ChangeRefusal("'\(set)' is not assigned to '\(who)' in '\(places)'")
        }
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        value?.elements?.compactMap(\.string) ?? []
    }

    private mutating func editAssignments(_ edit: (JSONValue) -> JSONValue?) {
        let path = ["identityCenter", "assignments"]
        guard let assignments = value.value(at: path)?.elements else { return }
        set(path, to: JSONValue(.array(assignments.compactMap(edit)), at: value.span))
    }
}

extension JSONValue {
    /// An assignment less some accounts and units; nil when nothing is left of it.
    fileprivate func without(accounts: [String], units: [String]) -> JSONValue? {
        var copy = self
        var isEmpty = true
        for (field, names) in [("accounts", accounts), ("organizationalUnits", units)] {
            guard let elements = copy[field]?.elements else { continue }
            let left = elements.filter { !names.contains($0.string ?? "") }
            if !left.isEmpty { isEmpty = false }
            copy = copy.setting([field], to: JSONValue(.array(left), at: span)) ?? copy
        }
        return isEmpty ? nil : copy
    }
}
