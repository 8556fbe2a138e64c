/// A JSON value to be written: members keep the order they are given in.
package indirect enum JSONOutput: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    /// A number as text that is already JSON.
    case number(String)
    case string(String)
    case array([JSONOutput])
    case object([Member])

    package struct Member: Sendable, Hashable {
        package let key: String
        package let value: JSONOutput

        package init(_ key: String, _ value: JSONOutput) {
            self.key = key
            self.value = value
        }
    }

    /// An object from pairs; pairs whose value is nil are left out.
    package static func fields(_ pairs: KeyValuePairs<String, JSONOutput?>) -> JSONOutput {
        .object(pairs.compactMap { pair in pair.value.map { Member(pair.key, $0) } })
    }

    package static func optional(_ text: String?) -> JSONOutput {
        text.map { .string($0) } ?? .null
    }

    package static func strings(_ texts: some Sequence<String>) -> JSONOutput {
        .array(texts.map { .string($0) })
    }
}

extension JSONOutput {
    /// A value that was read, to be written again.
    package init(_ value: JSONValue) {
        switch value.content {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let text): self = .number(text)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { JSONOutput($0) })
        case .object(let members):
            self = .object(members.map { Member($0.key, JSONOutput($0.value)) })
        }
    }

    /// One line without spaces.
    package var compact: String {
        var writer = JSONWriter(indent: nil)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Indented by two spaces as a part of something longer, so many levels deep in it.
    package func pretty(depth: Int) -> String {
        var writer = JSONWriter(indent: 2, depth: depth)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Indented by two spaces, ending in a line break.
    package var pretty: String {
        var writer = JSONWriter(indent: 2)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}

private struct JSONWriter {
    var bytes: [UInt8] = []
    private let indent: Int?
    private var depth: Int

    init(indent: Int?, depth: Int = 0) {
        self.indent = indent
        self.depth = depth
    }

    mutating func write(_ value: JSONOutput) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(String(number))
        case .number(let text): append(text)
        case .string(let text): quote(text)
        case .array(let elements):
            list("[", "]", elements) { writer, element in writer.write(element) }
        case .object(let members):
            list("{", "}", members) { writer, member in
                writer.quote(member.key)
                writer.append(writer.indent == nil ? ":" : ": ")
                writer.write(member.value)
            }
        }
    }

    private mutating func list<Element>(
        _ open: String,
        _ close: String,
        _ elements: [Element],
        _ body: (inout JSONWriter, Element) -> Void
    ) {
        append(open)
        depth += 1
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            breakLine()
            body(&self, element)
        }
        depth -= 1
        if !elements.isEmpty { breakLine() }
        append(close)
    }

    private mutating func breakLine() {
        guard let indent else { return }
        bytes.append(10)
        bytes.append(contentsOf: repeatElement(32, count: depth * indent))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func quote(_ text: String) {
        bytes.append(34)
        if text.utf8.allSatisfy({ $0 >= 32 && $0 < 0x7F && $0 != 34 && $0 != 92 }) {
            append(text)
        } else {
            for scalar in text.unicodeScalars { quote(scalar) }
        }
        bytes.append(34)
    }

    private mutating func quote(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        // Also what steers whoever looks at the output.
        case _ where scalar.steersOutput:
            for unit in String(scalar).utf16 { escape(unit) }
        default: bytes += String(scalar).utf8
        }
    }

    private mutating func escape(_ unit: UInt16) {
        let digits = Array("0123456789abcdef".utf8)
        append("\\u")
        for shift in [12, 8, 4, 0] as [UInt16] { bytes.append(digits[Int(unit >> shift & 15)]) }
    }
}
