// Numbers, words and strings.

extension JSONParser {
    mutating func number() throws(JSONMistake) -> String {
        var start = offset
        let sign = take("-") ? "-" : ""
        if peek() == UInt8(ascii: "0") {
            offset += 1
            if let byte = peek(), Self.isDigit(byte) {
                try report(.number, "a number cannot begin with 0", at: offset - 1)
                while peek() == UInt8(ascii: "0") { offset += 1 }
                let isZero = peek().map(Self.isDigit) != true
                start = isZero ? offset - 1 : offset
                while let byte = peek(), Self.isDigit(byte) { offset += 1 }
            }
        } else {
            try digits()
        }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        return text.hasPrefix(sign) ? text : sign + text
    }

    private mutating func digits() throws(JSONMistake) {
        let start = offset
        while let byte = peek(), Self.isDigit(byte) { offset += 1 }
        if offset == start {
            try report(unexpected("expected a digit", .number))
            isWhole = false
        }
    }

    /// `true`, `false` and `null`; what other languages call them is reported and understood.
    mutating func word() throws(JSONMistake) -> JSONValue.Content {
        let start = offset
        let problem = unexpected("expected a value")
        guard let byte = peek(), Self.isLetter(byte) else { throw problem }
        let word = letters()
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: break
        }
        let meant: (name: String, content: JSONValue.Content)? =
            switch word.lowercased() {
            case "true": ("true", .bool(true))
            case "false": ("false", .bool(false))
            case "null", "none": ("null", .null)
            default: nil
            }
        guard let meant else { return .string(try unquoted(word, from: start, problem)) }
        offset = start
        // Whether something else was meant to stand there cannot be known.
        if case .null = meant.content { isWhole = false }
        try report(.word, problem.message, at: start, help: "JSON writes '\(meant.name)'")
        offset = start + word.utf8.count
        return meant.content
    }

    /// A word without quotation marks that stands where a value does.
    private mutating func unquoted(
        _ word: String,
        from start: Int,
        _ problem: JSONMistake
    ) throws(JSONMistake) -> String {
        let near = NearestName.of(word, among: ["true", "false", "null"])
        let help = near.map { "did you mean '\($0)'?" } ?? Self.quotesHelp
        let mistake = JSONMistake(.word, problem.message, at: start, help: help)
        let isNumber = ["nan", "infinity", "undefined"].contains(word.lowercased())
        let rest = bytes[offset...].first { !" \t".utf8.contains($0) }
        guard near == nil, !isNumber, let rest, ",]}\r\n".utf8.contains(rest) else {
            offset = start
            throw mistake
        }
        try report(mistake)
        return word
    }

    /// A run of letters, digits, `_` and `-`.
    mutating func letters() -> String {
        let start = offset
        while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || byte == 0x2D {
            offset += 1
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "$")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static let quotesHelp = "JSON writes text between double quotation marks"
}

// Strings.
extension JSONParser {
    mutating func string() throws(JSONMistake) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let text = String(decoding: bytes[start..<offset], as: UTF8.self)
                offset += 1
                return text
            }
            if byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") {
                offset += 1
            } else if byte >= 0x80, let length = sequenceLength(at: offset) {
                offset += length
            } else {
                return try decodedString(from: start)
            }
        }
        throw unclosed(from: start - 1)
    }

    /// The rest of a string in which an escape or a mistake was met; `start` is its first byte.
    private mutating func decodedString(from start: Int) throws(JSONMistake) -> String {
        var decoded = Array(bytes[start..<offset])
        var isUTF8 = true
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: decoded, as: UTF8.self)
            case UInt8(ascii: "\\"): decoded += String(try escape()).utf8
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                // More likely the end of the string was forgotten than that it goes on.
                throw controlCharacter(help: "or is the closing '\"' missing?")
            case 0..<0x20:
                try report(controlCharacter())
                decoded.append(byte)
                offset += 1
            case 0x80...:
                if let length = sequenceLength(at: offset) {
                    decoded += bytes[offset..<(offset + length)]
                    offset += length
                    continue
                }
                // Said once a string: a file in another encoding is full of such bytes.
                if isUTF8 { try report(notUTF8()) }
                isUTF8 = false
                isWhole = false
                offset += 1
            default:
                decoded.append(byte)
                offset += 1
            }
        }
        throw unclosed(from: start - 1)
    }

    private func notUTF8() -> JSONMistake {
        // A file that was cut inside of a character has ended, too.
        let isCut = bytes.count - offset < 4 && !bytes[offset...].contains(UInt8(ascii: "\""))
        return JSONMistake(.encoding, "this byte is not valid UTF-8", at: offset, isLast: isCut)
    }

    private func unclosed(from start: Int) -> JSONMistake {
        unexpected("expected '\"' to close the string").noting("the string begins here", at: start)
    }

    private func controlCharacter(help: String? = nil) -> JSONMistake {
        let message = "a control character in a string must be written as an escape"
        return JSONMistake(.controlCharacter, message, at: offset, help: help)
    }

    /// A string between single quotation marks, which is reported and understood.
    mutating func singleQuoted(_ expectation: String) throws(JSONMistake) -> String {
        let mark = UInt8(ascii: "'")
        let problem = unexpected(expectation, .quotes, help: Self.quotesHelp)
        let rest = bytes[(offset + 1)...]
        guard let end = rest.firstIndex(where: { $0 == mark || $0 == UInt8(ascii: "\n") }),
            bytes[end] == mark
        else { throw problem }
        try report(problem)
        let text = bytes[(offset + 1)..<end]
        // Whether a backslash is meant as one cannot be known.
        if text.contains(UInt8(ascii: "\\")) || String(validating: text, as: UTF8.self) == nil {
            isWhole = false
        }
        offset = end + 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape() throws(JSONMistake) -> Unicode.Scalar {
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
            // The character itself is read again: it may end the line, or be the end of a
            // sequence that is not UTF-8.
            offset = start + 1
            let help = "a backslash itself is written '\\\\'"
            try report(.escape, "unknown escape in a string", at: start, help: help)
            isWhole = false
            return "\u{FFFD}"
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONMistake) -> Unicode.Scalar {
        guard let high = try hexadecimal() else { return "\u{FFFD}" }
        if let scalar = Unicode.Scalar(high) { return scalar }
        let behind = offset
        if high < 0xDC00, take("\\"), take("u") {
            guard let low = try hexadecimal() else { return "\u{FFFD}" }
            if low >= 0xDC00, low <= 0xDFFF,
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            {
                return scalar
            }
        }
        guard offset < bytes.count else { return "\u{FFFD}" }
        offset = behind
        try report(.surrogate, "half of a surrogate pair in a string", at: start)
        isWhole = false
        return "\u{FFFD}"
    }

    /// The number of four hexadecimal digits; nil, reported, where they do not stand.
    private mutating func hexadecimal() throws(JSONMistake) -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else {
                let expectation = "expected four hexadecimal digits after '\\u'"
                try report(unexpected(expectation, .escape))
                isWhole = false
                return nil
            }
            value = value * 16 + UInt32(digit)
            offset += 1
        }
        return value
    }

    /// The length of the UTF-8 sequence at an offset; nil where Unicode's table 3-7 forbids it.
    func sequenceLength(at offset: Int) -> Int? {
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
