/// Reads JSON text; there is no attempt at good error messages.
package struct ReferenceJSONParser {
    /// What is wrong with a text, and where.
    package struct Failure: Error {
        package let offset: Int
        package let message: String
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The value a text holds.
    package static func parse(_ text: String) throws(Failure) -> JSON {
        var parser = ReferenceJSONParser(text)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == parser.bytes.count else {
            throw parser.failure("text after the value")
        }
        return value
    }

    private func failure(_ message: String) -> Failure {
        Failure(offset: position, message: message)
    }

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func take(_ character: Character) throws(Failure) {
        guard let byte = current, byte == character.asciiValue else {
            throw failure("expected \(character)")
        }
        position += 1
    }

    private mutating func value() throws(Failure) -> JSON {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"):
            return try object()
        case UInt8(ascii: "["):
            return try array()
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "t"):
            return try literal("true", .bool(true))
        case UInt8(ascii: "f"):
            return try literal("false", .bool(false))
        case UInt8(ascii: "n"):
            return try literal("null", .null)
        default:
            return try number()
        }
    }

    private mutating func literal(_ word: String, _ value: JSON) throws(Failure) -> JSON {
        for character in word {
            try take(character)
        }
        return value
    }

    private mutating func number() throws(Failure) -> JSON {
        let allowed = Set("+-.eE0123456789".utf8)
        let start = position
        while let byte = current, allowed.contains(byte) {
            position += 1
        }
        guard position > start else {
            throw failure("expected a value")
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func array() throws(Failure) -> JSON {
        try take("[")
        var elements: [JSON] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            elements.append(try value())
            skipSpace()
            if current == UInt8(ascii: "]") {
                position += 1
                return .array(elements)
            }
            try take(",")
        }
    }

    private mutating func object() throws(Failure) -> JSON {
        try take("{")
        var members: [String: JSON] = [:]
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object([:])
        }
        while true {
            skipSpace()
            let name = try string()
            skipSpace()
            try take(":")
            guard members.updateValue(try value(), forKey: name) == nil else {
                throw failure("the key \(name) occurs twice")
            }
            skipSpace()
            if current == UInt8(ascii: "}") {
                position += 1
                return .object(members)
            }
            try take(",")
        }
    }

    private mutating func string() throws(Failure) -> String {
        try take("\"")
        var text: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += try escape()
            default:
                text.append(byte)
            }
        }
        throw failure("a string without an end")
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        guard let byte = current else {
            throw failure("a string without an end")
        }
        position += 1
        switch byte {
        case UInt8(ascii: "n"):
            return [0x0A]
        case UInt8(ascii: "r"):
            return [0x0D]
        case UInt8(ascii: "t"):
            return [0x09]
        case UInt8(ascii: "b"):
            return [0x08]
        case UInt8(ascii: "f"):
            return [0x0C]
        case UInt8(ascii: "u"):
            return try unicodeEscape()
        default:
            return [byte]
        }
    }

    private mutating func unicodeEscape() throws(Failure) -> [UInt8] {
        var units = [try hexadecimalUnit()]
        if UTF16.isLeadSurrogate(units[0]) {
            try take("\\")
            try take("u")
            units.append(try hexadecimalUnit())
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private mutating func hexadecimalUnit() throws(Failure) -> UInt16 {
        guard position + 4 <= bytes.count,
            let unit = UInt16(
                String(decoding: bytes[position..<position + 4], as: UTF8.self),
                radix: 16
            )
        else {
            throw failure("expected four hexadecimal digits")
        }
        position += 4
        return unit
    }
}
