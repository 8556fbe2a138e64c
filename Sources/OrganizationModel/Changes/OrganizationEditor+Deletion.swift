import JSONSource
import PolicyLanguage

/// What must be gone from an IAM entity before IAM deletes it.
///
/// Source: IAM API Reference, "DeleteUser", "DeleteRole", "DeleteGroup", "DeleteInstanceProfile"
/// (ENT-9).
extension OrganizationEditor {
    /// Refuses to delete users, roles, groups and instance profiles that still hold something.
    func refuseDeletionInUse(_ path: [String], in account: Account) throws(ChangeRefusal) {
        guard path.count == 2 || path.count == 3, path[0] == "iam" else { return }
        let iam = value.value(at: self.path(of: account) + ["iam"])
        let entities = iam?[path[1]]?.members ?? []
        var clauses: [String] = []
        for entity in entities where path.count == 2 || entity.key == path[2] {
            let held: [String]
            switch path[1] {
            case "users": held = Self.held(by: entity.value, Self.ofUsers)
            case "roles":
                // A service-linked role goes as a whole, with what its service gave it.
                guard account.role(entity.key)?.isServiceLinked != true else { continue }
                held = Self.held(by: entity.value, Self.ofPolicies) + profiles(of: entity.key, iam)
            case "groups":
                held = members(of: entity.key, iam) + Self.held(by: entity.value, Self.ofPolicies)
            case "instanceProfiles": held = Self.held(by: entity.value, ["role": "its role"])
            default: return
            }
            if held.isEmpty { continue }
            let kind = path[1] == "instanceProfiles" ? "instance profile" : "\(path[1].dropLast())"
            clauses.append(
                "the \(kind) '\(entity.key)' still has \(Self.enumeration(held.sorted()))"
            )
        }
        guard !clauses.isEmpty else { return }
        let deletion = clauses.count == 1 ? "it is deleted" : "they are deleted"
        let list = Self.enumeration(clauses)
        throw ChangeRefusal("\(list), which must go before \(deletion)")
    }

    /// "a, b and c"; of many things the first ones and how many there are beside them.
    private static func enumeration(_ things: [String]) -> String {
        let shown =
            things.count > 10 ? things.prefix(9) + ["\(things.count - 9) more"] : things[...]
        let head = shown.dropLast().joined(separator: ", ")
        return head.isEmpty ? shown.joined() : "\(head) and \(shown.last ?? "")"
    }

    private static let ofPolicies = [
        "inlinePolicies": "inline policies", "managedPolicies": "attached policies",
    ]

    private static let ofUsers = ofPolicies.merging([
        "accessKeys": "access keys", "groups": "groups it is in", "mfaDevices": "MFA devices",
        "password": "a password",
    ]) { first, _ in first }

    /// What the fields of an entity hold, by the names given.
    private static func held(by entity: JSONValue, _ names: [String: String]) -> [String] {
        names.compactMap { field, name in
            guard let value = entity[field], !value.isNull else { return nil }
            // A password without dates is one.
            let isEmpty =
                value.elements?.isEmpty == true
                || field != "password" && value.members?.isEmpty == true
            return isEmpty ? nil : name
        }
    }

    private func profiles(of role: String, _ iam: JSONValue?) -> [String] {
        (iam?["instanceProfiles"]?.members ?? [])
            .filter { $0.value["role"]?.string == role }
            .map { "a place in the instance profile '\($0.key)'" }
    }

    private func members(of group: String, _ iam: JSONValue?) -> [String] {
        (iam?["users"]?.members ?? [])
            .filter { $0.value["groups"]?.elements?.contains { $0.string == group } == true }
            .map { "the user '\($0.key)' in it" }
    }
}
