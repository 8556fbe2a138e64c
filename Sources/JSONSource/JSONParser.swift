package import Parallelism

/// Reads JSON (RFC 8259) from UTF-8 bytes, keeping the span of every key and value.
///
/// A mistake does not end the reading. Where it is plain what was meant (a comma too many, a
/// comment, single quotation marks) it is mended and the value is whole; elsewhere something is
/// lost and reading goes on at the next sound point, to find the next mistake. Nesting deeper than
/// ``JSONParser/depthLimit`` is an error, so no input can exhaust the stack.
package struct JSONParser {
    /// How deep arrays and objects may nest.
    package static let depthLimit = 128
    /// How many values, at any depth, all files of a run may hold.
    package static let valueLimit = 25_000_000
    /// How many bytes a key may have: messages about what stands below it begin with it.
    package static let keyLimit = 4_096
    /// After how many mistakes of grammar the rest of a file is not read.
    package static let mistakeLimit = 1_000

    let bytes: [UInt8]
    let file: Int32
    var offset = 0
    /// The arrays and objects around the place of reading, outermost first.
    private var open: [Container] = []
    private let valueLimit: Int
    private var values = 0
    private var diagnostics: [Diagnostic] = []
    private var mistakes = 0
    /// Whether everything written has found its way into the value.
    var isWhole = true
    /// Whether a bracket has been taken for the end of what another kind had opened.
    private var isMismatched = false
    /// Whether an object ended where the next of its array began, its end being lost.
    private var isResuming = false

    private init(bytes: [UInt8], file: Int32, valueLimit: Int) {
        self.bytes = bytes
        self.file = file
        self.valueLimit = valueLimit
    }

    /// The value a file holds; nil after a mistake that lost a part of it.
    ///
    /// It is the same with any number of workers, who share a long text.
    package static func parse(
        _ bytes: [UInt8],
        file: Int32,
        valueLimit: Int = valueLimit,
        by workers: Workers = .one
    ) -> Parsed<JSONValue?> {
        if let tape = JSONTape(bytes, file: file, valueLimit: valueLimit, by: workers) {
            var parsed = Parsed<JSONValue?>(tape.root, [])
            parsed.count = tape.count
            return parsed
        }
        return parseCarefully(bytes, file: file, valueLimit: valueLimit)
    }

    /// The same without haste: what ``JSONScanner`` does not take.
    package static func parseCarefully(
        _ bytes: [UInt8],
        file: Int32,
        valueLimit: Int = valueLimit
    ) -> Parsed<JSONValue?> {
        var parser = JSONParser(bytes: bytes, file: file, valueLimit: valueLimit)
        var parsed: Parsed<JSONValue?>
        do throws(JSONMistake) {
            let value = try parser.document()
            parsed = Parsed(parser.isWhole ? value : nil, parser.diagnostics)
        } catch {
            let last = error.isSaid ? [] : [error.diagnostic(in: file, of: bytes.count)]
            parsed = Parsed(nil, parser.diagnostics + last)
        }
        parsed.count = parser.values
        return parsed
    }
}

/// A value together with everything there is to say about the text it came from.
package struct Parsed<Value> {
    package var value: Value
    package var diagnostics: [Diagnostic]
    /// How many JSON values were read for it.
    package var count = 0

    package init(_ value: Value, _ diagnostics: [Diagnostic]) {
        self.value = value
        self.diagnostics = diagnostics
    }
}

extension Parsed: Sendable where Value: Sendable {}

/// An array or object that has begun.
private struct Container {
    let name: String
    let closing: Unicode.Scalar
    let start: Int

    static func array(at start: Int) -> Container {
        Container(name: "array", closing: "]", start: start)
    }

    static func object(at start: Int) -> Container {
        Container(name: "object", closing: "}", start: start)
    }
}

extension JSONParser {
    private mutating func document() throws(JSONMistake) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            let help = "save the file as UTF-8 without it"
            try report(.byteOrderMark, "a byte order mark is not JSON", at: 0, help: help)
            offset = 3
        }
        let value = try value()
        try skipSpace()
        if offset < bytes.count {
            var problem = unexpected("expected the end of the file after the value")
            // Where brackets do not match, the value has ended too early.
            problem.isSaid = isMismatched
            throw problem
        }
        return value
    }

    private mutating func value() throws(JSONMistake) -> JSONValue {
        try skipSpace()
        let start = offset
        guard offset < bytes.count else { throw unexpected("expected a value") }
        values += 1
        guard values <= valueLimit else {
            let message = "up to here there are more than \(Self.valueLimit) values to read"
            throw JSONMistake(.tooLarge, message, at: start, isLast: true)
        }
        let content: JSONValue.Content
        switch bytes[offset] {
        case UInt8(ascii: "{"):
            content = try nested(.object(at: start)) { (parser) throws(JSONMistake) in
                try parser.object()
            }
        case UInt8(ascii: "["):
            content = try nested(.array(at: start)) { (parser) throws(JSONMistake) in
                try parser.array()
            }
        case UInt8(ascii: "\""): content = .string(try string())
        case UInt8(ascii: "'"): content = .string(try singleQuoted("expected a value"))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            content = .number(try number())
        default: content = try word()
        }
        return JSONValue(content, at: span(from: start))
    }

    private mutating func nested(
        _ container: Container,
        _ read: (inout JSONParser) throws(JSONMistake) -> JSONValue.Content
    ) throws(JSONMistake) -> JSONValue.Content {
        guard open.count < Self.depthLimit else {
            let message = "values are nested more than \(Self.depthLimit) deep"
            throw JSONMistake(.depth, message, at: offset)
        }
        open.append(container)
        let content = try read(&self)
        open.removeLast()
        return content
    }

    private mutating func object() throws(JSONMistake) -> JSONValue.Content {
        var members: [JSONMember] = []
        offset += 1
        try skipSpace()
        if take("}") { return .object([]) }
        var goesOn = true
        while goesOn {
            var isLost = false
            do throws(JSONMistake) {
                members.append(try member())
            } catch {
                // Where the next object of an array begins, the end of this one is missing.
                if error.offset == offset, beginsNextObject {
                    try report(error)
                    isWhole = false
                    isResuming = true
                    break
                }
                try lose(error)
                isLost = true
            }
            goesOn = try separator(afterLoss: isLost)
        }
        reportDuplicates(in: members)
        return .object(members)
    }

    private mutating func member() throws(JSONMistake) -> JSONMember {
        try skipSpace()
        let start = offset
        let key = try key()
        let keySpan = span(from: start)
        if key.utf8.count > Self.keyLimit {
            let message = "a key has at most \(Self.keyLimit) bytes, not \(key.utf8.count)"
            throw JSONMistake(.tooLarge, message, at: start)
        }
        try skipSpace()
        if !take(":") {
            let problem = unexpected("expected ':' after the key", .missingColon)
            // What begins a value stands for itself; anything else may be anything.
            guard take("=") || beginsValue else { throw problem }
            try report(problem)
        }
        return JSONMember(key: key, keySpan: keySpan, value: try value())
    }

    private mutating func key() throws(JSONMistake) -> String {
        let expectation = "expected a key in quotation marks"
        switch peek() {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "'"): return try singleQuoted(expectation)
        case let byte? where Self.isLetter(byte):
            let problem = unexpected(expectation, .quotes, help: Self.quotesHelp)
            let key = letters()
            try skipSpace()
            guard peek() == UInt8(ascii: ":") else { throw problem }
            try report(problem)
            return key
        default: throw unexpected(expectation)
        }
    }

    private mutating func array() throws(JSONMistake) -> JSONValue.Content {
        var elements: [JSONValue] = []
        offset += 1
        try skipSpace()
        if take("]") { return .array([]) }
        var goesOn = true
        while goesOn {
            var isLost = false
            do throws(JSONMistake) {
                elements.append(try value())
            } catch {
                try lose(error)
                isLost = true
            }
            goesOn = try separator(afterLoss: isLost)
        }
        return .array(elements)
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

// Between the elements of an array or object, and after mistakes.
extension JSONParser {
    /// Steps over what follows an element; false behind the end of the innermost container.
    private mutating func separator(afterLoss: Bool) throws(JSONMistake) -> Bool {
        let container = open[open.count - 1]
        let (name, closing) = (container.name, container.closing)
        // Between most elements nothing is wrong, and nothing is written.
        var expectation: String { "expected ',' or '\(closing)' in the \(name)" }
        var isLost = afterLoss || isResuming
        isResuming = false
        while true {
            try skipSpace()
            if take(",") { return try !closesBehindComma(container) }
            if take(closing) { return false }
            guard offset < bytes.count else {
                var end = unexpected(expectation).noting(
                    "the \(name) begins here",
                    at: container.start
                )
                // What was lost may have held the bracket.
                end.isSaid = isLost
                throw end
            }
            if beginsElement(of: container) {
                if !isLost { try report(unexpected(expectation, .missingComma)) }
                return true
            }
            if isLost, beginsNextObject {
                isResuming = true
                return false
            }
            if !isLost { try report(unexpected(expectation)) }
            isWhole = false
            if isClosing, let end = open.lastIndex(where: { closes($0) }) {
                if isSurplus(in: container) {
                    offset += 1
                    isLost = true
                    continue
                }
                isMismatched = true
                // The file goes on: more likely the bracket is of the wrong kind.
                if end == 0, !isLastText(behind: offset + 1) { offset += 1 }
                return false
            }
            // A bracket that nothing has opened, or something that belongs nowhere.
            if isClosing || !isLost { offset += 1 }
            skipToSoundPoint()
            isLost = true
        }
    }

    /// Whether a container ends behind a comma, which is reported.
    private mutating func closesBehindComma(_ container: Container) throws(JSONMistake) -> Bool {
        try skipSpace()
        guard peek() == UInt8(ascii: container.closing) else { return false }
        let isObject = container.closing == "}"
        try report(
            unexpected(
                isObject ? "expected a key in quotation marks" : "expected a value",
                .trailingComma,
                help: "JSON allows no comma behind the last \(isObject ? "member" : "element")"
            )
        )
        offset += 1
        return true
    }

    private func beginsElement(of container: Container) -> Bool {
        container.closing == "]" ? beginsValue : peek() == UInt8(ascii: "\"")
    }

    private var beginsValue: Bool {
        guard let byte = peek() else { return false }
        return "\"{[-0123456789".utf8.contains(byte)
    }

    /// Whether an object begins where one of an array has not ended: the next of them.
    private var beginsNextObject: Bool {
        guard peek() == UInt8(ascii: "{"), open.last?.closing == "}" else { return false }
        return open.dropLast().last?.closing == "]"
    }

    private func closes(_ container: Container) -> Bool {
        peek() == UInt8(ascii: container.closing)
    }

    /// Whether behind the bracket at the place of reading the container goes on as if it were not
    /// there.
    private func isSurplus(in container: Container) -> Bool {
        let rest = bytes[(offset + 1)...].drop { " \t\r\n,".utf8.contains($0) }
        if container.closing == "]" { return rest.first == UInt8(ascii: "{") }
        return rest.first == UInt8(ascii: "\"") && open.dropLast().last?.closing == "]"
    }

    /// Whether nothing but blanks and brackets stands behind a place.
    private func isLastText(behind place: Int) -> Bool {
        bytes[place...].allSatisfy { " \t\r\n]}".utf8.contains($0) }
    }

    private var isClosing: Bool {
        peek() == UInt8(ascii: "]") || peek() == UInt8(ascii: "}")
    }

    /// Reports a mistake that made an element unreadable, and goes to where the next may begin.
    private mutating func lose(_ mistake: JSONMistake) throws(JSONMistake) {
        try report(mistake)
        isWhole = false
        skipToSoundPoint()
    }

    /// Goes to a comma or closing bracket of the innermost container, or to where a line begins
    /// with what it holds: files are written a member or a step a line.
    private mutating func skipToSoundPoint() {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: ","):
                if depth == 0 { return }
            case UInt8(ascii: "\n"):
                skipBlanks()
                if depth == 0, open.last.map(beginsElement) == true || beginsNextObject { return }
                continue
            default: break
            }
            offset += 1
        }
    }

    /// Steps over a string as far as its line goes.
    private mutating func skipString() {
        offset += 1
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return }
        }
        offset = min(offset, bytes.count)
    }

    /// Says what is wrong and lets the reading go on, unless there is nothing more to read.
    mutating func report(_ mistake: JSONMistake) throws(JSONMistake) {
        if mistake.isLast { throw mistake }
        diagnostics.append(mistake.diagnostic(in: file, of: bytes.count))
        mistakes += 1
        if mistakes == Self.mistakeLimit {
            let message = "more than \(Self.mistakeLimit) mistakes: the rest is not read"
            throw JSONMistake(.tooMany, message, at: offset, isLast: true)
        }
    }

    mutating func report(
        _ kind: JSONMistake.Kind,
        _ message: String,
        at offset: Int,
        help: String? = nil
    ) throws(JSONMistake) {
        try report(JSONMistake(kind, message, at: offset, help: help))
    }
}

extension JSONParser {
    func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek(), byte == 32 || byte == 10 || byte == 13 || byte == 9 { offset += 1 }
    }

    /// Steps over blanks, and over comments, which are reported.
    private mutating func skipSpace() throws(JSONMistake) {
        skipBlanks()
        while let mark = commentMark {
            try report(.comment, "found '\(mark)': JSON has no comments", at: offset)
            if mark == "/*" {
                offset += 2
                while offset < bytes.count, !bytes[offset...].starts(with: "*/".utf8) {
                    offset += 1
                }
                offset = min(offset + 2, bytes.count)
            } else {
                while let byte = peek(), byte != UInt8(ascii: "\n") { offset += 1 }
            }
            skipBlanks()
        }
    }

    private var commentMark: String? {
        guard let byte = peek(), byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") else {
            return nil
        }
        if byte == UInt8(ascii: "#") { return "#" }
        return ["//", "/*"].first { bytes[offset...].starts(with: $0.utf8) }
    }

    private func span(from start: Int) -> SourceSpan {
        SourceSpan(file: file, start: start, end: offset)
    }

    /// "expected …, found …" at the current byte.
    func unexpected(
        _ expectation: String,
        _ kind: JSONMistake.Kind = .unexpected,
        help: String? = nil
    ) -> JSONMistake {
        // At the end of the file there is nothing to go on with, and one message says it.
        JSONMistake(
            offset < bytes.count ? kind : .end,
            "\(expectation), found \(found())",
            at: offset,
            help: help,
            isLast: offset >= bytes.count
        )
    }

    private func found() -> String {
        guard let byte = peek() else { return "the end of the file" }
        if Self.isLetter(byte) {
            let word = bytes[offset...].prefix(32).prefix { Self.isLetter($0) }
            return "'\(String(decoding: word, as: UTF8.self))'"
        }
        if byte > 0x20, byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
        if byte >= 0x80, sequenceLength(at: offset) == nil { return "a byte that is not UTF-8" }
        if byte >= 0x80 { return "a character outside ASCII" }
        return "a control character"
    }
}
