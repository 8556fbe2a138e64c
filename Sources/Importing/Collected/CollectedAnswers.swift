import JSONSource

/// What a store of iam-collect tells, as the answers AWS would have given.
struct CollectedAnswers {
    var store: CollectedStore
    /// By the path that the answer has in an export.
    private(set) var answers: [String: JSONValue] = [:]
    /// What the tool was told to read, as far as what it found shows.
    var places = ExportExtent.KnownPlaces()
    /// Resources with their policies, by account.
    var resources: [String: [StoredResource]] = [:]

    init(_ store: CollectedStore) {
        self.store = store
        readOrganization()
        for account in store.names(in: "accounts") {
            readIAM(of: account)
            readResources(of: account)
        }
    }

    mutating func answer(_ path: String, with value: JSONValue) { answers[path] = value }

    /// An answer with one member.
    mutating func answer(_ path: String, _ key: String, _ value: JSONValue) {
        var draft = ObjectDraft(at: value.span)
        draft.add(key, value)
        answers[path] = draft.value
    }

    /// An answer with one list.
    mutating func answer(
        _ path: String,
        _ key: String,
        _ values: [JSONValue],
        at span: SourceSpan
    ) {
        answer(path, key, JSONValue(.array(values), at: span))
    }

    /// Tags as AWS lists them.
    mutating func tags(_ path: String) -> JSONValue? {
        store.value(path).map(Self.tags)
    }

    static func tags(_ tags: JSONValue) -> JSONValue {
        let pairs = (tags.members ?? []).map { tag in
            var pair = ObjectDraft(at: tag.value.span)
            pair.add("Key", SourceString(tag.key, at: tag.keySpan).value)
            pair.add("Value", tag.value)
            return pair.value
        }
        return JSONValue(.array(pairs), at: tags.span)
    }
}

/// A resource as a store holds it.
struct StoredResource {
    let arn: SourceString
    var policy: JSONValue?
    var tags: JSONValue?
    /// Of a VPC endpoint.
    var vpc: SourceString?
    var endpointType: JSONValue?
}
