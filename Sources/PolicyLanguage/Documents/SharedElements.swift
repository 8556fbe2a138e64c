import JSONSource
import Synchronization

/// Elements that many statements have alike: documents that differ in the account they trust have
/// all but their `Principal` in common.
///
/// Each is read once; threads may share them.
package final class SharedElements: Sendable {
    let actions = Known<ActionElement>()
    let resources = Known<ResourceElement>()
    let principals = Known<PrincipalElement>()
    let conditions = Known<[Condition]>()

    package init() {}

    /// What tells elements apart: their text, and all that bears on how it is read.
    struct Key: Hashable {
        let text: WrittenJSON
        let isNegated: Bool
        let variables: TextTemplate.Variables
        let grammar: PolicyGrammar.Kind

        func hash(into hasher: inout Hasher) { text.hash(into: &hasher) }
    }

    /// The elements of one kind, each with the place it was read at.
    final class Known<Element: Sendable>: Sendable {
        private let readings = Mutex<[Key: (element: Element, home: SourceSpan)]>([:])

        subscript(key: Key) -> (element: Element, home: SourceSpan)? {
            readings.withLock { $0[key] }
        }

        func keep(_ element: Element, at home: SourceSpan, as key: Key) {
            readings.withLock { $0[key] = (element, home) }
        }
    }
}

extension PolicyParser {
    /// The element a value stands for, read once for all that stand in the same bytes; only what
    /// there is nothing to say about is kept.
    mutating func element<Element: Sendable>(
        _ value: JSONValue,
        isNegated: Bool = false,
        in known: SharedElements.Known<Element>?,
        moved: (Element, SourceMove) -> Element,
        read: (inout PolicyParser) -> Element?
    ) -> Element? {
        // In a string that holds JSON the distances between places are others than here.
        guard let known, let text = value.writtenText,
            text.count == Int(value.span.end - value.span.start)
        else { return read(&self) }
        let key = SharedElements.Key(
            text: text,
            isNegated: isNegated,
            variables: variables,
            grammar: grammar.kind
        )
        if let found = known[key] {
            if found.home == value.span { return found.element }
            return moved(found.element, SourceMove(from: found.home, to: value.span))
        }
        let before = diagnostics.count
        guard let element = read(&self) else { return nil }
        if diagnostics.count == before { known.keep(element, at: value.span, as: key) }
        return element
    }
}
