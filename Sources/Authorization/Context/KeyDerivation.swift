import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// Where the values of a request's condition keys come from (semantics section 3).
///
/// Each key is looked up by itself: most requests are decided by a handful of them.
/// Source: IAM User Guide, "AWS global condition context keys".
struct KeyDerivation {
    let request: Request
    private let caller: CallerProfile
    private let resource: TargetProfile
    let surroundings: Surroundings

    init(
        _ request: Request,
        by caller: CallerProfile,
        on resource: TargetProfile,
        in surroundings: Surroundings
    ) {
        self.request = request
        self.caller = caller
        self.resource = resource
        self.surroundings = surroundings
    }

    var subject: Subject { caller.subject }
    var target: ResourceTarget { resource.target }
    var organization: Organization { surroundings.organization }
}

extension KeyDerivation {
    /// What a request says of a key.
    ///
    /// What is given goes before what follows; what follows from the resource and the call before
    /// what the caller's session carries along.
    func value(of key: ConditionKey) -> KeyValue {
        if let given = request.context.entry(key) { return value(ofGiven: given) }
        let derived = DerivedKey(canonical: key.canonical)
        if let derived, !derived.isOfCaller {
            let value = value(of: derived)
            if value.value != nil { return value }
            return carried(key) ?? value
        }
        if let value = resourceTag(key) {
            return value.value == nil ? carried(key) ?? value : value
        }
        return valueOfCaller(key, derived)
    }

    /// What follows from the caller alone; a value a federation brings depends on the action.
    func valueOfCaller(_ key: ConditionKey, _ derived: DerivedKey?) -> KeyValue {
        if let value = carried(key) { return value }
        if let derived { return value(of: derived) }
        return principalTag(key) ?? .unsaid
    }

    /// A value as the action's service types the key: one value is a set where it holds sets, and
    /// what was given as a set stays one.
    func typed(_ value: ContextValue, as key: ConditionKey) -> ContextValue {
        guard !value.isMultivalued, ServiceCatalog.isMultivalued(key, for: request.action) else {
            return value
        }
        return .set(value.values)
    }

    private func value(ofGiven entry: GivenContext.Entry) -> KeyValue {
        entry.value.map { .value(typed($0, as: entry.key)) } ?? .absent
    }

    /// A key that a session, or whoever comes from an identity provider, brings along.
    private func carried(_ key: ConditionKey) -> KeyValue? {
        if let found = subject.session?.keys.last(where: { $0.key == key }) {
            return .value(found.value)
        }
        if case .federation(_, let keys) = subject.kind,
            let found = keys.last(where: { $0.key == key })
        {
            return .value(typed(found.value, as: key))
        }
        return nil
    }

    private func principalTag(_ key: ConditionKey) -> KeyValue? {
        guard key.canonical.hasPrefix(Self.principalTag) else { return nil }
        return .single(subject.principalTags.value(of: key, in: Self.principalTag))
    }

    private static let principalTag = "aws:principaltag/"

    private func resourceTag(_ key: ConditionKey) -> KeyValue? {
        guard let tags = target.tags,
            let family = resourceTagFamilies.first(where: { key.canonical.hasPrefix($0) })
        else { return nil }
        return .single(tags.value(of: key, in: family))
    }

    /// AssumeRole shows the tags of the role under both names (KEY-11).
    private var resourceTagFamilies: [String] {
        let service = request.action.service
        var families = ["aws:resourcetag/"]
        if ServiceCatalog.hasOwnResourceTagKey(service) {
            families.append("\(service):resourcetag/")
        }
        if service == "sts" { families.append("iam:resourcetag/") }
        return families
    }
}

extension KeyDerivation {
    /// Every key the request carries.
    var context: RequestContext {
        var context = RequestContext()
        for derived in DerivedKey.allCases {
            if let value = value(of: derived).value { context[derived.key] = value }
        }
        for tag in subject.principalTags.pairs {
            context[ConditionKey("aws:PrincipalTag/" + tag.key)] = .single(tag.value)
        }
        var carried = subject.session?.keys ?? []
        if case .federation(_, let keys) = subject.kind { carried = keys }
        for tag in target.tags?.pairs ?? [] {
            for family in spelledResourceTagFamilies {
                context[ConditionKey(family + tag.key)] = .single(tag.value)
            }
        }
        for key in carried.map(\.key) + request.context.entries.map(\.key) {
            context[key] = value(of: key).value
        }
        return context
    }

    private var spelledResourceTagFamilies: [String] {
        resourceTagFamilies.map { $0.dropLast("resourcetag/".count) + "ResourceTag/" }
    }
}

extension Tags {
    /// The value of the tag a key means, the last one where two differ by case alone.
    fileprivate func value(of key: ConditionKey, in family: String) -> String? {
        let name = key.canonical.utf8.dropFirst(family.utf8.count)
        return pairs.last { tag in
            if tag.key.utf8.elementsEqual(name) { return true }
            return ConditionKey(family + tag.key).canonical == key.canonical
        }?.value
    }
}

// Keys that are unknown, or unknown on purpose.
extension KeyDerivation {
    /// Whether nobody can say if a real call would carry the key.
    func isUnknown(_ key: ConditionKey) -> Bool { mayBeCarried(key) && !isOpen(key) }

    /// Whether the key may have any value, and none.
    func isOpen(_ key: ConditionKey) -> Bool {
        let unknownKeys = request.unknownKeys
        guard !unknownKeys.isEmpty, request.context.entry(key) == nil else { return false }
        return unknownKeys.name(key) || unknownKeys.mayMean(key) && mayBeCarried(key)
    }

    /// The value of a key that is neither absent nor open.
    func single(_ key: ConditionKey) -> String? {
        guard !isOpen(key), let value = value(of: key).value, !value.isMultivalued else {
            return nil
        }
        return value.values.first
    }

    /// Whether the key is neither there nor known to be absent.
    private func mayBeCarried(_ key: ConditionKey) -> Bool {
        guard case .unsaid = value(of: key) else { return false }
        return !ServiceCatalog.isForeign(key, to: request.action)
    }
}
