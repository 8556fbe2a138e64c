/// A `${…}` in the bytes of a policy's text.
struct VariableReference {
    let piece: TextTemplate.Piece
    let end: Int
}

/// Finds the variables of a text from its beginning to its end.
///
/// - Complexity: linear in the text, however many references are begun and never ended: each
///   brace and comma is looked for once.
struct VariableFinder {
    private let bytes: [UInt8]
    private var brace: Place
    private var comma: Place

    /// The next of a kind of byte from where it was last looked for.
    private struct Place {
        let byte: UInt8
        var offset = -1

        mutating func next(in bytes: [UInt8], from start: Int) -> Int {
            if offset >= start { return offset }
            offset = bytes[start...].firstIndex(of: byte) ?? bytes.count
            return offset
        }
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        brace = Place(byte: UInt8(ascii: "}"))
        comma = Place(byte: UInt8(ascii: ","))
    }

    /// Bytes that stand for themselves in `${*}`, `${?}` and `${$}`.
    private static let literals = Set("*?$".utf8)

    /// Nil where no complete reference begins at the offset; the text is then literal.
    mutating func reference(at offset: Int) -> VariableReference? {
        guard bytes[offset] == UInt8(ascii: "$"), offset + 1 < bytes.count,
            bytes[offset + 1] == UInt8(ascii: "{")
        else { return nil }
        let start = offset + 2
        let close = brace.next(in: bytes, from: start)
        guard close < bytes.count, close > start else { return nil }
        if close == start + 1, Self.literals.contains(bytes[start]) {
            return VariableReference(piece: .literal([bytes[start]]), end: close + 1)
        }
        let comma = comma.next(in: bytes, from: start)
        var fallback: String?
        if comma < close {
            // `, 'default'`
            let tail = bytes[comma..<close]
            guard tail.count >= 4, tail.starts(with: ", '".utf8), tail.last == UInt8(ascii: "'")
            else { return nil }
            fallback = String(decoding: tail.dropFirst(3).dropLast(), as: UTF8.self)
        }
        let name = String(decoding: bytes[start..<min(comma, close)], as: UTF8.self)
        return VariableReference(
            piece: .variable(ConditionKey(name), default: fallback),
            end: close + 1
        )
    }
}
