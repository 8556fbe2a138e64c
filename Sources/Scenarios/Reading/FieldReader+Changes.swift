import JSONSource
import OrganizationModel

extension FieldReader {
    mutating func changeStep(_ value: JSONValue, of step: ObjectReader) -> ChangeStep? {
        var expectsRefusal = false
        if let expect = step.present("expect") {
            guard let text = SourceString(expect, "'expect'", &diagnostics) else { return nil }
            expectsRefusal = text.text == "refused"
            if !["refused", "allowed"].contains(text.text) {
                let message =
                    "'expect' of a change is 'refused' or left out, not '\(text.text)'"
                refuse("scenario.unknown-word", message, at: text.span)
            }
        }
        guard let elements = value.elements ?? value.members.map({ _ in [value] }) else {
            diagnostics.append(.wrongType("'change'", expected: "a list of changes", found: value))
            return nil
        }
        if elements.isEmpty {
            refuse(
                "scenario.empty-change",
                "'change' is an empty list: nothing would change",
                at: value.span
            )
        }
        let changes = elements.map { change($0) }
        guard !changes.contains(where: { $0 == nil }) else { return nil }
        return ChangeStep(changes: changes.compactMap { $0 }, expectsRefusal: expectsRefusal)
    }

    private mutating func change(_ value: JSONValue) -> OrganizationChange? {
        guard let object = ObjectReader(value, "the change", &diagnostics) else { return nil }
        let found = ObjectKinds.change.kinds.filter { object.member($0.key.text) != nil }
        guard let kind = found.first, found.count == 1 else {
            refuseKind(object, found.map(\.key.text))
            return nil
        }
        object.allow(kind.format, &diagnostics)
        return read(kind.key.text, object)
    }

    private mutating func refuseKind(_ object: ObjectReader, _ kinds: [String]) {
        if kinds.count > 1, let second = object.member(kinds[1]) {
            let message = "a change is one thing, not '\(kinds[0])' and '\(kinds[1])' together"
            let problem = Diagnostic.error("scenario.two-changes", message, at: second.keySpan)
            let first = object.member(kinds[0])?.keySpan ?? object.value.span
            diagnostics.append(problem.noting("'\(kinds[0])' stands here", at: first))
            return
        }
        let known = ObjectKinds.change.keys
        let first = object.members.first
        let near = first.flatMap { NearestName.of($0.key, among: known) }
        let hint = near.map { ", did you mean '\($0)'?" } ?? ""
        let name = first.map { "unknown change '\($0.key)'" } ?? "an empty change"
        let span = first?.keySpan ?? object.value.span
        refuse(
            first == nil ? "scenario.empty-change" : "scenario.unknown-change",
            "\(name)\(hint) (known: \(known.joined(separator: ", ")))",
            at: span
        )
    }

    private mutating func read(_ kind: String, _ object: ObjectReader) -> OrganizationChange? {
        switch kind {
        case "assign": return assignment(kind, object).map { .assign($0) }
        case "unassign": return assignment(kind, object).map { .unassign($0) }
        default: break
        }
        guard let subject = needed(kind, of: object) else { return nil }
        switch kind {
        case "attachPolicy":
            return needed("target", of: object).map { .attachPolicy(subject, target: $0) }
        case "detachPolicy":
            return needed("target", of: object).map { .detachPolicy(subject, target: $0) }
        case "putPolicy": return putPolicy(object)
        case "deletePolicy":
            guard let type = policyType(kind, of: object), let name = needed("name", of: object)
            else {
                return nil
            }
            return .deletePolicy(type, name: name)
        case "moveAccount": return needed("to", of: object).map { .moveAccount(subject, to: $0) }
        case "createAccount": return createAccount(subject, object)
        case "closeAccount": return .closeAccount(subject)
        case "removeAccount": return .removeAccount(subject)
        case "createOrganizationalUnit": return .createOrganizationalUnit(subject)
        case "put", "delete": return contents(kind, subject, object)
        case "tag":
            return tags(object).map { .tag(subject, tags: $0) }
        case "untag":
            guard object.given("keys", &diagnostics) != nil else { return nil }
            let keys = object.strings("keys", &diagnostics) ?? []
            return .untag(subject, keys: keys.map(\.text))
        default: return nil
        }
    }

    /// An assignment as an organization file has it; a slip in it is no refusal of AWS.
    private mutating func assignment(_ kind: String, _ change: ObjectReader) -> JSONValue? {
        guard let value = change.value[kind],
            let object = ObjectReader(value, "'\(kind)'", &diagnostics)
        else { return nil }
        let before = diagnostics.count
        object.allow(.assignment, &diagnostics)
        _ = object.given("permissionSet", &diagnostics)
        for field in ["permissionSet", "user", "group", "roleSuffix", "uniqueId"] {
            _ = object.string(field, &diagnostics)
        }
        for field in ["accounts", "organizationalUnits"] {
            _ = object.strings(field, &diagnostics)
        }
        return diagnostics.count == before ? value : nil
    }

    /// Tags as an object of texts.
    private mutating func tags(_ object: ObjectReader) -> JSONValue? {
        guard let tags = object.given("tags", &diagnostics) else { return nil }
        let before = diagnostics.count
        for member in object.entries("tags", &diagnostics) {
            _ = SourceString(member.value, "a tag's value", &diagnostics)
        }
        return diagnostics.count == before ? tags : nil
    }

    private mutating func needed(_ field: String, of object: ObjectReader) -> String? {
        guard let value = object.required(field, &diagnostics) else { return nil }
        return SourceString(value, "'\(field)'", &diagnostics)?.text
    }

    private mutating func policyType(_ kind: String, of object: ObjectReader) -> ControlPolicyType?
    {
        guard let value = object.value[kind], let text = value.string else { return nil }
        switch text {
        case "serviceControlPolicy": return .serviceControlPolicy
        case "resourceControlPolicy": return .resourceControlPolicy
        default:
            let message =
                "'\(kind)' is serviceControlPolicy or resourceControlPolicy, not '\(text)'"
            refuse("scenario.unknown-word", message, at: value.span)
            return nil
        }
    }

    private mutating func putPolicy(_ object: ObjectReader) -> OrganizationChange? {
        guard let type = policyType("putPolicy", of: object), let name = needed("name", of: object),
            let document = object.required("document", &diagnostics)
        else { return nil }
        return .putPolicy(type, name: name, document: document)
    }

    private mutating func createAccount(
        _ name: String,
        _ object: ObjectReader
    ) -> OrganizationChange? {
        let own = ["createAccount", "to"]
        let members = object.members.filter { !own.contains($0.key) }
        return .createAccount(
            name,
            id: object.string("id", &diagnostics),
            to: object.string("to", &diagnostics) ?? "Root",
            value: JSONValue(.object(members), at: object.value.span)
        )
    }

    private mutating func contents(
        _ kind: String,
        _ pointer: String,
        _ object: ObjectReader
    ) -> OrganizationChange? {
        // The Identity Center part belongs to the organization, everything else to an account.
        let path = JSONPointer(pointer)?.parts
        var account: String?
        if path?.first != "identityCenter" || object.member("account") != nil {
            guard let name = needed("account", of: object) else { return nil }
            account = name
        }
        guard let path, (1...64).contains(path.count) else {
            let message =
                "'\(pointer)' is not a JSON Pointer into the account such as /iam/roles/Deploy"
            refuse("scenario.pointer", message, at: object.value[kind]?.span ?? object.value.span)
            return nil
        }
        if kind == "delete" { return .delete(path, account: account) }
        return object.required("value", &diagnostics).map {
            .put(path, account: account, value: $0)
        }
    }
}
