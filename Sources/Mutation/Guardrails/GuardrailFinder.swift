import Authorization
import JSONSource
import PolicyLanguage

/// Finds the policy documents that organizations hold; those of AWS are nobody's to change.
struct GuardrailFinder {
    private let sources: SourceMap
    private(set) var guardrails: [Guardrail] = []
    private var known: [Identity: Int] = [:]
    /// The guardrail that stands at a place of the organization that is looked through.
    private var standing: [[String]: Int] = [:]
    private(set) var attachments: [Attachment] = []
    private var knownAttachments: [AttachmentIdentity: Int] = [:]

    /// Two documents of one place are one, unless overlays made them differ.
    private struct Identity: Hashable {
        let place: String
        let kind: PolicyGrammar.Kind
        let text: String
    }

    private struct AttachmentIdentity: Hashable {
        let place: String
        let guardrail: Int
        let target: String
    }

    init(sources: SourceMap) {
        self.sources = sources
    }

    /// Looks through an organization, once for each.
    mutating func add(_ file: JSONValue, world: Int) {
        standing = [:]
        var walk = Walk(file, world: world)
        walk.controlPolicies()
        let boundaries = walk.boundaries
        for found in walk.documents(boundaries) { add(found) }
        for found in walk.attachments(boundaries) { add(found) }
    }

    /// Where a value stands, the same for a file that is read twice.
    private func place(_ value: JSONValue) -> String {
        guard let location = sources.location(of: value.span) else { return "" }
        return "\(location.path):\(value.span.start):\(value.span.end)"
    }

    private mutating func add(_ found: FoundDocument) {
        // A document that stands as text in a string, or is missing, is not edited; nor is one that
        // nobody could read: there is nothing in it to get wrong.
        guard found.value.isObject, MissingPolicy.reason(found.value) == nil else { return }
        let identity = Identity(
            place: place(found.value),
            kind: found.grammar.kind,
            text: found.value.origin == .edited || found.value.span == .nowhere
                ? JSONOutput(found.value).compact : ""
        )
        let place = Guardrail.Place(
            world: found.world,
            path: found.path,
            span: found.value.span
        )
        standing[found.path] = known[identity] ?? guardrails.count
        if let index = known[identity] {
            guardrails[index].places.append(place)
            if guardrails[index].resource != found.resource { guardrails[index].resource = nil }
            return
        }
        known[identity] = guardrails.count
        guardrails.append(
            Guardrail(
                type: found.type,
                grammar: found.grammar,
                title: found.title,
                value: found.value,
                resource: found.resource,
                places: [place]
            )
        )
    }

    private mutating func add(_ found: FoundAttachment) {
        guard let guardrail = standing[found.document] else { return }
        let identity = AttachmentIdentity(
            place: place(found.name),
            guardrail: guardrail,
            target: found.target
        )
        let place = Attachment.Place(
            world: found.world,
            path: found.list,
            children: found.children
        )
        if let index = knownAttachments[identity] {
            attachments[index].places.append(place)
            return
        }
        knownAttachments[identity] = attachments.count
        attachments.append(
            Attachment(
                guardrail: guardrail,
                policy: found.policy,
                target: found.target,
                span: found.name.span,
                places: [place]
            )
        )
    }
}

/// A document as one organization holds it.
struct FoundDocument {
    let type: PolicyType
    let grammar: PolicyGrammar
    let title: String
    let value: JSONValue
    /// Whose policy it is.
    let resource: String?
    let world: Int
    let path: [String]
}

/// An attachment as one organization has it.
struct FoundAttachment {
    let policy: String
    /// Where the document stands.
    let document: [String]
    let target: String
    let name: JSONValue
    let world: Int
    let list: [String]
    let children: [Attachment.Child]
}
