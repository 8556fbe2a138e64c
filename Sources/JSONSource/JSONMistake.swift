/// A mistake of grammar or encoding in a JSON text.
struct JSONMistake: Error {
    /// What is wrong, as the end of the diagnostic's code.
    enum Kind: String {
        case byteOrderMark = "byte-order-mark"
        case comment
        case controlCharacter = "control-character"
        case depth
        /// The text ends too early.
        case end
        case escape
        case missingColon = "missing-colon"
        case missingComma = "missing-comma"
        case number
        case quotes
        case surrogate
        case tooMany = "too-many-mistakes"
        case trailingComma = "trailing-comma"
        case unexpected
        case utf8
        case word
    }

    let kind: Kind
    let message: String
    let offset: Int
    let help: String?
    /// Whether nothing can be read behind it.
    let isLast: Bool
    /// Whether it follows from another mistake, which has been reported.
    var isSaid = false
    private var note: (message: String, offset: Int)?

    init(
        _ kind: Kind,
        _ message: String,
        at offset: Int,
        help: String? = nil,
        isLast: Bool = false
    ) {
        self.kind = kind
        self.message = message
        self.offset = offset
        self.help = help
        self.isLast = isLast
    }
}

extension JSONMistake {
    func noting(_ message: String, at offset: Int) -> JSONMistake {
        var copy = self
        copy.note = (message, offset)
        return copy
    }

    /// The mistake in a file of so many bytes.
    func diagnostic(in file: Int32, of count: Int) -> Diagnostic {
        func span(_ offset: Int) -> SourceSpan {
            SourceSpan(file: file, start: offset, end: min(offset + 1, count))
        }
        let code = "json." + kind.rawValue
        let problem = Diagnostic.error(code, message, at: span(offset), help: help)
        return note.map { problem.noting($0.message, at: span($0.offset)) } ?? problem
    }
}
