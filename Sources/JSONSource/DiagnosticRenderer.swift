/// Writes diagnostics for people: place, sentence, the line with a caret, help and notes.
package struct DiagnosticRenderer {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    /// All diagnostics in order of file and place, each block ending in a line break.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        sorted(diagnostics).map(block).joined()
    }

    /// By path, then place, each said once.
    package func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        let unique = diagnostics.filter { seen.insert($0).inserted }
        return unique.enumerated().sorted { first, second in
            let left = key(first.element)
            let right = key(second.element)
            return left == right ? first.offset < second.offset : left < right
        }.map(\.element)
    }

    private func key(_ diagnostic: Diagnostic) -> (String, UInt32) {
        (sources.text(diagnostic.span.file)?.path ?? "", diagnostic.span.start)
    }

    private func block(_ diagnostic: Diagnostic) -> String {
        var lines = [headline(diagnostic.severity.rawValue, diagnostic.message, diagnostic.span)]
        lines += excerpt(diagnostic.span)
        if let help = diagnostic.help { lines.append("  help: \(help)") }
        for note in diagnostic.notes {
            lines.append(headline("note", note.message, note.span))
            lines += excerpt(note.span)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func headline(_ kind: String, _ message: String, _ span: SourceSpan) -> String {
        let place = sources.location(of: span).map { "\($0): " } ?? ""
        return "\(place)\(kind): \(message)"
    }

    /// The source line and a run of carets, cut to a width a terminal shows.
    private func excerpt(_ span: SourceSpan) -> [String] {
        guard let text = sources.text(span.file) else { return [] }
        let position = text.position(at: Int(span.start))
        let line = Array(text.line(position.line).utf8)
        let width = 100
        let column = position.column - 1
        let start = line.count > width ? max(0, min(column - width / 2, line.count - width)) : 0
        let end = min(line.count, start + width)
        guard start <= end, column >= start else { return [] }
        let shown = String(decoding: line[start..<end], as: UTF8.self)
            .map { $0 == "\t" ? " " : $0 }
        let before = String(decoding: line[start..<min(column, end)], as: UTF8.self).count
        let length = max(1, min(Int(span.end) - Int(span.start), end - column))
        let marked = line[min(column, end)..<min(column + length, end)]
        let carets = max(1, String(decoding: marked, as: UTF8.self).count)
        let pointer = String(repeating: " ", count: before) + String(repeating: "^", count: carets)
        return ["    \(String(shown))", "    \(pointer)"]
    }
}
