import JSONSource
import OrganizationModel

// The organization: `organizations/ID/{metadata,ous,accounts,delegated-admins}.json`,
// `ous/ID/…`, `scps/ID/…` and `rcps/ID/…`.
extension CollectedAnswers {
    mutating func readOrganization() {
        let known = store.names(in: "organizations")
        guard let id = known.first else { return }
        let folder = "organizations/\(id)"
        guard let metadata = store.value("\(folder)/metadata.json") else { return }
        for other in known.dropFirst() {
            let message = "the organization '\(other)' is left out, one file describes one"
            store.warn("export.left-out", message, at: metadata.span)
        }
        addHeader(metadata)
        let units = store.value("\(folder)/ous.json")
        let accounts = store.value("\(folder)/accounts.json")
        for type in ControlPolicyType.allCases {
            addPolicies(type, "\(folder)/\(type.collectedFolder)", at: metadata.span)
        }
        addUnits(units, folder)
        addAccounts(accounts)
        addDelegates("\(folder)/delegated-admins.json")
        let message =
            "iam-collect does not tell which accounts are suspended, all are taken to be active"
        store.warn("export.missing", message, at: metadata.span)
    }

    private mutating func addHeader(_ metadata: JSONValue) {
        var header = ObjectDraft(at: metadata.span)
        header.add("Id", metadata.name("id")?.value)
        header.add("MasterAccountId", metadata.name("rootAccountId")?.value)
        answer("organizations/describe-organization.json", "Organization", header.value)
        guard let id = metadata.name("rootOu") else { return }
        var root = ObjectDraft(at: id.span)
        root.add("Id", id.value)
        if let features = metadata.present("features") {
            let types = (features.members ?? []).map { feature in
                var isEnabled = false
                if case .bool(true) = feature.value.content { isEnabled = true }
                var type = ObjectDraft(at: feature.value.span)
                type.add("Type", SourceString(feature.key, at: feature.keySpan).value)
                let status = isEnabled ? "ENABLED" : "DISABLED"
                type.add("Status", SourceString(status, at: feature.value.span).value)
                return type.value
            }
            root.add("PolicyTypes", JSONValue(.array(types), at: features.span))
        }
        answer("organizations/list-roots.json", "Roots", [root.value], at: id.span)
    }

    private mutating func addPolicies(
        _ type: ControlPolicyType,
        _ folder: String,
        at span: SourceSpan
    ) {
        var summaries: [JSONValue] = []
        for name in store.names(in: folder) {
            guard let metadata = store.value("\(folder)/\(name)/metadata.json"),
                let arn = metadata.name("arn")
            else { continue }
            let id = arn.lastPart
            var summary = ObjectDraft(at: metadata.span)
            summary.add("Id", id.value)
            summary.add("Arn", arn.value)
            summary.add("Name", metadata.name("name")?.value)
            summary.add("AwsManaged", metadata.present("awsManaged"))
            summaries.append(summary.value)
            guard let content = store.value("\(folder)/\(name)/policy.json") else { continue }
            var policy = ObjectDraft(at: metadata.span)
            policy.add("PolicySummary", summary.value)
            policy.add("Content", content)
            let place = "organizations/policy/\(type.rawValue)/\(id.text)"
            answer("\(place)/describe-policy.json", "Policy", policy.value)
        }
        let path = "organizations/policy/\(type.rawValue)/list-policies.json"
        answer(path, "Policies", summaries, at: summaries.first?.span ?? span)
    }

    /// Adds units below their parents, with what is attached to them.
    private mutating func addUnits(_ units: JSONValue?, _ folder: String) {
        guard let units, let members = units.members else { return }
        var children: [String: [JSONValue]] = [:]
        for unit in members {
            let id = SourceString(unit.key, at: unit.keySpan)
            addAttachments(unit.value, to: "organizations/ou/\(id.text)")
            let place = "\(folder)/ous/\(id.text)"
            if let tags = tags("\(place)/tags.json") {
                answer("organizations/ou/\(id.text)/list-tags-for-resource.json", "Tags", tags)
            }
            guard let parent = unit.value.name("parent") else { continue }
            var draft = ObjectDraft(at: unit.keySpan)
            draft.add("Id", id.value)
            draft.add("Name", store.value("\(place)/metadata.json")?.name("name")?.value)
            children[parent.text, default: []].append(draft.value)
        }
        for unit in members {
            let path = "organizations/ou/\(unit.key)/list-organizational-units-for-parent.json"
            let below = children[unit.key] ?? []
            answer(path, "OrganizationalUnits", below, at: unit.value.span)
        }
    }

    private mutating func addAccounts(_ accounts: JSONValue?) {
        guard let accounts, let members = accounts.members else { return }
        var listed: [JSONValue] = []
        for account in members {
            let folder = "organizations/account/\(account.key)"
            addAttachments(account.value, to: folder)
            if let tags = account.value.present("tags") {
                answer("\(folder)/list-tags-for-resource.json", "Tags", Self.tags(tags))
            }
            if let unit = account.value.name("ou") {
                var parent = ObjectDraft(at: unit.span)
                parent.add("Id", unit.value)
                answer("\(folder)/list-parents.json", "Parents", [parent.value], at: unit.span)
            }
            var draft = ObjectDraft(at: account.keySpan)
            draft.add("Id", SourceString(account.key, at: account.keySpan).value)
            draft.add("State", SourceString("ACTIVE", at: account.keySpan).value)
            listed.append(draft.value)
        }
        answer("organizations/list-accounts.json", "Accounts", listed, at: accounts.span)
    }

    private mutating func addAttachments(_ target: JSONValue, to folder: String) {
        for type in ControlPolicyType.allCases {
            // An empty list has no member.
            let listed = target.present(type.collectedFolder)
            let policies = (listed?.elements ?? []).compactMap { value -> JSONValue? in
                guard let text = value.string else { return nil }
                var summary = ObjectDraft(at: value.span)
                summary.add("Id", SourceString(text, at: value.span).lastPart.value)
                return summary.value
            }
            let path = "\(folder)/list-policies-for-target.\(type.rawValue).json"
            answer(path, "Policies", policies, at: listed?.span ?? target.span)
        }
    }

    private mutating func addDelegates(_ path: String) {
        guard let delegates = store.value(path) else { return }
        var services: [String: [JSONValue]] = [:]
        var administrators: [SourceString] = []
        for service in delegates.members ?? [] {
            var draft = ObjectDraft(at: service.keySpan)
            draft.add("ServicePrincipal", SourceString(service.key, at: service.keySpan).value)
            for account in service.value.elements ?? [] {
                guard let id = account.string else { continue }
                if services[id] == nil {
                    administrators.append(SourceString(id, at: account.span))
                }
                services[id, default: []].append(draft.value)
            }
        }
        let listed = administrators.map { id in
            var draft = ObjectDraft(at: id.span)
            draft.add("Id", id.value)
            return draft.value
        }
        answer(
            "organizations/list-delegated-administrators.json",
            "DelegatedAdministrators",
            listed,
            at: delegates.span
        )
        for (id, names) in services {
            let path = "organizations/delegated/\(id)/list-delegated-services-for-account.json"
            answer(path, "DelegatedServices", names, at: delegates.span)
        }
    }
}

extension ControlPolicyType {
    /// What a store calls policies of this type.
    fileprivate var collectedFolder: String {
        switch self {
        case .serviceControlPolicy: "scps"
        case .resourceControlPolicy: "rcps"
        }
    }
}

extension SourceString {
    /// What stands behind the last slash.
    var lastPart: SourceString { renamed(String(text.split(separator: "/").last ?? "")) }
}
