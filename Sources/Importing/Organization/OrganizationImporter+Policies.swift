import JSONSource
import OrganizationModel
import PolicyLanguage

// Service and resource control policies (Organizations API Reference: ListPolicies,
// DescribePolicy, ListPoliciesForTarget, ListTargetsForPolicy).
extension OrganizationImporter {
    /// Where control policies of a type are attached, as seen from the policies.
    struct Attachments {
        /// Whether any policy says where it is attached.
        var isKnown = false
        var policies: [String: [SourceString]] = [:]
        /// Answers that are missing of policies that are listed, until that has been said.
        var missing: [String] = []
        /// Whether some policies that are listed do not say where they are attached.
        var arePartial = false
    }

    mutating func readPolicies(_ kind: ControlPolicyType) -> Attachments {
        let folder = "organizations/policy/\(kind.rawValue)"
        var attachments = Attachments()
        var listed: [String: JSONValue] = [:]
        var order: [String] = []
        for summary in reader.list("\(folder)/list-policies.json", "Policies") {
            guard let id = summary.name("Id") else { continue }
            listed[id.text] = summary
            order.append(id.text)
        }
        order += reader.names(in: folder).filter { $0.hasPrefix("p-") && listed[$0] == nil }
        let list = reader.answer("\(folder)/list-policies.json")
        let isListed = list?.elements != nil || list?.present("Policies")?.elements != nil
        // A policy that is not listed may be attached anywhere.
        if !isListed || reader.isPartial("\(folder)/list-policies.json") {
            attachments.arePartial = true
        }
        // Which of two policies of one name keeps it does not hang on the order of the list.
        for id in order.sorted() {
            addPolicy(kind, id: id, listed: listed[id])
            let path = "\(folder)/\(id)/list-targets-for-policy.json"
            let answer = reader.answer(path)
            guard let targets = answer?.elements ?? answer?.present("Targets")?.elements else {
                attachments.missing.append(path)
                attachments.arePartial = true
                continue
            }
            attachments.isKnown = true
            let named = targets.compactMap { $0.name("TargetId") }
            if named.count < targets.count || reader.isPartial(path) {
                attachments.arePartial = true
            }
            for target in named {
                guard let name = policies.name(kind, id: id) else { continue }
                attachments.policies[target.text, default: []].append(
                    SourceString(name.text, at: target.span)
                )
            }
        }
        return attachments
    }

    private mutating func addPolicy(_ kind: ControlPolicyType, id: String, listed: JSONValue?) {
        let path = "organizations/policy/\(kind.rawValue)/\(id)/describe-policy.json"
        let policy = reader.object(path, "Policy")
        guard let summary = policy?.present("PolicySummary") ?? listed else { return }
        let content = policy?.present("Content")
        // What AWS itself keeps is built in.
        let isFullAccess = ImportedPolicies.isFullAccess(kind, summary, id: id)
        if content == nil, !isFullAccess {
            let what = "verdicts may hang on what the policy says"
            reader.reportMissing(path, at: summary.span, what)
        }
        let document = isFullAccess ? nil : reader.document(content)
        let missing = MissingPolicy.value("\(path) is not in the export", at: summary.span)
        policies.add(kind, summary, id: id, document: document ?? missing)
    }

    /// Adds the policies attached to a root, unit or account itself; with `uncertain` there may be
    /// others that stand in for what is not known above it.
    mutating func addAttachments(
        to target: SourceString,
        folder: String,
        uncertain: Bool = false,
        _ draft: inout ObjectDraft
    ) {
        for kind in ControlPolicyType.allCases {
            guard let attachments = attachments[kind] else { continue }
            let path = "\(folder)/list-policies-for-target.\(kind.rawValue).json"
            if let listed = listedPolicies(path, kind) {
                var names = listed.names
                if uncertain || !listed.isWhole { addUnknown(kind, of: target, to: &names) }
                draft.add(kind.field, names.list(at: listed.span))
            } else if attachments.isKnown {
                reportMissing(attachments, of: kind, at: target)
                var names = attachments.policies[target.text] ?? []
                if uncertain || attachments.arePartial {
                    addUnknown(kind, of: target, to: &names)
                }
                draft.add(kind.field, names.list(at: names.first?.span ?? target.span))
            } else {
                if unknownAttachments.insert(kind).inserted {
                    let what = "verdicts may hang on what is attached wherever it is missing"
                    reader.reportMissing(path, at: target.span, what)
                }
                var names = [SourceString(kind.fullAccessName, at: target.span)]
                addUnknown(kind, of: target, to: &names)
                draft.add(kind.field, names.list(at: target.span))
            }
        }
    }

    private struct ListedPolicies {
        var names: [SourceString]
        /// Whether there are no others.
        var isWhole: Bool
        let span: SourceSpan
    }

    /// What a target lists; nil where there is no list, also where the answer holds none.
    private mutating func listedPolicies(
        _ path: String,
        _ kind: ControlPolicyType
    ) -> ListedPolicies? {
        guard let answer = reader.answer(path),
            let elements = answer.elements ?? answer.present("Policies")?.elements
        else { return nil }
        let names = elements.compactMap { attachedName(kind, $0) }
        let isWhole = names.count == elements.count && !reader.isPartial(path)
        return ListedPolicies(names: names, isWhole: isWhole, span: answer.span)
    }

    /// Adds the policy that stands for those that may be attached besides.
    private mutating func addUnknown(
        _ kind: ControlPolicyType,
        of target: SourceString,
        to names: inout [SourceString]
    ) {
        // Where as many are attached as AWS allows there is no place for another.
        guard kind.countedAttachments(names.map(\.text)) < kind.attachmentLimit else { return }
        names.append(policies.addUnknown(kind, of: target).moved(to: target.span))
    }

    /// Says once, and only where it matters, of which policies the targets are unknown.
    private mutating func reportMissing(
        _ attachments: Attachments,
        of kind: ControlPolicyType,
        at target: SourceString
    ) {
        for path in attachments.missing {
            let what = "the policy may be attached wherever the targets do not list theirs"
            reader.reportMissing(path, at: target.span, what)
        }
        self.attachments[kind]?.missing = []
    }

    private mutating func attachedName(
        _ kind: ControlPolicyType,
        _ summary: JSONValue
    ) -> SourceString? {
        guard let id = summary.name("Id") else { return nil }
        if policies.name(kind, id: id.text) == nil {
            addPolicy(kind, id: id.text, listed: summary)
        }
        guard let name = policies.name(kind, id: id.text) else { return nil }
        return SourceString(name.text, at: summary.name("Name")?.span ?? id.span)
    }
}
