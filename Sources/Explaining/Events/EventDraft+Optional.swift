import JSONSource
import PolicyLanguage
import ServiceCatalog

// What a call of EC2 may touch besides, which its record does not name as policies do.
extension EventDraft {
    /// Whether the call says what it needs by way of a launch template, which is in no record.
    var namesTemplate: Bool {
        parameters.contains { $0.key.lowercased().hasPrefix("launchtemplate") }
    }

    /// A need for each type of resource that the catalog lists as one the action may take, where
    /// the parameters say that it does and no need names it; none of them is certain.
    func optionalNeeds(besides needs: [RecordedEvent.Need]) -> [RecordedEvent.Need] {
        guard let action, action.service == "ec2", let known = ServiceCatalog.action(action) else {
            return []
        }
        let uses = known.resourceTypes
        guard uses.contains(where: \.isRequired) else { return [] }
        let names = parameters.names(depth: 0)
        return uses.filter { !$0.isRequired }.compactMap { use in
            let word = Self.words[use.name] ?? use.name.replacing("-", with: "")
            guard namesTemplate || names.contains(where: { $0.hasPrefix(word) }),
                let type = known.service.resourceType(use.name), let found = some(type)
            else { return nil }
            if case .someOf(let start, _) = found,
                needs.contains(where: { $0.resource.text?.hasPrefix(start) == true })
            {
                return nil
            }
            return RecordedEvent.Need(action, found, isCertain: false)
        }
    }

    /// What a launch template may ask for: a role for the instances and tags.
    ///
    /// Source: EC2 User Guide, "Control access to launching instances with launch templates".
    func needsOfTemplate() -> [RecordedEvent.Need] {
        guard action?.service == "ec2", namesTemplate, let account = callerAccount,
            let pass = ActionName("iam:PassRole"), let tag = ActionName("ec2:CreateTags")
        else { return [] }
        let roles = "arn:\(partition):iam::\(account):role/"
        let instances = "arn:\(partition):ec2:\(region):\(account):instance/*"
        return [
            RecordedEvent.Need(
                pass,
                .someOf(roles, example: roles + Self.someName),
                isCertain: false
            ),
            RecordedEvent.Need(tag, .named(instances), isCertain: false),
        ]
    }

    /// What names of parameters begin with that are called otherwise than the type they name.
    private static let words = ["key-pair": "keyname", "launch-template": "launchtemplate"]
}

extension [JSONMember] {
    /// The names of all members, in small letters, as deep as a few levels.
    fileprivate func names(depth: Int) -> Set<String> {
        guard depth < 8 else { return [] }
        var found: Set<String> = []
        for member in self {
            found.insert(member.key.lowercased())
            for value in [member.value] + (member.value.elements ?? []) {
                found.formUnion(value.members?.names(depth: depth + 1) ?? [])
            }
        }
        return found
    }
}
