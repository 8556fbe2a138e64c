import Authorization
import JSONSource
import PolicyLanguage

/// Makes the mutants of guardrails and of their attachments.
struct MutantMaker {
    /// More mutants than these are not made.
    static let limit = 50_000

    private let sources: SourceMap
    private(set) var mutants: [Mutant] = []
    /// How many were left out, being the same document as another.
    private(set) var duplicates = 0
    /// How many were left out, being nothing that AWS would take.
    private(set) var refused = 0
    private(set) var isBounded = false

    init(sources: SourceMap) {
        self.sources = sources
    }

    private func file(_ span: SourceSpan) -> String { sources.location(of: span)?.path ?? "" }

    mutating func add(_ guardrail: Guardrail, at index: Int) {
        let file = file(guardrail.span)
        // A fault changes one statement: documents are the same where that is.
        var seen: Set<String> = []
        for draft in Self.drafts(of: guardrail.value, guardrail.grammar) {
            seen.insert(Self.text(ofStatement: draft.statement, in: guardrail.value))
            guard mutants.count < Self.limit else {
                isBounded = true
                return
            }
            let text = Self.text(ofStatement: draft.statement, in: draft.document)
            guard seen.insert(text).inserted else {
                duplicates += 1
                continue
            }
            let parsed = PolicyParser.parse(draft.document, as: guardrail.grammar)
            guard parsed.value != nil, !parsed.diagnostics.hasErrors else {
                refused += 1
                continue
            }
            let parts = [file, guardrail.title, draft.kind.rawValue, draft.detail]
            mutants.append(
                Mutant(
                    id: stableID(parts.joined(separator: "\u{0}")),
                    kind: draft.kind,
                    guardrail: index,
                    span: draft.span,
                    sentence: draft.sentence,
                    statement: draft.statement,
                    change: .document(draft.document)
                )
            )
        }
    }

    private static func text(ofStatement index: Int, in document: JSONValue) -> String {
        let statements = document["Statement"]
        let one = statements?.elements.map { $0[index] } ?? statements
        return "\(index) " + (one.map { JSONOutput($0).compact } ?? "")
    }

    mutating func add(_ attachment: Attachment, of type: PolicyType) {
        for mutant in attachment.mutants(of: type, in: file(attachment.span)) {
            guard mutants.count < Self.limit else {
                isBounded = true
                return
            }
            mutants.append(mutant)
        }
    }

    /// Every fault of every statement, in the order of the document.
    static func drafts(of document: JSONValue, _ grammar: PolicyGrammar) -> [Draft] {
        var drafts: [Draft] = []
        for site in StatementSite.all(of: document, grammar) {
            drafts += site.dropped()
            drafts += site.droppedConditions()
            drafts += site.flippedOperators()
            drafts += site.changedIfExists()
            drafts += site.swappedQuantifiers()
            drafts += site.changedWildcards()
            drafts += site.droppedValues()
        }
        return drafts
    }
}
