import JSONSource
import PolicyLanguage
import Synchronization

/// The policy documents of organizations, each distinct one read once.
///
/// Two documents that stand in the same bytes say the same, and so do the problems found in them,
/// each at its own place. Threads may share a library.
package final class PolicyLibrary: Sendable {
    /// What tells documents apart: their text, and what they are read as.
    private struct Key: Hashable {
        let text: Text
        let grammar: PolicyGrammar.Kind
    }

    private enum Text: Hashable {
        case written(WrittenJSON)
        /// Where its parts stand in several files, a document is known by its place.
        case at(SourceSpan)

        init(_ value: JSONValue) {
            // In a string that holds JSON the distances between places are others than here.
            if let text = value.writtenText, text.count == Int(value.span.end - value.span.start) {
                self = .written(text)
            } else {
                self = .at(value.span)
            }
        }
    }

    /// What came of reading a document where it was met first.
    fileprivate struct Reading {
        let home: SourceSpan
        let body: PolicyBody?
        let diagnostics: [Diagnostic]
    }

    private let readings = Mutex<[Key: Reading]>([:])
    private let elements = SharedElements()

    package init() {}
}

extension PolicyLibrary {
    /// The document with what there is to say about it, at its own place.
    func read(_ value: JSONValue, as grammar: PolicyGrammar) -> Parsed<PolicyDocument?> {
        if value.origin == .edited { return PolicyParser.parse(value, as: grammar) }
        let key = Key(text: Text(value), grammar: grammar.kind)
        if let known = readings.withLock({ $0[key] }) { return known.moved(to: value.span) }
        let parsed = PolicyParser.parse(value, as: grammar, sharing: elements)
        let own = Reading(
            home: value.span,
            body: parsed.value?.body,
            diagnostics: parsed.diagnostics
        )
        // Of two threads that read it at once both get the same.
        let reading = readings.withLock { readings in
            if let first = readings[key] { return first }
            readings[key] = own
            return own
        }
        return reading.moved(to: value.span)
    }
}

extension PolicyLibrary.Reading {
    func moved(to span: SourceSpan) -> Parsed<PolicyDocument?> {
        let document = body.map { PolicyDocument($0, at: span) }
        if diagnostics.isEmpty || span == home { return Parsed(document, diagnostics) }
        let move = SourceMove(from: home, to: span)
        return Parsed(document, diagnostics.map { $0.moved(move) })
    }
}
