import Authorization
import JSONSource
import PolicyLanguage

extension InventoryReader {
    mutating func readIdentityCenter(_ center: JSONValue) {
        for member in center["permissionSets"]?.members ?? [] { readPermissionSet(member) }
        for element in center["assignments"]?.elements ?? [] { readAssignment(element) }
    }

    private mutating func readPermissionSet(_ member: JSONMember) {
        let name = member.key
        let title = "permission set \(name)"
        func key(_ policy: PolicyKey, _ type: PolicyType = .identityPolicy) -> AttachmentKey {
            AttachmentKey(holder: .permissionSet(name), type: type, policy: policy)
        }
        add(.permissionSet, title, at: member.keySpan, keys: [key(.any)])
        let value = member.value
        if let inline = value["inlinePolicy"], inline.members?.isEmpty == false,
            let document = document(inline, as: .identity)
        {
            add(document, as: .identityPolicy, named: title)
        }
        for element in value["managedPolicies"]?.elements ?? [] {
            guard let arn = element.string else { continue }
            let text = "\(arn) in \(title)"
            add(.attachment, text, at: element.span, keys: [key(.ofAWS(arn))])
        }
        for element in value["customerManagedPolicies"]?.elements ?? [] {
            guard let found = Self.reference(element) else { continue }
            let text = "\(found.name) in \(title)"
            add(.attachment, text, at: element.span, keys: [key(found.key)])
        }
        guard let boundary = value["permissionsBoundary"] else { return }
        let text = "boundary of \(title)"
        if let arn = boundary["managedPolicy"], let name = arn.string {
            let key = key(.ofAWS(name), .permissionsBoundary)
            add(.attachment, text, at: arn.span, keys: [key])
        } else if let policy = boundary["customerManagedPolicy"],
            let found = Self.reference(policy)
        {
            let key = key(found.key, .permissionsBoundary)
            add(.attachment, text, at: policy.span, keys: [key])
        }
    }

    private static func reference(_ value: JSONValue) -> (name: String, key: PolicyKey)? {
        guard let name = value["name"]?.string else { return nil }
        let path = value["path"]?.string ?? "/"
        return (name, .referred(path + name.lowercased()))
    }

    /// An assignment counts at each account and unit it names.
    private mutating func readAssignment(_ value: JSONValue) {
        guard let set = value["permissionSet"]?.string else { return }
        let (user, group) = (value["user"]?.string, value["group"]?.string)
        let who = user.map { "user \($0)" } ?? group.map { "group \($0)" } ?? ""
        for field in ["accounts", "organizationalUnits"] {
            for element in value[field]?.elements ?? [] {
                guard let target = element.string else { continue }
                add(
                    Assignee(user: user, group: group, place: element.span),
                    "permission set \(set) for \(who) in \(target)",
                    for: AssignmentKey(permissionSet: set, target: target)
                )
            }
        }
    }
}
