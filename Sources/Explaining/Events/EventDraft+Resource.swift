import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

/// More resources than these of one call are not asked about one by one.
private let resourceLimit = 1_000

extension EventDraft {
    /// What an action of the call was for, from the best witness: AWS's own message about the
    /// denial, the resources the record lists, an ARN among the parameters, parameters that name it.
    ///
    /// A call for several resources needs all of them.
    mutating func needs(
        _ action: ActionName,
        _ fields: ObjectReader,
        _ outcome: RecordedEvent.Outcome,
        _ principal: RecordedEvent.Principal
    ) -> [RecordedEvent.Need] {
        let listed = fields.present("resources")?.elements ?? []
        let stated = outcome.statement(of: action)?.message?.resource
        if let parts = needsOfTypes(action) {
            let needs = named(stated, among: parts)
            note(action, needs.map(\.resource))
            return needs
        }
        let found = resources(of: action, listed, stated, principal)
        note(action, found)
        return found.map { resource in
            let text = resource.text ?? resource.prefix
            return RecordedEvent.Need(
                action,
                resource,
                resourceAccount: text.flatMap { owner(of: $0, in: listed) }
            )
        }
    }

    private mutating func note(_ action: ActionName, _ resources: [RecordedEvent.Resource]) {
        guard resources.contains(where: { $0.text == nil }) else { return }
        let isPart = resources.contains { $0.text != nil }
        notes.append("the record does not say what \(action) was for" + (isPart ? " besides" : ""))
    }

    private func resources(
        of action: ActionName,
        _ listed: [JSONValue],
        _ stated: String?,
        _ principal: RecordedEvent.Principal
    ) -> [RecordedEvent.Resource] {
        if ServiceCatalog.resourceUse(of: action) != .some { return [.none] }
        let witnesses =
            isOneOfUnlike(action)
            ? ownParameter(of: action).map { [$0] } ?? []
            : self.witnesses(of: action, listed, principal)
        if let stated, !witnesses.contains(stated) { return [.named(stated)] }
        if witnesses.count > resourceLimit { return [.unrecorded] }
        if !witnesses.isEmpty { return witnesses.map { .named($0) } }
        let some = someListed(listed, for: action) ?? someComposed(for: action)
        return [isOneOfUnlike(action) ? .unrecorded : some ?? .unrecorded]
    }

    private func witnesses(
        of action: ActionName,
        _ listed: [JSONValue],
        _ principal: RecordedEvent.Principal
    ) -> [String] {
        for found in [arns(in: listed, for: action), arnsAmongParameters(for: action)]
        where !found.isEmpty {
            return found
        }
        return caller(principal, for: action).map { [$0] } ?? composed(for: action)
    }

    /// Those that the action takes; of a call with several actions only the one that is meant.
    private func arns(in listed: [JSONValue], for action: ActionName) -> [String] {
        let fitting = listed.compactMap { $0["ARN"]?.string }.filter { accepts($0, action) }.unique
        return !needsSeveral || fitting.count == 1 ? fitting : []
    }

    /// `ARNPrefix` stands for objects that nobody counts one by one.
    private func someListed(
        _ listed: [JSONValue],
        for action: ActionName
    ) -> RecordedEvent.Resource? {
        let prefixes = listed.compactMap { $0["ARNPrefix"]?.string }.unique
        guard prefixes.count == 1, accepts(prefixes[0] + Self.someName, action) else { return nil }
        return .someOf(prefixes[0], example: prefixes[0] + Self.someName)
    }

    /// Stands where a name does that the record does not tell.
    static let someName = "unrecorded"

    /// Parameters that name the resource of one action, where the call's other action is for
    /// another: what the record lists or names besides may be either's.
    ///
    /// Source: S3 API Reference, "CopyObject"; KMS API Reference, "ReEncrypt"; 2026-11.
    private static let ownParameters = [
        "kms:reencryptfrom": "sourceKeyId", "kms:reencryptto": "destinationKeyId",
        "s3:getobject": "x-amz-copy-source", "s3:getobjectversion": "x-amz-copy-source",
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

    func accepts(_ text: String, _ action: ActionName) -> Bool {
        guard let arn = ARN(text) else { return false }
        return ServiceCatalog.action(action)?.accepts(arn) ?? false
    }

    private func arnsAmongParameters(for action: ActionName) -> [String] {
        let texts = parameters.flatMap { member in
            [member.value.string].compactMap(\.self)
                + (member.value.elements ?? []).compactMap(\.string)
        }
        let found = texts.filter { accepts($0, action) }.unique
        if !found.isEmpty { return found }
        let queue = parameter("queueUrl")?.string.flatMap { Self.queue($0, partition) }
        return queue.map { [$0] } ?? []
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

extension RecordedEvent.Resource {
    fileprivate var prefix: String? { if case .someOf(let text, _) = self { text } else { nil } }
}

extension [String] {
    /// Each text once, where it came first.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
