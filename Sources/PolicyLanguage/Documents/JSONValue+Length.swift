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
        writtenText.flatMap { text in text.withBytes { PolicyText($0) } }
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
        for byte in bytes {
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
}
