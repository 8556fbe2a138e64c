import JSONSource
import PolicyLanguage

extension OrganizationEditor {
    mutating func put(
        _ path: [String],
        in name: String,
        _ content: JSONValue
    ) throws(ChangeRefusal) {
        let account = try account(name)
        set(self.path(of: account) + path, to: content)
        history.wrote(path, in: account.name)
    }

    mutating func delete(_ path: [String], in name: String) throws(ChangeRefusal) {
        let account = try account(name)
        let place = self.path(of: account) + path
        guard value.value(at: place) != nil else {
            throw ChangeRefusal(
                "the account '\(account.name)' has no /\(path.joined(separator: "/"))"
            )
        }
        if path.count == 3, path[0] == "iam", path[1] == "managedPolicies" {
            try refuseIfAttached(path[2], in: account)
        }
        set(place, to: nil)
    }

    /// ENT-10: a managed policy that somebody has, or is bounded by, cannot be deleted; roles of
    /// permission sets count as well.
    private func refuseIfAttached(_ name: String, in account: Account) throws(ChangeRefusal) {
        guard let arn = account.settings.managedPolicies[name]?.arn else { return }
        func uses(_ policies: [Policy], _ boundary: Policy?) -> Bool {
            policies.contains { $0.arn == arn } || boundary?.arn == arn
        }
        for user in account.users where uses(user.identityPolicies, user.permissionsBoundary) {
            throw ChangeRefusal("the policy '\(name)' is still attached to the user '\(user.name)'")
        }
        for role in account.roles where uses(role.identityPolicies, role.permissionsBoundary) {
            throw ChangeRefusal("the policy '\(name)' is still attached to the role '\(role.name)'")
        }
    }

    mutating func tag(_ target: String, _ tags: JSONValue) throws(ChangeRefusal) {
        let place = try tagged(target) + ["tags"]
        let before = value.value(at: place) ?? object()
        set(place, to: before.merging(tags))
    }

    mutating func untag(_ target: String, _ keys: [String]) throws(ChangeRefusal) {
        let place = try tagged(target) + ["tags"]
        for key in keys { set(place + [key], to: nil) }
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
