package import JSONSource

extension JSONValue {
    /// The length of the value written without white space outside strings, in characters.
    package var compactLength: Int { policyText?.length ?? builtLength }

    private var builtLength: Int {
        switch content {
        case .null: 4
        case .bool(let flag): flag ? 4 : 5
        case .number(let text): text.utf8.count
        case .string(let text): text.unicodeScalars.count + 2
        case .array(let elements):
            elements.reduce(2 + max(0, elements.count - 1)) { $0 + $1.compactLength }
        case .object(let members):
            members.reduce(2 + max(0, members.count - 1)) {
                $0 + $1.key.unicodeScalars.count + 3 + $1.value.compactLength
            }
        }
    }

    /// What can be told of a document from its bytes, where they are all of it.
    var policyText: PolicyText? {
        withWrittenBytes { PolicyText($0) }
    }
}

/// A document as it is written, looked at byte by byte.
struct PolicyText {
    /// Its length without white space outside strings, in characters.
    private(set) var length = 0
    /// Whether it holds nothing but ASCII, and no escapes.
    private(set) var isPlain = true

    /// The bytes of sound JSON; nil for what is read more carefully elsewhere.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var isInString = false
        var place = 0
        while place < bytes.count {
            // PERF: nearly all of a compact document is neither blank, escaped nor beyond ASCII.
            if place + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                if let quotes = Self.quotationMarks(in: word) {
                    length += 8
                    if quotes % 2 == 1 { isInString.toggle() }
                    place += 8
                    continue
                }
            }
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\\"): return nil
            case UInt8(ascii: "\""):
                isInString.toggle()
                length += 1
            case 0x20, 0x09, 0x0A, 0x0D: length += isInString ? 1 : 0
            case 0x80...0xBF: isPlain = false
            default:
                if byte > 0x7F { isPlain = false }
                length += 1
            }
        }
    }

    /// How many of eight bytes are quotation marks; nil where one of them is looked at by itself.
    private static func quotationMarks(in word: UInt64) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones << 7
        // The high bit of each byte that is zero, exactly so where all bytes are ASCII.
        func zeros(_ word: UInt64) -> UInt64 { ~(word &+ (high &- ones)) & high }
        guard word & high == 0, zeros(word ^ ones &* 0x5C) == 0,
            (word &+ ones &* (0x80 - 0x21)) & high == high
        else { return nil }
        return zeros(word ^ ones &* 0x22).nonzeroBitCount
    }
}
