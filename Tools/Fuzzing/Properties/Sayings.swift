import JSONSource

/// What must hold of everything that is said about a text.
struct Sayings {
    let sources: SourceMap

    /// How many messages are printed: the rest are made the same way.
    private static let printed = 40

    /// What is wrong with some messages.
    func problems(_ diagnostics: [Diagnostic]) -> [String] {
        var problems: [String] = []
        for diagnostic in diagnostics {
            if diagnostic.message.isEmpty { problems.append("a message says nothing") }
            let spans = [diagnostic.span] + diagnostic.notes.map(\.span)
            if spans.contains(where: isOutside) {
                problems.append("'\(diagnostic.message)' has no place in its file")
            }
        }
        let shown = Array(diagnostics.prefix(Self.printed))
        let text = DiagnosticRenderer(sources: sources).render(shown)
        return problems + PrintedText.problems(text)
    }

    /// All that is printed about a text, to be compared.
    func text(_ diagnostics: [Diagnostic]) -> String {
        DiagnosticRenderer(sources: sources).render(diagnostics)
    }

    private func isOutside(_ span: SourceSpan) -> Bool {
        guard let text = sources.text(span.file) else { return true }
        return span.start > span.end || Int(span.end) > text.bytes.count
    }
}

/// What must hold of everything that is printed.
enum PrintedText {
    /// Nothing but line breaks may steer a terminal.
    static func problems(_ text: String) -> [String] {
        var last: UInt8 = 0
        for byte in text.utf8 {
            let isControl = byte < 0x20 && byte != 10 || byte == 0x7F
            // U+0080…U+009F; no other sequence has these two bytes at its start.
            if isControl || last == 0xC2 && (0x80..<0xA0).contains(byte) {
                return ["a control character is printed: \(text.debugDescription)"]
            }
            last = byte
        }
        return []
    }

    /// What a machine reads must be JSON, each line of it or the whole.
    static func problems(json text: String) -> [String] {
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        guard let problem = parsed.diagnostics.first else {
            return parsed.value == nil ? ["no JSON is printed"] : []
        }
        return ["\(problem.message) in what is printed: \(text)"]
    }
}
