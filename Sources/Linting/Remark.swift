package import JSONSource

/// What a check has to say about one place.
package struct Remark: Sendable {
    /// One sentence without a period.
    package let message: String
    package let span: SourceSpan
    /// What to write instead, where that can be said.
    package var help: String?
    package var notes: [Diagnostic.Note] = []

    package init(_ message: String, at span: SourceSpan, help: String? = nil) {
        self.message = message.cut
        self.span = span
        self.help = help
    }

    package func noting(_ message: String, at span: SourceSpan) -> Remark {
        var copy = self
        copy.notes.append(Diagnostic.Note(message: message, span: span))
        return copy
    }
}

/// A remark with the check that made it.
package struct Finding: Sendable {
    package let check: Check
    package let remark: Remark
    /// The reason somebody wrote for living with it.
    package var silencedBecause: String?
}

extension [Remark] {
    /// The first remark of each place.
    package func uniqued() -> [Remark] {
        var seen: Set<SourceSpan> = []
        return filter { seen.insert($0.span).inserted }
    }
}
