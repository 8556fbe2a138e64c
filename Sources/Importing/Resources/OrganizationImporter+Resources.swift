import JSONSource
import PolicyLanguage

// Resources and their policies, service by service.
extension OrganizationImporter {
    mutating func resources(of account: String, at span: SourceSpan) -> JSONValue {
        var inventory = ResourceInventory()
        addBuckets(of: account, to: &inventory)
        for region in reader.folders(in: "accounts/\(account)")
        where !["iam", "s3"].contains(region) {
            let place = ResourcePlace(account: account, region: region)
            for call in ResourceCall.all { add(call, in: place, to: &inventory) }
            addGrants(in: place, to: &inventory)
            addEndpoints(in: place, to: &inventory)
            addLogPolicies(in: place, to: &inventory)
            addCatalogPolicy(in: place, to: &inventory)
            addRegistryPolicy(in: place, to: &inventory)
            reportShares(in: place)
        }
        addDelegationPolicy(of: account, to: &inventory, at: span)
        for stored in stored[account] ?? [] {
            let policy = resourcePolicy(stored.policy)
            let tags = reader.tags(stored.tags)
            inventory.update(stored.arn) { draft in
                draft.add("policy", policy)
                draft.add("vpc", stored.vpc?.value)
                draft.add("vpcEndpointType", stored.endpointType)
                draft.add("tags", tags)
                guard stored.arn.text.contains(":kms:") else { return }
                let reason = "the store does not tell the grants and tags of keys"
                let missing = MissingPolicy.value(reason, at: stored.arn.span)
                draft.add("grants", missing)
                if stored.tags == nil { draft.add("tags", missing) }
            }
        }
        return inventory.value(at: span)
    }

    /// The resource that an answer is about, or the resources it lists.
    private mutating func add(
        _ call: ResourceCall,
        in place: ResourcePlace,
        to inventory: inout ResourceInventory
    ) {
        let folder = "\(place.folder)/\(call.folder)"
        if let list = call.list {
            for element in reader.list("\(folder)/\(call.file).json", list) {
                add(element, call, place, named: nil, to: &inventory)
            }
            return
        }
        for name in reader.folders(in: folder) {
            guard let answer = reader.answer("\(folder)/\(name)/\(call.file).json") else {
                continue
            }
            add(answer, call, place, named: name, to: &inventory)
        }
        if !call.policy.isEmpty { addUnread(call, in: place, to: &inventory) }
    }

    /// Resources that the export lists, or that a failed call was about, and whose policy nobody
    /// could read.
    private mutating func addUnread(
        _ call: ResourceCall,
        in place: ResourcePlace,
        to inventory: inout ResourceInventory
    ) {
        let folder = "\(place.folder)/\(call.folder)"
        var names: [String: SourceSpan] = [:]
        let refused = reader.refusedNames(folder, "\(call.file).json")
        let service = ListedService.all.first { $0.folder == call.folder && $0.policy == call.file }
        if let service, let name = service.name {
            let list = "\(folder)/\(service.list).json"
            let known = Set(reader.folders(in: folder) + refused)
            for entry in reader.list(list, service.member) {
                guard let found = name.name(in: entry) else {
                    let message = "this entry names nothing, so what it stands for is left out"
                    reader.noteShape(message, at: entry.span)
                    continue
                }
                // Slashes are no part of the names of folders; older exports write them as "_".
                let plain = found.text.replacing("/", with: "%2F")
                let old = found.text.replacing("/", with: "_")
                names[!known.contains(plain) && known.contains(old) ? old : plain] = found.span
            }
        }
        for name in refused where names[name] == nil { names[name] = .nowhere }
        for (name, span) in names.sorted(by: { $0.key < $1.key }) {
            let path = "\(folder)/\(name)/\(call.file).json"
            let consequence = "verdicts may hang on what the policies say"
            guard let policy = reader.gap(path, at: span, consequence) else { continue }
            let made = call.service.flatMap { service in
                call.prefix.map { policy.span.named(place.arn(service, $0 + name.unfolded)) }
            }
            let listed = inventory.arn(call.service ?? call.folder, inFolder: name)
            // What another answer told is known all the same.
            guard let arn = listed ?? made, !inventory.hasPolicy(arn) else { continue }
            inventory.update(arn) { $0.add("policy", policy) }
        }
    }

    private mutating func add(
        _ value: JSONValue,
        _ call: ResourceCall,
        _ place: ResourcePlace,
        named folder: String?,
        to inventory: inout ResourceInventory
    ) {
        guard let arn = arn(of: value, call, place, named: folder) else { return }
        var policy = call.policy.isEmpty ? nil : resourcePolicy(value.member(call.policy))
        if policy == nil, call.alwaysTellsPolicy, value.member(call.policy) == nil {
            policy = reader.knownDocument(nil, of: value)
        }
        let tags = call.tags.isEmpty ? nil : reader.tags(value.member(call.tags))
        inventory.update(arn) { draft in
            draft.add("policy", policy)
            draft.add("tags", tags)
        }
    }

    /// A resource policy, its principals as AWS itself writes them.
    ///
    /// Some tools print the account a Lambda permission was given to as a bare number (AWS Lambda
    /// Developer Guide, "Granting Lambda function access to other accounts").
    private mutating func resourcePolicy(_ value: JSONValue?) -> JSONValue? {
        reader.document(value).map { document in
            document.mappingMember("Statement") { statements in
                guard let elements = statements.elements else { return statements.namingAccount }
                return JSONValue(.array(elements.map(\.namingAccount)), at: statements.span)
            }
        }
    }

    /// The ARN that an answer names, or the one that follows from the name.
    private func arn(
        of value: JSONValue,
        _ call: ResourceCall,
        _ place: ResourcePlace,
        named folder: String?
    ) -> SourceString? {
        if let found = value.member(call.arn), let text = found.string, ARN(text) != nil {
            return SourceString(text, at: found.span)
        }
        guard let service = call.service, let prefix = call.prefix else { return nil }
        let told = call.name.isEmpty ? nil : value.member(call.name)
        guard let name = told?.string ?? folder?.unfolded else { return nil }
        return SourceString(
            place.arn(service, prefix + name),
            at: told?.span ?? value.span
        )
    }
}

/// A Region of an account.
struct ResourcePlace {
    let account: String
    let region: String

    var folder: String { "accounts/\(account)/\(region)" }

    func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(region):\(account):\(resource)"
    }
}

extension String {
    /// The name that a folder stands for (``ResourceInventory/arn(_:inFolder:)``).
    fileprivate var unfolded: String { replacing("%2F", with: "/") }
}

extension SourceSpan {
    fileprivate func named(_ text: String) -> SourceString { SourceString(text, at: self) }
}

extension JSONValue {
    /// An object with one of its values replaced.
    fileprivate func mappingMember(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard let members, members.contains(where: { $0.key == key }) else { return self }
        let changed = members.map { member in
            let value = member.key == key ? change(member.value) : member.value
            return JSONMember(key: member.key, keySpan: member.keySpan, value: value)
        }
        return JSONValue(.object(changed), at: span, origin: origin)
    }

    /// A statement whose principal is `{"AWS": …}` where it was the number of an account.
    fileprivate var namingAccount: JSONValue {
        mappingMember("Principal") { principal in
            guard let text = principal.string, AccountID(text) != nil else { return principal }
            var object = ObjectDraft(at: principal.span)
            object.add("AWS", principal)
            return object.value
        }
    }
}
