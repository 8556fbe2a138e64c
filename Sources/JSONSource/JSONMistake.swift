/// A mistake of grammar or encoding in a JSON text.
struct JSONMistake: Error {
    /// What is wrong, as the code of the diagnostic.
    enum Kind: String {
        case byteOrderMark = "json.byte-order-mark"
        case comment = "json.comment"
        case controlCharacter = "json.control-character"
        case depth = "json.depth"
        case end = "json.end"
        case escape = "json.escape"
        case missingColon = "json.missing-colon"
        case missingComma = "json.missing-comma"
        case number = "json.number"
        case quotes = "json.quotes"
        case surrogate = "json.surrogate"
        case tooLarge = "json.too-large"
        case tooMany = "json.too-many-mistakes"
        case trailingComma = "json.trailing-comma"
        case unexpected = "json.unexpected"
        case encoding = "json.encoding"
        case word = "json.word"
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
        let problem = Diagnostic.error(kind.rawValue, message, at: span(offset), help: help)
        return note.map { problem.noting($0.message, at: span($0.offset)) } ?? problem
    }
}
