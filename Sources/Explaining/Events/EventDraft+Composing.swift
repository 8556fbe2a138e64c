import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

// ARNs put together from the formats of the catalog.
extension EventDraft {
    /// None where the action needs several resources, and unless the parameters fill the format of
    /// exactly one type.
    func composed(for action: ActionName) -> [String] {
        guard let types = types(of: action) else { return [] }
        let found = types.compactMap { type -> [String]? in
            let entity = action.service == "iam" ? entity(type.name) : nil
            let filled = entity.map { [$0] } ?? self.filled(type)
            return filled.isEmpty ? nil : filled
        }
        return found.count == 1 ? found[0] : []
    }

    /// What can be told of the resource of an action that takes those of one type only.
    func someComposed(for action: ActionName) -> RecordedEvent.Resource? {
        guard let types = types(of: action), types.count == 1, types[0].arnFormats.count == 1 else {
            return nil
        }
        return some(types[0])
    }

    private func types(of action: ActionName) -> [CatalogResourceType]? {
        guard let known = ServiceCatalog.action(action) else { return nil }
        let required = known.resourceTypes.filter(\.isRequired)
        guard required.count <= 1 else { return nil }
        return (required.isEmpty ? known.resourceTypes : required)
            .compactMap { known.service.resourceType($0.name) }
    }

    /// Users and roles are recorded by name; the path is known of new ones only.
    private func entity(_ type: String) -> String? {
        guard ["role", "user"].contains(type), let account = callerAccount,
            let name = parameter("\(type)Name")?.string, !name.isEmpty
        else { return nil }
        guard let path = parameter("path")?.string else { return "\(account):\(type)/\(name)" }
        return "arn:\(partition):iam::\(account):\(type)\(path)\(name)"
    }

    private func filled(_ type: CatalogResourceType) -> [String] {
        type.arnFormats.lazy.map { filled($0).texts }.first { !$0.isEmpty } ?? []
    }

    /// A format with its gaps filled.
    private struct Filled {
        /// One for each value of the gap that has several; none where a gap stays open.
        var texts = [""]
        /// What stands before the first gap that stays open.
        var prefix = ""
        /// With some name in each gap that stays open.
        var example = ""
        /// Whether a gap was filled from the parameters.
        var isNamed = false
        /// Whether the parameters name it in a way that may mean something elsewhere.
        var isUnclear = false
    }

    private func filled(_ format: String) -> Filled {
        var filled = Filled()
        var rest = Substring(format)
        var isOpen = false
        func add(_ text: some StringProtocol) {
            filled.texts = filled.texts.map { $0 + text }
            filled.example += text
            if !isOpen { filled.prefix += text }
        }
        while let start = rest.firstIndex(of: "$") {
            guard let end = rest[start...].firstIndex(of: "}") else { break }
            add(rest[..<start])
            let name = String(rest[start..<end].dropFirst(2))
            let known = gap(name)
            let values = known ?? []
            if known == nil { filled.isUnclear = true }
            if !Self.standingGaps.contains(name), !values.isEmpty { filled.isNamed = true }
            if values.count == 1 {
                add(values[0])
            } else {
                // Which value of one gap goes with which of another nobody tells.
                let isFirst = filled.texts.count == 1
                let before = filled.texts
                isOpen = true
                add(Self.someName)
                filled.texts =
                    isFirst ? values.compactMap { value in before.first.map { $0 + value } } : []
            }
            rest = rest[rest.index(after: end)...]
        }
        add(rest)
        return filled
    }

    private static let standingGaps: Set = ["Partition", "Region", "Account"]

    func some(_ type: CatalogResourceType) -> RecordedEvent.Resource? {
        // Without parameters it may be anything anywhere.
        guard let format = type.arnFormats.first,
            hasParameters || !format.contains("${Account}"),
            !parameters.nameOthers(than: callerAccount, depth: 0)
        else { return nil }
        let filled = filled(format)
        guard !filled.isUnclear, ARN(filled.example) != nil, filled.prefix.hasPrefix("arn:") else {
            return nil
        }
        return .someOf(filled.prefix, example: filled.example)
    }

    /// What may stand in a gap: nothing where the record does not tell, nil where it tells something
    /// else than a name.
    private func gap(_ name: String) -> [String]? {
        switch name {
        case "Partition": return [partition]
        case "Region": return region.isEmpty ? [] : [region]
        case "Account":
            // A registry or catalog may be another account's.
            let owner = parameter("registryId")?.string ?? parameter("catalogId")?.string
            return [owner ?? callerAccount].compactMap(\.self)
        default:
            let wanted = ServiceCatalog.parameter(ofGap: name)
            let values = named(wanted, in: parameters).map { [$0] } ?? nested(wanted)
            // An alias stands for a key that the record does not tell.
            let isClear = values.allSatisfy {
                !$0.isEmpty && !$0.hasPrefix("alias/") && ARN($0) == nil
            }
            return isClear ? values : nil
        }
    }

    private func named(_ name: String, in members: [JSONMember]) -> String? {
        members.first { $0.key.lowercased() == name }?.value.string
    }

    /// EC2 records `instancesSet: {items: [{instanceId}]}`.
    private func nested(_ name: String) -> [String] {
        var found: [String] = []
        for member in parameters {
            for item in member.value["items"]?.elements ?? [] {
                if let value = named(name, in: item.members ?? []) { found.append(value) }
            }
        }
        return found.unique
    }
}

// Calls that need resources of several types.
extension EventDraft {
    /// A need for each type that the call is known to touch; nil for an action with fewer than two
    /// types that it always needs.
    func needsOfTypes(_ action: ActionName) -> [RecordedEvent.Need]? {
        guard let known = ServiceCatalog.action(action) else { return nil }
        let uses = known.resourceTypes
        guard uses.count(where: \.isRequired) > 1 else { return nil }
        let common = Set(known.conditionKeys)
        let all = Set(uses.flatMap(\.conditionKeys)).subtracting(common)
        var needs: [RecordedEvent.Need] = []
        for use in uses {
            guard let type = known.service.resourceType(use.name),
                let format = type.arnFormats.first
            else { return nil }
            let filled = filled(format)
            let isMade = Self.made[action.canonical]?.contains(use.name) == true
            guard use.isRequired || filled.isNamed || isMade else { continue }
            let foreign = all.subtracting(use.conditionKeys).sorted()
            let resources: [RecordedEvent.Resource] =
                if filled.isNamed, !filled.texts.isEmpty, !filled.isUnclear {
                    filled.texts.map { .named($0) }
                } else if isMade {
                    [.named(filled.prefix + "*")]
                } else {
                    [some(type) ?? .unrecorded]
                }
            needs += resources.map { resource in
                RecordedEvent.Need(
                    action,
                    resource,
                    absentKeys: foreign.map { $0.replacing("${TagKey}", with: "*") }
                )
            }
        }
        // What the record tells comes first.
        return needs.filter { $0.resource.text != nil } + needs.filter { $0.resource.text == nil }
    }

    /// Types of resources that come into being with a call: its messages write `instance/*`.
    ///
    /// Source: EC2 User Guide, "Example policies to control access the Amazon EC2 API"
    /// (RunInstances), 2026-11.
    private static let made: [String: Set<String>] = [
        "ec2:runinstances": ["instance", "network-interface", "volume"]
    ]

    /// The needs with the resource that AWS names in the place of what the record leaves open.
    func named(_ stated: String?, among needs: [RecordedEvent.Need]) -> [RecordedEvent.Need] {
        guard let stated, !needs.contains(where: { $0.resource.text == stated }) else {
            return needs
        }
        var needs = needs
        let place = needs.firstIndex { need in
            if case .someOf(let prefix, _) = need.resource {
                stated.hasPrefix(prefix)
            } else {
                false
            }
        }
        if let place {
            let need = needs[place]
            needs[place] = RecordedEvent.Need(
                need.action,
                .named(stated),
                absentKeys: need.absentKeys
            )
        } else if let action = needs.first?.action {
            needs.append(RecordedEvent.Need(action, .named(stated)))
        }
        return needs
    }
}

extension [JSONMember] {
    /// Whether an ARN among the parameters is one of another account; too deep means yes.
    fileprivate func nameOthers(than account: String?, depth: Int) -> Bool {
        func isOther(_ value: JSONValue, _ depth: Int) -> Bool {
            if depth > 8 { return true }
            if let text = value.string {
                return ARN(text)?.accountID.map { $0.description != account } ?? false
            }
            if let members = value.members {
                return members.nameOthers(than: account, depth: depth + 1)
            }
            return value.elements?.contains { isOther($0, depth + 1) } ?? false
        }
        return contains { isOther($0.value, depth) }
    }
}
