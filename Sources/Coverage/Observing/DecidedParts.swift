package import JSONSource

/// How often what stands in the files decided something, by its place.
package struct DecidedParts: Sendable {
    /// Statements that decided; each of their conditions held then.
    package internal(set) var statements: [SourceSpan: Int] = [:]
    /// Conditions that held where their statement decided.
    package internal(set) var held: [SourceSpan: Int] = [:]
    /// Conditions that alone kept their statement from deciding.
    package internal(set) var failed: [SourceSpan: Int] = [:]
    /// Places where something attached decided.
    package internal(set) var places: [SourceSpan: Int] = [:]
    /// Questions about everybody that ask more callers than are followed.
    package internal(set) var cutSurveys = 0

    package init() {}

    /// What one request decided, each place once, at however many levels the same policy stands.
    struct Request {
        var statements: Set<SourceSpan> = []
        var held: Set<SourceSpan> = []
        var failed: Set<SourceSpan> = []
        var places: Set<SourceSpan> = []
    }

    mutating func add(_ request: Request) {
        for span in request.statements { statements[span, default: 0] += 1 }
        for span in request.held { held[span, default: 0] += 1 }
        for span in request.failed { failed[span, default: 0] += 1 }
        for span in request.places { places[span, default: 0] += 1 }
    }

    mutating func add(_ other: DecidedParts, at home: (SourceSpan) -> SourceSpan) {
        statements.add(other.statements, at: home)
        held.add(other.held, at: home)
        failed.add(other.failed, at: home)
        places.add(other.places, at: home)
        cutSurveys += other.cutSurveys
    }
}

extension [SourceSpan: Int] {
    fileprivate mutating func add(_ other: [SourceSpan: Int], at home: (SourceSpan) -> SourceSpan) {
        for (span, count) in other { self[home(span), default: 0] += count }
    }
}
