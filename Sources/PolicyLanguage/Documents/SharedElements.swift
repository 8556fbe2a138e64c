import JSONSource
import Synchronization

/// Elements that many statements have alike: documents that differ in the account they trust have
/// all but their `Principal` in common.
///
/// Each is read once. Threads may share them, though those that load an organization have their own.
package final class SharedElements: Sendable {
    let actions = Known<ActionElement>()
    let resources = Known<ResourceElement>()
    let principals = Known<PrincipalElement>()
    let conditions = Known<[Condition]>()

    package init() {}

    /// The elements of one kind, each with the place it was read at.
    final class Known<Element: Sendable>: Sendable {
        private struct Readings {
            var texts = WrittenPlaces()
            var elements: [(element: Element, home: SourceSpan)] = []
        }

        private let readings = Mutex(Readings())

        func find(
            _ bytes: UnsafeRawBufferPointer,
            hash: UInt64,
            _ way: UInt8
        ) -> (element: Element, home: SourceSpan)? {
            readings.withLock { readings in
                let place = readings.texts.find(bytes, hash: hash, way: way)
                return place < 0 ? nil : readings.elements[place]
            }
        }

        func keep(_ element: Element, at home: SourceSpan, of text: WrittenJSON, _ way: UInt8) {
            readings.withLock { readings in
                guard readings.texts.find(text, way: way) < 0 else { return }
                readings.texts.add(text, way: way)
                readings.elements.append((element, home))
            }
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
        read: (inout PolicyParser, JSONValue) -> Element?
    ) -> Element? {
        guard let known, let view = value.lentView else { return read(&self, value) }
        return element(view, isNegated: isNegated, in: known, moved: moved, read: read)
    }

    /// The same for a view of a value that somebody has.
    mutating func element<Element: Sendable>(
        _ view: JSONView,
        isNegated: Bool,
        in known: SharedElements.Known<Element>,
        moved: (Element, SourceMove) -> Element,
        read: (inout PolicyParser, JSONValue) -> Element?
    ) -> Element? {
        let hash = ByteHash.of(view.written)
        let way = wayOfReading(isNegated: isNegated)
        let span = view.span
        if let found = known.find(view.written, hash: hash, way) {
            if found.home == span { return found.element }
            return moved(found.element, SourceMove(from: found.home, to: span))
        }
        let before = diagnostics.count
        guard let element = read(&self, view.value) else { return nil }
        if diagnostics.count == before {
            known.keep(element, at: span, of: view.writtenText(hash: hash), way)
        }
        return element
    }

    /// All that bears on how the text of an element is read.
    private func wayOfReading(isNegated: Bool) -> UInt8 {
        grammar.kind.rawValue << 2 | (isNegated ? 2 : 0) | (variables == .expanded ? 1 : 0)
    }
}
