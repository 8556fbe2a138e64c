import JSONSource
import PolicyLanguage

/// The documents of a library as one thread asks for them.
///
/// What others have as well is at hand from the second time on, without waiting for other threads.
struct PolicyShelf: Sendable {
    private let library: PolicyLibrary
    private var known = KeptReadings<PolicyLibrary.Reading>()
    private let elements = SharedElements()

    init(_ library: PolicyLibrary) { self.library = library }

    /// The same library for another thread.
    var forAnotherThread: PolicyShelf { PolicyShelf(library) }
}

extension PolicyShelf {
    /// The document with what there is to say about it, at its own place.
    mutating func read(
        _ value: JSONValue,
        as grammar: PolicyGrammar,
        of name: @autoclosure () -> String
    ) -> Parsed<PolicyDocument?> {
        if let reason = MissingPolicy.reason(value) {
            return missing(value, reason, grammar, of: name())
        }
        if value.origin == .edited { return PolicyParser.parse(value, as: grammar) }
        let found =
            value.lentView.map { reading(of: $0, as: grammar) } ?? reading(of: value, as: grammar)
        return found.moved(to: value.span)
    }

    /// A policy that nobody could read, of which is said so unless that was done before.
    private func missing(
        _ value: JSONValue,
        _ reason: String,
        _ grammar: PolicyGrammar,
        of name: String
    ) -> Parsed<PolicyDocument?> {
        var diagnostics: [Diagnostic] = []
        noteMissing(value, reason, &diagnostics)
        let document = MissingPolicy.document("\(name): \(reason)", as: grammar, at: value.span)
        return Parsed(document, diagnostics)
    }

    /// Takes note that something is not known of which the file says so in so many words.
    func noteMissing() { library.noteMissing() }

    /// Takes note of something that nobody could read, a policy or what else decides.
    func noteMissing(_ value: JSONValue, _ reason: String, _ diagnostics: inout [Diagnostic]) {
        library.noteMissing()
        if value.origin == .missing { return }
        let message = "what stands here is not known, so verdicts may hang on it: \(reason)"
        diagnostics.append(.warning("organization.missing-policy", message, at: value.span))
    }

    /// Whether some policy was met that nobody could read.
    var holdsMissing: Bool { library.holdsMissing }

    /// A document of which there is nothing to say; nil for any other.
    mutating func soundDocument(_ view: JSONView, as grammar: PolicyGrammar) -> PolicyDocument? {
        let found = reading(of: view, as: grammar)
        guard let body = found.body, found.diagnostics.isEmpty else { return nil }
        return PolicyDocument(body, at: view.span)
    }

    private mutating func reading(
        of view: JSONView,
        as grammar: PolicyGrammar
    ) -> PolicyLibrary.Reading {
        let bytes = view.written
        let hash = ByteHash.of(bytes)
        let way = grammar.kind.rawValue
        if let found = known.find(bytes, hash: hash, way: way) { return found }
        let text = view.writtenText(hash: hash)
        if let found = library.find(bytes, hash: hash, as: grammar) {
            known.add(found, of: text, way: way)
            return found
        }
        let parsed = PolicyParser.parse(view, as: grammar, sharing: elements)
        let read = PolicyLibrary.Reading(parsed, at: view.span)
        return library.keep(read, of: text, as: grammar)
    }

    /// A document that does not stand in one piece.
    private func reading(of value: JSONValue, as grammar: PolicyGrammar) -> PolicyLibrary.Reading {
        if let found = library.find(at: value.span, as: grammar) { return found }
        let parsed = PolicyParser.parse(value, as: grammar, sharing: elements)
        let read = PolicyLibrary.Reading(parsed, at: value.span)
        return library.keep(read, at: value.span, as: grammar)
    }
}
