import JSONSource
import PolicyLanguage
import Synchronization

/// The policy documents of organizations, each distinct one read once.
///
/// Two documents that stand in the same bytes say the same, and so do the problems found in them,
/// each at its own place. Threads may share a library; each looks into it through a ``PolicyShelf``.
package final class PolicyLibrary: Sendable {
    /// What came of reading a document where it was met first.
    struct Reading: Sendable {
        let home: SourceSpan
        let body: PolicyBody?
        let diagnostics: [Diagnostic]
    }

    /// Where its parts stand in several files, a document is known by its place.
    private struct Place: Hashable {
        let span: SourceSpan
        let grammar: PolicyGrammar.Kind
    }

    private struct Readings {
        var written = KeptReadings<Reading>()
        var placed: [Place: Reading] = [:]
        var holdsMissing = false
    }

    private let readings = Mutex(Readings())

    package init() {}
}

extension PolicyLibrary {
    /// Whether some policy was met that nobody could read.
    var holdsMissing: Bool { readings.withLock(\.holdsMissing) }

    func noteMissing() { readings.withLock { $0.holdsMissing = true } }
}

// Of two threads that read a document at once both get what came first.
extension PolicyLibrary {
    func find(
        _ bytes: UnsafeRawBufferPointer,
        hash: UInt64,
        as grammar: PolicyGrammar
    ) -> Reading? {
        readings.withLock { $0.written.find(bytes, hash: hash, way: grammar.kind.rawValue) }
    }

    func keep(_ reading: Reading, of text: WrittenJSON, as grammar: PolicyGrammar) -> Reading {
        let way = grammar.kind.rawValue
        return readings.withLock { readings in
            if let first = readings.written.find(text, way: way) { return first }
            readings.written.add(reading, of: text, way: way)
            return reading
        }
    }

    func find(at span: SourceSpan, as grammar: PolicyGrammar) -> Reading? {
        readings.withLock { $0.placed[Place(span: span, grammar: grammar.kind)] }
    }

    func keep(_ reading: Reading, at span: SourceSpan, as grammar: PolicyGrammar) -> Reading {
        let place = Place(span: span, grammar: grammar.kind)
        return readings.withLock { readings in
            if let first = readings.placed[place] { return first }
            readings.placed[place] = reading
            return reading
        }
    }
}

extension PolicyLibrary.Reading {
    init(_ parsed: Parsed<PolicyDocument?>, at home: SourceSpan) {
        self.init(home: home, body: parsed.value?.body, diagnostics: parsed.diagnostics)
    }

    func moved(to span: SourceSpan) -> Parsed<PolicyDocument?> {
        let document = body.map { PolicyDocument($0, at: span) }
        if diagnostics.isEmpty || span == home { return Parsed(document, diagnostics) }
        let move = SourceMove(from: home, to: span)
        return Parsed(document, diagnostics.map { $0.moved(move) })
    }
}
