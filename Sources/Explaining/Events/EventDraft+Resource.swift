import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

extension EventDraft {
    /// What an action of the call was for, from the best witness: AWS's own message about the
    /// denial, the resources the record lists, an ARN among the parameters, parameters that name it.
    mutating func need(
        _ action: ActionName,
        _ fields: ObjectReader,
        _ outcome: RecordedEvent.Outcome,
        _ principal: RecordedEvent.Principal
    ) -> RecordedEvent.Need {
        let listed = fields.present("resources")?.elements ?? []
        let found = resource(of: action, listed, outcome, principal)
        if found == .unrecorded { notes.append("the record does not say what \(action) was for") }
        return RecordedEvent.Need(
            action: action,
            resource: found,
            resourceAccount: found.text.flatMap { owner(of: $0, in: listed) }
        )
    }

    private func resource(
        of action: ActionName,
        _ listed: [JSONValue],
        _ outcome: RecordedEvent.Outcome,
        _ principal: RecordedEvent.Principal
    ) -> RecordedEvent.Resource {
        if ServiceCatalog.resourceUse(of: action) != .some { return .none }
        let witness =
            isOneOfUnlike(action)
            ? ownParameter(of: action)
            : arn(in: listed, for: action) ?? arnAmongParameters(for: action)
                ?? caller(principal, for: action) ?? composed(for: action)
        let stated = outcome.statement(of: action)?.message?.resource
        return (stated ?? witness).map { .named($0) } ?? .unrecorded
    }

    /// The first that the action takes; of a call with several actions only the one that is meant.
    private func arn(in listed: [JSONValue], for action: ActionName) -> String? {
        let fitting = listed.compactMap { $0["ARN"]?.string }.filter { accepts($0, action) }
        return !needsSeveral || Set(fitting).count == 1 ? fitting.first : nil
    }

    /// Parameters that name the resource of one action, where the call's other action is for
    /// another: what the record lists or names besides may be either's.
    ///
    /// Source: S3 API Reference, "CopyObject"; KMS API Reference, "ReEncrypt"; 2026-11.
    private static let ownParameters = [
        "kms:reencryptfrom": "sourceKeyId", "kms:reencryptto": "destinationKeyId",
        "s3:getobject": "x-amz-copy-source",
    ]

    private func isOneOfUnlike(_ action: ActionName) -> Bool {
        needsSeveral && Self.ownParameters[action.canonical] != nil
    }

    private func ownParameter(of action: ActionName) -> String? {
        guard let name = Self.ownParameters[action.canonical],
            let value = parameter(name)?.string
        else { return nil }
        if accepts(value, action) { return value }
        guard action.service == "s3", ARN(value) == nil else { return nil }
        // BUCKET/KEY, as a URL writes it.
        let path = value.hasPrefix("/") ? value.dropFirst() : value[...]
        let object = path.prefix { $0 != "?" }
        let arn = "arn:\(partition):s3:::\(object)"
        return object.contains("%") || !object.contains("/") || !accepts(arn, action) ? nil : arn
    }

    private func accepts(_ text: String, _ action: ActionName) -> Bool {
        guard let arn = ARN(text) else { return false }
        return ServiceCatalog.action(action)?.accepts(arn) ?? false
    }

    private func arnAmongParameters(for action: ActionName) -> String? {
        parameters.lazy.compactMap { $0.value.string }.first { accepts($0, action) }
            ?? parameter("queueUrl")?.string.flatMap { Self.queue($0, partition) }
    }

    /// `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`.
    private static func queue(_ url: String, _ partition: String) -> String? {
        let parts = url.split(separator: "/")
        let labels = parts.count == 4 ? parts[1].split(separator: ".") : []
        guard labels.count >= 4, labels[0] == "sqs", AccountID(parts[2]) != nil else { return nil }
        return "arn:\(partition):sqs:\(labels[1]):\(parts[2]):\(parts[3])"
    }

    /// A user's calls about himself name nobody.
    private func caller(_ principal: RecordedEvent.Principal, for action: ActionName) -> String? {
        guard action.service == "iam", parameter("userName") == nil,
            case .named(let text) = principal, let arn = ARN(text), arn.resourceType == "user",
            ServiceCatalog.action(action)?.resourceTypeNames == ["user"]
        else { return nil }
        return text
    }

    /// The bucket's owner is listed, the object's is not (XACC-6).
    private func owner(of arn: String, in listed: [JSONValue]) -> AccountID? {
        guard ARN(arn)?.service == "s3" else { return nil }
        let bucket = arn.split(separator: "/", maxSplits: 1)[0]
        let entry = listed.first { $0["ARN"]?.string.map { $0 == bucket } ?? false }
        return entry?["accountId"]?.string.flatMap { AccountID($0) }
    }
}

// ARNs put together from the formats of the catalog.
extension EventDraft {
    /// Nil where the action needs several resources, and unless the parameters fill the format of
    /// exactly one type.
    private func composed(for action: ActionName) -> String? {
        guard let known = ServiceCatalog.action(action) else { return nil }
        let required = known.resourceTypes.filter(\.isRequired)
        guard required.count <= 1 else { return nil }
        let types = (required.isEmpty ? known.resourceTypes : required)
            .compactMap { known.service.resourceType($0.name) }
        let found = types.compactMap { type in
            let entity = action.service == "iam" ? entity(type.name) : nil
            return entity ?? type.arnFormats.lazy.compactMap { filled($0) }.first
        }
        return found.count == 1 ? found[0] : nil
    }

    /// Users and roles are recorded by name; the path is known of new ones only.
    private func entity(_ type: String) -> String? {
        guard ["role", "user"].contains(type), let account = callerAccount,
            let name = parameter("\(type)Name")?.string, !name.isEmpty
        else { return nil }
        guard let path = parameter("path")?.string else { return "\(account):\(type)/\(name)" }
        return "arn:\(partition):iam::\(account):\(type)\(path)\(name)"
    }

    private func filled(_ format: String) -> String? {
        var arn = ""
        var rest = Substring(format)
        while let start = rest.firstIndex(of: "$") {
            guard let end = rest[start...].firstIndex(of: "}") else { return nil }
            arn += rest[..<start]
            guard let value = gap(String(rest[start..<end].dropFirst(2))) else { return nil }
            arn += value
            rest = rest[rest.index(after: end)...]
        }
        return arn + rest
    }

    private func gap(_ name: String) -> String? {
        switch name {
        case "Partition": return partition
        case "Region": return region.isEmpty ? nil : region
        case "Account":
            // A registry or catalog may be another account's.
            return parameter("registryId")?.string ?? parameter("catalogId")?.string
                ?? callerAccount
        default:
            let wanted = ServiceCatalog.parameter(ofGap: name)
            let value = named(wanted, in: parameters) ?? nested(wanted)
            // An alias stands for a key that the record does not tell.
            guard let value, !value.isEmpty, !value.hasPrefix("alias/"), ARN(value) == nil else {
                return nil
            }
            return value
        }
    }

    private func named(_ name: String, in members: [JSONMember]) -> String? {
        members.first { $0.key.lowercased() == name }?.value.string
    }

    /// EC2 records `instancesSet: {items: [{instanceId}]}`; of several none is the one.
    private func nested(_ name: String) -> String? {
        for member in parameters {
            guard let items = member.value["items"]?.elements, items.count == 1 else { continue }
            if let found = named(name, in: items[0].members ?? []) { return found }
        }
        return nil
    }
}
