/// JSON written piece by piece into a sink, so that a file larger than the memory can be made.
///
/// Strings are written as they are: workloads hold nothing that needs an escape.
package struct JSONText {
    /// Spaces of one level; nil for everything on one line.
    private let indent: Int?
    private let sink: ([UInt8]) -> Void
    private var bytes: [UInt8] = []
    private var depth = 0
    private var needsComma = false

    private static let pieceSize = 1 << 20

    package init(indent: Int?, to sink: @escaping ([UInt8]) -> Void) {
        self.indent = indent
        self.sink = sink
        bytes.reserveCapacity(Self.pieceSize + 4_096)
    }

    /// Hands over what is left, with a line break behind it.
    package mutating func finish() {
        bytes.append(UInt8(ascii: "\n"))
        flush()
        needsComma = false
    }
}

extension JSONText {
    /// An object, or with a key a member that is one.
    package mutating func object(
        _ key: String? = nil,
        _ members: (inout JSONText) throws -> Void
    ) rethrows {
        try container(key, open: "{", close: "}", members)
    }

    /// A list, or with a key a member that is one.
    package mutating func array(
        _ key: String? = nil,
        _ elements: (inout JSONText) throws -> Void
    ) rethrows {
        try container(key, open: "[", close: "]", elements)
    }

    package mutating func string(_ key: String?, _ value: String) {
        begin(key)
        quoted(value)
        needsComma = true
    }

    package mutating func bool(_ key: String, _ value: Bool) {
        begin(key)
        bytes += (value ? "true" : "false").utf8
        needsComma = true
    }

    package mutating func strings(_ key: String, _ values: [String]) {
        array(key) { text in
            for value in values { text.string(nil, value) }
        }
    }

    /// A list, or its one element, as policies are often written.
    package mutating func stringOrStrings(_ key: String, _ values: [String]) {
        if values.count == 1 { string(key, values[0]) } else { strings(key, values) }
    }
}

extension JSONText {
    private mutating func container(
        _ key: String?,
        open: Unicode.Scalar,
        close: Unicode.Scalar,
        _ content: (inout JSONText) throws -> Void
    ) rethrows {
        begin(key)
        bytes.append(UInt8(ascii: open))
        depth += 1
        needsComma = false
        try content(&self)
        depth -= 1
        if needsComma { breakLine() }
        bytes.append(UInt8(ascii: close))
        needsComma = true
        if bytes.count >= Self.pieceSize { flush() }
    }

    private mutating func begin(_ key: String?) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        if depth > 0 { breakLine() }
        guard let key else { return }
        quoted(key)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func breakLine() {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * depth))
    }

    private mutating func flush() {
        sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
