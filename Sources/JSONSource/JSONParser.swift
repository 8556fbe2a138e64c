/// Reads JSON (RFC 8259) from UTF-8 bytes, keeping the span of every key and value.
///
/// The first error of grammar or encoding ends the reading; duplicate keys are reported and
/// reading goes on. Nesting deeper than ``JSONParser/depthLimit`` is an error, so no input can
/// exhaust the stack.
package struct JSONParser {
    /// How deep arrays and objects may nest.
    package static let depthLimit = 128
    /// How many values, at any depth, one file may hold.
    package static let valueLimit = 3_000_000
    /// How many bytes a key may have: messages about what stands below it begin with it.
    package static let keyLimit = 4_096

    private let bytes: [UInt8]
    private let file: Int32
    private var offset = 0
    private var depth = 0
    private var values = 0
    private var diagnostics: [Diagnostic] = []

    private init(bytes: [UInt8], file: Int32) {
        self.bytes = bytes
        self.file = file
    }

    /// The value a file holds, nil after an error of grammar.
    package static func parse(_ bytes: [UInt8], file: Int32) -> Parsed<JSONValue?> {
        var parser = JSONParser(bytes: bytes, file: file)
        do throws(SyntaxError) {
            let value = try parser.document()
            return Parsed(value, parser.diagnostics)
        } catch {
            let end = min(error.offset + 1, bytes.count)
            let span = SourceSpan(file: file, start: error.offset, end: end)
            let problem = Diagnostic.error("json.syntax", error.message, at: span)
            return Parsed(nil, parser.diagnostics + [problem])
        }
    }
}

/// A value together with everything there is to say about the text it came from.
package struct Parsed<Value> {
    package var value: Value
    package var diagnostics: [Diagnostic]

    package init(_ value: Value, _ diagnostics: [Diagnostic]) {
        self.value = value
        self.diagnostics = diagnostics
    }
}

extension Parsed: Sendable where Value: Sendable {}

/// A key that equals another only byte by byte.
private struct ExactKey: Hashable {
    let text: String

    static func == (left: ExactKey, right: ExactKey) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

private struct SyntaxError: Error {
    let message: String
    let offset: Int
}

extension JSONParser {
    private mutating func document() throws(SyntaxError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw SyntaxError(message: "a byte order mark is not JSON", offset: 0)
        }
        let value = try value()
        skipSpace()
        if offset < bytes.count {
            throw unexpected("expected the end of the file after the value")
        }
        return value
    }

    private mutating func value() throws(SyntaxError) -> JSONValue {
        skipSpace()
        let start = offset
        guard offset < bytes.count else { throw unexpected("expected a value") }
        values += 1
        guard values <= Self.valueLimit else {
            let message = "there are more than \(Self.valueLimit) values in one file"
            throw SyntaxError(message: message, offset: start)
        }
        let content: JSONValue.Content
        switch bytes[offset] {
        case UInt8(ascii: "{"):
            content = try nested { (parser) throws(SyntaxError) in try parser.object() }
        case UInt8(ascii: "["):
            content = try nested { (parser) throws(SyntaxError) in try parser.array() }
        case UInt8(ascii: "\""): content = .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            content = .number(try number())
        case UInt8(ascii: "t"): content = try word("true", .bool(true))
        case UInt8(ascii: "f"): content = try word("false", .bool(false))
        case UInt8(ascii: "n"): content = try word("null", .null)
        default: throw unexpected("expected a value")
        }
        return JSONValue(content, at: span(from: start))
    }

    private mutating func nested(
        _ read: (inout JSONParser) throws(SyntaxError) -> JSONValue.Content
    ) throws(SyntaxError) -> JSONValue.Content {
        guard depth < Self.depthLimit else {
            let message = "values are nested more than \(Self.depthLimit) deep"
            throw SyntaxError(message: message, offset: offset)
        }
        depth += 1
        let content = try read(&self)
        depth -= 1
        return content
    }

    private mutating func object() throws(SyntaxError) -> JSONValue.Content {
        var members: [JSONMember] = []
        offset += 1
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else {
                throw unexpected("expected a key in quotation marks")
            }
            let start = offset
            let key = try string()
            let keySpan = span(from: start)
            guard key.utf8.count <= Self.keyLimit else {
                let message = "a key has at most \(Self.keyLimit) bytes, not \(key.utf8.count)"
                throw SyntaxError(message: message, offset: start)
            }
            skipSpace()
            guard take(":") else { throw unexpected("expected ':' after the key") }
            members.append(JSONMember(key: key, keySpan: keySpan, value: try value()))
            skipSpace()
            if take("}") { break }
            guard take(",") else { throw unexpected("expected ',' or '}' in the object") }
        }
        reportDuplicates(in: members)
        return .object(members)
    }

    private mutating func array() throws(SyntaxError) -> JSONValue.Content {
        var elements: [JSONValue] = []
        offset += 1
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            elements.append(try value())
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw unexpected("expected ',' or ']' in the array") }
        }
    }

    private mutating func reportDuplicates(in members: [JSONMember]) {
        guard members.count > 1 else { return }
        // Keys are compared byte by byte; Swift's own comparison takes two spellings of an
        // accented letter for one.
        var first: [ExactKey: SourceSpan] = [:]
        for member in members {
            let key = ExactKey(text: member.key)
            if let earlier = first[key] {
                diagnostics.append(.duplicateKey(member.key, at: member.keySpan, first: earlier))
                diagnostics.keepWithinLimit()
            } else {
                first[key] = member.keySpan
            }
        }
    }
}

extension JSONParser {
    private mutating func number() throws(SyntaxError) -> String {
        let start = offset
        _ = take("-")
        if take("0") {
            if let byte = peek(), byte >= 48, byte <= 57 {
                throw SyntaxError(message: "a number cannot begin with 0", offset: offset - 1)
            }
        } else {
            try digits()
        }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits() throws(SyntaxError) {
        let start = offset
        while let byte = peek(), byte >= 48, byte <= 57 { offset += 1 }
        if offset == start { throw unexpected("expected a digit") }
    }

    private mutating func word(
        _ text: StaticString,
        _ content: JSONValue.Content
    ) throws(SyntaxError) -> JSONValue.Content {
        let start = offset
        let matches = text.withUTF8Buffer { bytes[offset...].starts(with: $0) }
        guard matches else {
            offset = start
            throw unexpected("expected a value")
        }
        offset += text.utf8CodeUnitCount
        return content
    }

    private mutating func string() throws(SyntaxError) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let text = String(decoding: bytes[start..<offset], as: UTF8.self)
                offset += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            try plainCharacter()
        }
        throw unexpected("expected '\"' to close the string")
    }

    /// The rest of a string in which an escape was met; `start` is its first byte.
    private mutating func escapedString(from start: Int) throws(SyntaxError) -> String {
        var decoded = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: decoded, as: UTF8.self)
            case UInt8(ascii: "\\"):
                let scalar = try escape()
                decoded.append(contentsOf: Array(String(scalar).utf8))
            default:
                let from = offset
                try plainCharacter()
                decoded.append(contentsOf: bytes[from..<offset])
            }
        }
        throw unexpected("expected '\"' to close the string")
    }

    private mutating func escape() throws(SyntaxError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        guard let byte = peek() else { throw unexpected("expected a character after '\\'") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default:
            offset = start
            throw SyntaxError(message: "unknown escape in a string", offset: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(SyntaxError) -> Unicode.Scalar {
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
        let lone = SyntaxError(message: "half of a surrogate pair in a string", offset: start)
        guard high < 0xDC00, take("\\"), take("u") else { throw lone }
        let low = try hexadecimal()
        guard low >= 0xDC00, low <= 0xDFFF else { throw lone }
        let value = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw lone }
        return scalar
    }

    private mutating func hexadecimal() throws(SyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else {
                throw unexpected("expected four hexadecimal digits after '\\u'")
            }
            value = value * 16 + UInt32(digit)
            offset += 1
        }
        return value
    }

    /// Steps over one well-formed UTF-8 sequence inside a string.
    private mutating func plainCharacter() throws(SyntaxError) {
        let byte = bytes[offset]
        if byte < 0x20 {
            let message = "a control character in a string must be written as an escape"
            throw SyntaxError(message: message, offset: offset)
        }
        if byte < 0x80 {
            offset += 1
            return
        }
        guard let length = sequenceLength(at: offset) else {
            throw SyntaxError(message: "this byte is not valid UTF-8", offset: offset)
        }
        offset += length
    }

    /// The length of the UTF-8 sequence at an offset; nil where Unicode's table 3-7 forbids it.
    private func sequenceLength(at offset: Int) -> Int? {
        let lead = bytes[offset]
        let (length, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return nil }
        let tail = bytes[(offset + 2)..<(offset + length)]
        return tail.allSatisfy { (0x80...0xBF).contains($0) } ? length : nil
    }
}

extension JSONParser {
    private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 32 || byte == 10 || byte == 13 || byte == 9 { offset += 1 }
    }

    private func span(from start: Int) -> SourceSpan {
        SourceSpan(file: file, start: start, end: offset)
    }

    /// "expected …, found …" at the current byte.
    private func unexpected(_ expectation: String) -> SyntaxError {
        SyntaxError(message: "\(expectation), found \(found())", offset: offset)
    }

    private func found() -> String {
        guard let byte = peek() else { return "the end of the file" }
        if byte > 0x20, byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
        if byte >= 0x80, sequenceLength(at: offset) == nil { return "a byte that is not UTF-8" }
        if byte >= 0x80 { return "a character outside ASCII" }
        return "a control character"
    }
}
