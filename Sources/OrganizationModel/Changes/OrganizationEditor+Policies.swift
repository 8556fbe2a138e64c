import JSONSource

extension OrganizationEditor {
    /// What a control policy can be attached to.
    private struct Target {
        let name: String
        let path: [String]
        let attached: [ControlPolicyType: [String]]
    }

    private func target(_ name: String) throws(ChangeRefusal) -> Target {
        func names(_ service: [Policy], _ resource: [Policy]) -> [ControlPolicyType: [String]] {
            [
                .serviceControlPolicy: service.compactMap(\.name),
                .resourceControlPolicy: resource.compactMap(\.name),
            ]
        }
        if let node = organization.node(name) {
            let attached = names(node.serviceControlPolicies, node.resourceControlPolicies)
            return Target(name: node.path, path: path(of: node), attached: attached)
        }
        let account = try account(name)
        guard account.isMember else {
            throw ChangeRefusal("the account '\(account.name)' is not in the organization")
        }
        let attached = names(account.serviceControlPolicies, account.resourceControlPolicies)
        return Target(name: account.name, path: path(of: account), attached: attached)
    }

    /// The type of a control policy by its name.
    private func type(of name: String) throws(ChangeRefusal) -> ControlPolicyType {
        let types = ControlPolicyType.allCases.filter { type in
            type.fullAccess.name == name || value[type.field]?[name] != nil
        }
        if types.count > 1 { throw ChangeRefusal("'\(name)' is the name of an SCP and of an RCP") }
        if let type = types.first { return type }
        let known = ControlPolicyType.allCases.flatMap { type in
            value[type.field]?.members?.map(\.key) ?? []
        }
        let near = NearestName.of(name, among: known).map { ", did you mean '\($0)'?" } ?? ""
        throw ChangeRefusal("there is no policy '\(name)'\(near)")
    }

    mutating func attach(_ name: String, to place: String) throws(ChangeRefusal) {
        let type = try type(of: name)
        let target = try target(place)
        guard organization.enabledPolicyTypes.contains(type) else {
            throw ChangeRefusal(
                "the policy type \(type.rawValue) is not enabled at the root ('policyTypes')"
            )
        }
        let attached = target.attached[type] ?? []
        let isAlwaysThere = type == .resourceControlPolicy && name == type.fullAccess.name
        if attached.contains(name) || isAlwaysThere {
            throw ChangeRefusal("'\(name)' is attached to '\(target.name)' already")
        }
        set(target.path + [type.field], to: strings(attached + [name]))
    }

    mutating func detach(_ name: String, from place: String) throws(ChangeRefusal) {
        let type = try type(of: name)
        let target = try target(place)
        let attached = target.attached[type] ?? []
        if type == .resourceControlPolicy, name == type.fullAccess.name {
            throw ChangeRefusal("RCPFullAWSAccess cannot be detached")
        }
        guard attached.contains(name) else {
            throw ChangeRefusal("'\(name)' is not attached to '\(target.name)'")
        }
        if type == .serviceControlPolicy, attached.count == 1,
            organization.enabledPolicyTypes.contains(type)
        {
            throw ChangeRefusal(
                "the last service control policy of '\(target.name)' cannot be detached"
            )
        }
        set(target.path + [type.field], to: strings(attached.filter { $0 != name }))
    }

    mutating func put(
        _ type: ControlPolicyType,
        _ name: String,
        _ document: JSONValue
    ) throws(ChangeRefusal) {
        if name == type.fullAccess.name {
            throw ChangeRefusal("'\(name)' belongs to AWS and cannot be changed")
        }
        set([type.field, name], to: document)
    }

    mutating func delete(_ type: ControlPolicyType, _ name: String) throws(ChangeRefusal) {
        if name == type.fullAccess.name {
            throw ChangeRefusal("'\(name)' belongs to AWS and cannot be deleted")
        }
        guard value[type.field]?[name] != nil else {
            let known = value[type.field]?.members?.map(\.key) ?? []
            let near = NearestName.of(name, among: known).map { ", did you mean '\($0)'?" } ?? ""
            throw ChangeRefusal("there is no \(type.noun) policy '\(name)'\(near)")
        }
        func holds(_ policies: [Policy]) -> Bool { policies.contains { $0.name == name } }
        for node in organization.nodes
        where holds(
            type == .serviceControlPolicy
                ? node.serviceControlPolicies : node.resourceControlPolicies
        ) {
            throw ChangeRefusal("'\(name)' is still attached to '\(node.path)'")
        }
        for account in organization.accounts
        where holds(
            type == .serviceControlPolicy
                ? account.serviceControlPolicies : account.resourceControlPolicies
        ) {
            throw ChangeRefusal("'\(name)' is still attached to '\(account.name)'")
        }
        set([type.field, name], to: nil)
    }
}
