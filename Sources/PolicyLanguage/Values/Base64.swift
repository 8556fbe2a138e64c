/// Standard base64 (RFC 4648, section 4), as `BinaryEquals` takes it (COND-25).
package enum Base64 {
    /// The bytes a text stands for; nil when it is not base64.
    package static func bytes(_ text: String) -> [UInt8]? {
        var characters = Array(text.utf8)[...]
        guard characters.count % 4 == 0 else { return nil }
        for _ in 0..<2 where characters.last == UInt8(ascii: "=") {
            characters = characters.dropLast()
        }
        var bytes: [UInt8] = []
        var bits = 0
        var buffer: UInt32 = 0
        for character in characters {
            guard let value = value(character) else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return bytes
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
