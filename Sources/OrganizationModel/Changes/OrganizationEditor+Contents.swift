import JSONSource
import PolicyLanguage

extension OrganizationEditor {
    mutating func put(
        _ path: [String],
        in name: String,
        _ content: JSONValue
    ) throws(ChangeRefusal) {
        let account = try account(name)
        try refuseForeign(path, in: account, content)
        let place = self.path(of: account) + path
        if let holder = value.value(at: place.dropLast()), let elements = holder.elements,
            let last = path.last, last != "-", Int(last).map(elements.indices.contains) != true
        {
            throw ChangeRefusal(
                "the list at /\(path.dropLast().joined(separator: "/")) has no '\(last)'"
            )
        }
        set(place, to: content)
        history.wrote(path, in: account.name)
    }

    /// What is not for an account's own calls to write: its id and status, and the roles that
    /// AWS's services keep in it (RBP-6).
    private func refuseForeign(
        _ path: [String],
        in account: Account,
        _ content: JSONValue?
    ) throws(ChangeRefusal) {
        if path == ["id"] { throw ChangeRefusal("an account keeps its id") }
        if path == ["status"], organization.isManagementAccount(account) {
            throw ChangeRefusal("the management account cannot be closed")
        }
        if path == [ControlPolicyType.serviceControlPolicy.field],
            organization.enabledPolicyTypes.contains(.serviceControlPolicy),
            content?.elements?.isEmpty != false
        {
            throw ChangeRefusal(
                "the last service control policy of '\(account.name)' cannot be detached"
            )
        }
        guard path.count >= 3, path[0] == "iam", path[1] == "roles" else { return }
        let isReserved = path[2].hasPrefix("AWSReservedSSO_")
        // A service-linked role is made and deleted as a whole by its service.
        let isLinked = path.count > 3 && account.role(path[2])?.isServiceLinked == true
        if isReserved || isLinked {
            throw ChangeRefusal("the role '\(path[2])' can be changed by its service only")
        }
    }

    mutating func delete(_ path: [String], in name: String) throws(ChangeRefusal) {
        let account = try account(name)
        let place = self.path(of: account) + path
        try refuseForeign(path, in: account, nil)
        guard value.value(at: place) != nil else {
            throw ChangeRefusal(
                "the account '\(account.name)' has no /\(path.joined(separator: "/"))"
            )
        }
        try refuseDeletionInUse(path, in: account)
        set(place, to: nil)
    }

    mutating func tag(_ target: String, _ tags: JSONValue) throws(ChangeRefusal) {
        try refuseTagsOfAWS(tags.members?.map(\.key) ?? [])
        let place = try tagged(target) + ["tags"]
        let before = value.value(at: place) ?? object()
        set(place, to: before.merging(tags))
    }

    mutating func untag(_ target: String, _ keys: [String]) throws(ChangeRefusal) {
        try refuseTagsOfAWS(keys)
        let place = try tagged(target) + ["tags"]
        for key in keys { set(place + [key], to: nil) }
    }

    /// Source: Tag Editor User Guide, "Tag naming limits and requirements" (STS-11).
    private func refuseTagsOfAWS(_ keys: [String]) throws(ChangeRefusal) {
        guard let key = keys.first(where: { $0.lowercased().hasPrefix("aws:") }) else { return }
        throw ChangeRefusal("the tag key '\(key)' begins with 'aws:', which only AWS sets")
    }

    /// Where the tags of a resource, a user, a role, an account or a unit stand.
    private func tagged(_ target: String) throws(ChangeRefusal) -> [String] {
        if let found = organization.listed(target) {
            let resources = path(of: found.account) + ["resources"]
            let members = value.value(at: resources)?.members ?? []
            let member = members.first { $0.key == target || $0.value["arn"]?.string == target }
            return resources + [member?.key ?? target]
        }
        if let node = organization.node(target) { return path(of: node) }
        if let account = organization.account(named: target) { return path(of: account) }
        if let place = entity(target) { return place }
        throw ChangeRefusal("there is nothing called '\(target)' that could carry tags")
    }

    /// A user or role by ARN or shorthand.
    private func entity(_ target: String) -> [String]? {
        let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        let arn = ARN(target)
        let account =
            arn.flatMap { $0.accountID }.flatMap { organization.account($0) }
            ?? organization.account(named: parts[0])
        guard let account else { return nil }
        let resource = arn?.resource ?? parts[1]
        let name = resource.split(separator: "/").last.map(String.init) ?? ""
        if resource.hasPrefix("user/"), account.user(name) != nil {
            return path(of: account) + ["iam", "users", name]
        }
        if resource.hasPrefix("role/"), account.role(name) != nil {
            return path(of: account) + ["iam", "roles", name]
        }
        return nil
    }
}
