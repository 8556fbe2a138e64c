/// The way from one place of a text to another place where the same bytes stand.
package struct SourceMove: Sendable {
    private let file: Int32
    private let distance: Int

    package init(from old: SourceSpan, to new: SourceSpan) {
        file = new.file
        distance = Int(new.start) - Int(old.start)
    }
}

extension SourceSpan {
    package func moved(_ move: SourceMove) -> SourceSpan { move.target(of: self) }
}

extension SourceMove {
    fileprivate func target(of span: SourceSpan) -> SourceSpan {
        SourceSpan(
            file: file,
            start: Int(span.start) + distance,
            end: Int(span.end) + distance
        )
    }
}

extension Diagnostic {
    /// The same said of another place with the same bytes.
    package func moved(_ move: SourceMove) -> Diagnostic {
        var copy = Diagnostic(
            severity,
            code,
            message,
            at: span.moved(move),
            help: help,
            notes: notes.map { Note(message: $0.message, span: $0.span.moved(move)) }
        )
        copy.misspelledField = misspelledField
        return copy
    }
}
