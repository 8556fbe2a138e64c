/// Writes JSON byte by byte, where a tree of values to write would cost more than the writing.
///
/// Whoever calls it opens what he closes: the writer puts commas, line breaks and indentation.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    /// How many spaces a level takes; nil for one line without any.
    private let indent: Int?
    private var depth: Int
    /// Whether nothing stands yet in the list or object that is open.
    private var isAtStart = true

    package init(indent: Int? = nil, depth: Int = 0) {
        self.indent = indent
        self.depth = depth
    }
}

// PERF: `orgsim evaluate` writes every answer with it, see the row "lines read, decided and written". The
// closures do not escape, so that nothing is allocated but the bytes.
extension JSONWriter {
    /// An object whose fields the body writes, each begun by ``field(_:)``.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        list(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// A list whose elements the body writes, each begun by ``element()``.
    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        list(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// A list with an element for each item, which the body writes.
    package mutating func array<Item>(
        of items: [Item],
        _ body: (Item, inout JSONWriter) -> Void
    ) {
        array { writer in
            for item in items {
                writer.element()
                body(item, &writer)
            }
        }
    }

    /// Begins a field, whose value comes next.
    ///
    /// The name needs no escape.
    package mutating func field(_ name: StaticString) {
        element()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        )
        bytes.append(UInt8(ascii: "\""))
        colon()
    }

    /// Begins an element of a list; it comes next.
    package mutating func element() {
        if !isAtStart { bytes.append(UInt8(ascii: ",")) }
        isAtStart = false
        breakLine()
    }

    package mutating func null() { append("null") }

    package mutating func integer(_ number: Int) {
        guard number < 0 || number > 9 else {
            return bytes.append(UInt8(ascii: "0") + UInt8(number))
        }
        append(String(number))
    }

    package mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let isWritten = text.utf8.withContiguousStorageIfAvailable { units in
            guard UnsafeRawBufferPointer(units).standsForItself else { return false }
            bytes.append(contentsOf: units)
            return true
        }
        if isWritten != true {
            for scalar in text.unicodeScalars { quote(scalar) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A string, or null where there is none.
    package mutating func optional(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    package mutating func strings(_ texts: [String]) {
        array(of: texts) { $1.string($0) }
    }

    package mutating func value(_ value: JSONOutput) {
        switch value {
        case .null: null()
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): integer(number)
        case .number(let text): append(text)
        case .string(let text): string(text)
        case .array(let elements):
            array(of: elements) { $1.value($0) }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.element()
                    writer.string(member.key)
                    writer.colon()
                    writer.value(member.value)
                }
            }
        }
    }

    /// Bytes of a value that whoever calls puts together himself.
    @inline(__always)
    package mutating func raw(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
    }

    /// As above.
    package mutating func raw(_ text: UnsafeRawBufferPointer) { bytes.append(contentsOf: text) }

    /// As above, a part of a text that was written before.
    package mutating func raw(_ text: [UInt8], _ range: Range<Int>) {
        text.withUnsafeBytes { bytes.append(contentsOf: $0[range]) }
    }

    /// Ends one of several values that stand in lines.
    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        isAtStart = true
    }

    package mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }
}

extension JSONWriter {
    private mutating func list(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        bytes.append(open)
        depth += 1
        isAtStart = true
        body(&self)
        depth -= 1
        if !isAtStart { breakLine() }
        bytes.append(close)
        isAtStart = false
    }

    private mutating func breakLine() {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * indent))
    }

    private mutating func colon() {
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
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

extension UnsafeRawBufferPointer {
    /// Whether a string of JSON holds the bytes as they are, each a character of its own.
    fileprivate var standsForItself: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var at = 0
        while at + 8 <= count {
            let word = loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let quotes = (word ^ (ones &* 0x22)) &- ones
            let backslashes = (word ^ (ones &* 0x5C)) &- ones
            // Below a space, and from 0x7F on.
            let others = (word &- (ones &* 0x20)) | (word &+ ones) | word
            // Borrows and carries can only make a word look worse than it is.
            guard (quotes | backslashes | others) & (ones &* 0x80) == 0 else {
                return allSatisfy(\.standsForItself)
            }
            at += 8
        }
        while at < count {
            guard self[at].standsForItself else { return false }
            at += 1
        }
        return true
    }
}

extension UInt8 {
    /// Whether a string of JSON holds the byte as it is, and it is a character of its own.
    fileprivate var standsForItself: Bool {
        self >= 32 && self < 0x7F && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
    }
}
