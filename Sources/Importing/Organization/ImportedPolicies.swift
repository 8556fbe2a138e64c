import JSONSource
import OrganizationModel
import PolicyLanguage

/// The control policies of an export, under names that are unique.
struct ImportedPolicies {
    private struct Entry {
        let name: SourceString
        let document: JSONValue
    }

    private var entries: [ControlPolicyType: [Entry]] = [:]
    private var namesByID: [ControlPolicyType: [String: SourceString]] = [:]
    private var taken: [ControlPolicyType: UniqueNames] = [:]

    /// The name under which a policy is written; nil when it is not known.
    func name(_ kind: ControlPolicyType, id: String) -> SourceString? { namesByID[kind]?[id] }

    /// All documents of a type that AWS does not keep itself.
    func documents(_ kind: ControlPolicyType, at span: SourceSpan) -> JSONValue {
        var documents = ObjectDraft(at: span)
        for entry in entries[kind] ?? [] {
            documents.add(entry.name.text, entry.document, namedAt: entry.name.span)
        }
        return documents.value
    }

    /// Takes up a policy from its summary.
    ///
    /// AWS's own policy goes by its id: the ARN names the organization in some exports.
    mutating func add(
        _ kind: ControlPolicyType,
        _ summary: JSONValue,
        id: String,
        document: JSONValue
    ) {
        let listed = summary.name("Name") ?? SourceString(id, at: summary.span)
        if Self.isFullAccess(kind, summary, id: id) {
            namesByID[kind, default: [:]][id] = listed.renamed(kind.fullAccessName)
            return
        }
        let name = taken[kind, default: UniqueNames(taken: [kind.fullAccessName])]
            .claim(listed, id: id)
        namesByID[kind, default: [:]][id] = name
        entries[kind, default: []].append(Entry(name: name, document: document))
    }

    /// What is attached to a target where nobody could read what is; another for each target, as
    /// they need not be the same.
    mutating func addUnknown(_ kind: ControlPolicyType, of target: SourceString) -> SourceString {
        let id = "unknown attachments of \(target.text)"
        if let known = namesByID[kind]?[id] { return known }
        let name = taken[kind, default: UniqueNames(taken: [kind.fullAccessName])]
            .claim(target.renamed("UnknownAttachments-\(target.text)"), id: "orgsim")
        namesByID[kind, default: [:]][id] = name
        let reason = "the export does not tell which policies are attached to \(target.text)"
        let document = MissingPolicy.value(reason, at: target.span)
        entries[kind, default: []].append(Entry(name: name, document: document))
        return name
    }

    static func isFullAccess(_ kind: ControlPolicyType, _ summary: JSONValue, id: String) -> Bool {
        if case .bool(false) = summary["AwsManaged"]?.content { return false }
        return id == "p-" + kind.fullAccessName
    }
}

extension ControlPolicyType {
    /// The policy that AWS keeps and that every organization file has.
    var fullAccessName: String { fullAccess.name ?? "" }
}
