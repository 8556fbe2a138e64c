import JSONSource
import PolicyLanguage

/// Edits the file of an organization as AWS's own calls would change it.
struct OrganizationEditor {
    let organization: Organization
    var value: JSONValue
    var history: OrganizationHistory

    init(_ state: OrganizationState) {
        organization = state.organization
        value = state.value
        history = state.history
        history.advance()
    }

    mutating func apply(_ change: OrganizationChange) throws(ChangeRefusal) {
        switch change {
        case .attachPolicy(let name, let target): try attach(name, to: target)
        case .detachPolicy(let name, let target): try detach(name, from: target)
        case .putPolicy(let type, let name, let document): try put(type, name, document)
        case .deletePolicy(let type, let name): try delete(type, name)
        case .moveAccount(let name, let unit): try move(name, to: unit)
        case .createAccount(let name, let id, let unit, let value):
            try create(name, id: id, in: unit, value)
        case .closeAccount(let name): try close(name)
        case .removeAccount(let name): try remove(name)
        case .createOrganizationalUnit(let path): try createUnit(path)
        case .put(let path, let account?, let value): try put(path, in: account, value)
        case .put(let path, nil, let value): try putIntoIdentityCenter(path, value)
        case .delete(let path, let account?): try delete(path, in: account)
        case .delete(let path, nil): try deleteFromIdentityCenter(path)
        case .tag(let target, let tags): try tag(target, tags)
        case .untag(let target, let keys): try untag(target, keys)
        case .assign(let assignment): assign(assignment)
        case .unassign(let assignment): try unassign(assignment)
        }
    }
}

// Finding things in the file.
extension OrganizationEditor {
    mutating func set(_ path: [String], to new: JSONValue?) {
        value = value.setting(path, to: new) ?? value
    }

    func object(_ members: [JSONMember] = []) -> JSONValue {
        JSONValue(.object(members), at: value.span)
    }

    func strings(_ texts: [String]) -> JSONValue {
        JSONValue(.array(texts.map { JSONValue(.string($0), at: value.span) }), at: value.span)
    }

    func account(_ name: String) throws(ChangeRefusal) -> Account {
        if let account = organization.account(named: name) { return account }
        let near = NearestName.of(name, among: organization.accountNames)
        throw ChangeRefusal(
            "there is no account '\(name)'" + (near.map { ", did you mean '\($0)'?" } ?? "")
        )
    }

    func node(_ name: String) throws(ChangeRefusal) -> OrganizationNode {
        if let node = organization.node(name) { return node }
        let near = NearestName.of(name, among: organization.nodes.map(\.path))
        throw ChangeRefusal(
            "there is no unit '\(name)'" + (near.map { ", did you mean '\($0)'?" } ?? "")
        )
    }

    /// Where a node stands in the file.
    func path(of node: OrganizationNode) -> [String] {
        let units = node.path.split(separator: "/").dropFirst().map(String.init)
        return ["root"] + units.flatMap { ["organizationalUnits", $0] }
    }

    /// Where an account stands in the file.
    func path(of account: Account) -> [String] {
        switch account.membership {
        case .member(let index):
            return path(of: organization.nodes[index]) + ["accounts", account.name]
        case .outside: return ["externalAccounts", account.name]
        }
    }
}
