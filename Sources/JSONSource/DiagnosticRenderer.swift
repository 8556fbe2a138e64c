/// Writes diagnostics for people: place, sentence, code, the line with a caret, help and notes.
package struct DiagnosticRenderer {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    /// All diagnostics in order of file and place, each block ending in a line break.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        let shown = sorted(diagnostics)
        var text = ""
        var start = shown.startIndex
        while start < shown.endIndex {
            let path = path(of: shown[start])
            let end = shown[start...].firstIndex { self.path(of: $0) != path } ?? shown.endIndex
            text += blocks(Array(shown[start..<end]), of: path)
            start = end
        }
        return text
    }

    /// What is wrong in one file, and where there is too much, a line about that.
    private func blocks(_ diagnostics: [Diagnostic], of path: String) -> String {
        let limit = [Diagnostic].limit
        let shown = diagnostics.first(limit)
        var text = shown.map(block).joined()
        if shown.count < diagnostics.count {
            let place = path.isEmpty ? "" : "\(path): ".printable
            text += "\(place)note: only the first \(limit) errors and warnings are shown\n"
        }
        return text
    }

    private func path(of diagnostic: Diagnostic) -> String { key(diagnostic).0 }

    /// By path, then place, each said once.
    package func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Said> = []
        let unique = diagnostics.filter { seen.insert(said($0)).inserted }
        return unique.enumerated().sorted { first, second in
            let left = key(first.element)
            let right = key(second.element)
            return left == right ? first.offset < second.offset : left < right
        }.map(\.element)
    }

    /// What a person reads of a message: a file may have been read twice under two numbers.
    private struct Said: Hashable {
        let path: String
        let start: UInt32
        let message: String
    }

    private func said(_ diagnostic: Diagnostic) -> Said {
        let (path, start) = key(diagnostic)
        return Said(path: path, start: start, message: diagnostic.message)
    }

    private func key(_ diagnostic: Diagnostic) -> (String, UInt32) {
        (sources.text(diagnostic.span.file)?.path ?? "", diagnostic.span.start)
    }

    private func block(_ diagnostic: Diagnostic) -> String {
        let sentence = "\(diagnostic.message) [\(diagnostic.code)]"
        var lines = [headline(diagnostic.severity.rawValue, sentence, diagnostic.span)]
        lines += excerpt(diagnostic.span)
        if let help = diagnostic.help { lines.append("  help: \(help.printable)") }
        for note in diagnostic.notes {
            lines.append(headline("note", note.message, note.span))
            lines += excerpt(note.span)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func headline(_ kind: String, _ message: String, _ span: SourceSpan) -> String {
        let place = sources.location(of: span).map { "\($0): " } ?? ""
        return "\(place)\(kind): \(message)".printable
    }

    /// The source line and a run of carets, cut to a width a terminal shows.
    private func excerpt(_ span: SourceSpan) -> [String] {
        guard let text = sources.text(span.file), !text.bytes.isEmpty else { return [] }
        let position = text.position(at: Int(span.start))
        let line = text.lineBytes(position.line)
        let width = 100
        let place = min(line.startIndex + position.column - 1, line.endIndex)
        let end = min(line.endIndex, max(place + width / 2, line.startIndex + width))
        let start = max(line.startIndex, end - width)
        // As it is shown: what stands for a character may be longer than it.
        func shown(_ part: ArraySlice<UInt8>) -> String {
            String(decoding: part, as: UTF8.self).replacing("\t", with: " ").printable
        }
        let before = shown(line[start..<place]).count
        let length = max(1, Int(span.end) - Int(span.start))
        let marked = line[place..<min(place + length, end)]
        let carets = max(1, shown(marked).count)
        let pointer = String(repeating: " ", count: before) + String(repeating: "^", count: carets)
        return ["    \(shown(line[start..<end]))", "    \(pointer)"]
    }
}
