// Steps over the parts of JSON; eight bytes at a time where it pays. All loads are checked.

/// A string that was stepped over.
struct ScannedString: BitwiseCopyable {
    /// The offset behind the closing quotation mark.
    let end: Int
    /// Whether it is ASCII without an escape.
    let isPlain: Bool
}

/// A key that was stepped over.
struct ScannedKey: BitwiseCopyable {
    let end: Int
    let isPlain: Bool
    /// Equal for keys that say the same, however they are escaped.
    let hash: UInt64
}

extension RawSpan {
    @inline(__always)
    func byte(_ at: Int) -> UInt8 { unsafeLoad(fromByteOffset: at, as: UInt8.self) }

    @inline(__always)
    private func word(_ at: Int) -> UInt64 {
        UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
    }

    /// The first offset from one on where no blank stands.
    @inline(__always)
    func skippingBlanks(from offset: Int) -> Int {
        // Behind most commas and colons of compact JSON there is none.
        guard offset < byteCount, byte(offset) <= 0x20 else { return offset }
        return skippingSomeBlanks(from: offset)
    }

    private func skippingSomeBlanks(from offset: Int) -> Int {
        var at = offset
        while at < byteCount {
            let byte = byte(at)
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return at }
            at += 1
            // PERF: "JSON reader, indented". A line begins with a run of spaces.
            while at + 8 <= byteCount {
                let other = word(at) ^ 0x2020_2020_2020_2020
                guard other == 0 else {
                    at += other.trailingZeroBitCount >> 3
                    break
                }
                at += 8
            }
        }
        return at
    }
}

// Strings.
extension RawSpan {
    /// The bytes of a word, by their high bits, that end a plain run of a string.
    ///
    /// They are quotation marks, backslashes, control characters and what is not ASCII. Only the
    /// lowest bit that is set is sure to be one.
    @inline(__always)
    private static func stops(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ (ones &* 0x22)) &- ones
        let backslashes = (word ^ (ones &* 0x5C)) &- ones
        let controls = word &- (ones &* 0x20)
        return (quotes | backslashes | controls | word) & (ones &* 0x80)
    }

    /// The string whose first byte behind the quotation mark is at an offset.
    @inline(__always)
    func scanString(from start: Int) -> ScannedString? {
        var at = start
        while at + 8 <= byteCount {
            let stops = Self.stops(in: word(at))
            guard stops != 0 else {
                at += 8
                continue
            }
            at += stops.trailingZeroBitCount >> 3
            guard byte(at) == UInt8(ascii: "\"") else { break }
            return ScannedString(end: at + 1, isPlain: true)
        }
        return scanRest(from: at)
    }

    /// The rest of a string that is not plain, or near the end of the text.
    @inline(never)
    private func scanRest(from start: Int) -> ScannedString? {
        var at = start
        var isPlain = true
        while at < byteCount {
            if at + 8 <= byteCount {
                let stops = Self.stops(in: word(at))
                guard stops != 0 else {
                    at += 8
                    continue
                }
                at += stops.trailingZeroBitCount >> 3
            }
            switch byte(at) {
            case UInt8(ascii: "\""): return ScannedString(end: at + 1, isPlain: isPlain)
            case UInt8(ascii: "\\"):
                guard let length = escapeLength(at: at) else { return nil }
                at += length
                isPlain = false
            case 0x80...:
                guard let length = sequenceLength(at: at) else { return nil }
                at += length
                isPlain = false
            case 0..<0x20: return nil
            default: at += 1
            }
        }
        return nil
    }

    /// The length of the escape at an offset, both halves of a surrogate pair together.
    private func escapeLength(at offset: Int) -> Int? {
        guard offset + 1 < byteCount else { return nil }
        switch byte(offset + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(at: offset) else { return nil }
            guard 0xD800...0xDFFF ~= unit else { return 6 }
            guard unit < 0xDC00, let low = codeUnit(at: offset + 6), 0xDC00...0xDFFF ~= low else {
                return nil
            }
            return 12
        default: return nil
        }
    }

    /// The UTF-16 code unit that `\uXXXX` at an offset stands for.
    func codeUnit(at offset: Int) -> UInt32? {
        guard offset + 6 <= byteCount, byte(offset) == UInt8(ascii: "\\"),
            byte(offset + 1) == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt32 = 0
        for at in (offset + 2)..<(offset + 6) {
            let byte = byte(at)
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return unit
    }

    /// The length of the UTF-8 sequence at an offset; nil where Unicode's table 3-7 forbids it.
    private func sequenceLength(at offset: Int) -> Int? {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch byte(offset) {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard offset + length <= byteCount, second.contains(byte(offset + 1)) else { return nil }
        for at in (offset + 2)..<(offset + length) where byte(at) & 0xC0 != 0x80 { return nil }
        return length
    }
}

// Keys.
extension RawSpan {
    /// A string that is a key, with its hash.
    @inline(__always)
    func scanKey(from start: Int) -> ScannedKey? {
        var at = start
        var hash = KeyHash()
        while at + 8 <= byteCount {
            let word = word(at)
            let stops = Self.stops(in: word)
            guard stops != 0 else {
                hash.combine(word)
                at += 8
                continue
            }
            let length = stops.trailingZeroBitCount >> 3
            guard byte(at + length) == UInt8(ascii: "\"") else { break }
            hash.combine(word & ((1 << UInt64(length * 8)) - 1))
            return ScannedKey(end: at + length + 1, isPlain: true, hash: hash.value)
        }
        return scanRareKey(from: start)
    }

    /// A key that is not plain, or near the end of the text.
    @inline(never)
    private func scanRareKey(from start: Int) -> ScannedKey? {
        guard let string = scanString(from: start) else { return nil }
        var hash = KeyHash()
        let text = decodedText(start..<(string.end - 1), isPlain: string.isPlain)
        var rest = text[...]
        while rest.count >= 8 {
            hash.combine(rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
            rest = rest.dropFirst(8)
        }
        hash.combine(rest.reversed().reduce(0) { $0 << 8 | UInt64($1) })
        return ScannedKey(end: string.end, isPlain: string.isPlain, hash: hash.value)
    }
}

/// A hash of a key, taken eight bytes at a time while the key is read.
private struct KeyHash {
    private(set) var value: UInt64 = 0

    @inline(__always)
    mutating func combine(_ word: UInt64) {
        let mixed = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
        value = mixed ^ (mixed >> 32)
    }
}

// Numbers and words.
extension RawSpan {
    /// The offset behind a number.
    @inline(__always)
    func scanNumber(from start: Int) -> Int? {
        var at = start
        if byte(at) == UInt8(ascii: "-") { at += 1 }
        guard at < byteCount else { return nil }
        if byte(at) == UInt8(ascii: "0") {
            at += 1
        } else {
            let digits = at
            at = skippingDigits(from: at)
            guard at > digits else { return nil }
        }
        guard at < byteCount else { return at }
        let next = byte(at)
        guard next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") else { return at }
        return scanFraction(from: at)
    }

    private func scanFraction(from start: Int) -> Int? {
        var at = start
        if byte(at) == UInt8(ascii: ".") {
            let digits = at + 1
            at = skippingDigits(from: digits)
            guard at > digits else { return nil }
        }
        guard at < byteCount, byte(at) | 0x20 == UInt8(ascii: "e") else { return at }
        at += 1
        if at < byteCount, byte(at) == UInt8(ascii: "+") || byte(at) == UInt8(ascii: "-") {
            at += 1
        }
        let digits = at
        at = skippingDigits(from: digits)
        return at > digits ? at : nil
    }

    @inline(__always)
    private func skippingDigits(from start: Int) -> Int {
        var at = start
        while at < byteCount, byte(at) &- 0x30 < 10 { at += 1 }
        return at
    }

    /// Which of `true`, `false` and `null` begins at an offset; what stands behind is not looked at.
    func scanWord(from start: Int) -> JSONKind? {
        guard start + 4 <= byteCount else { return nil }
        let letters = UInt32(
            littleEndian: unsafeLoadUnaligned(fromByteOffset: start, as: UInt32.self)
        )
        switch letters {
        case 0x6C6C_756E: return .null
        case 0x6575_7274: return .true
        case 0x736C_6166:
            guard start + 5 <= byteCount, byte(start + 4) == UInt8(ascii: "e") else { return nil }
            return .false
        default: return nil
        }
    }
}

// What a string says.
extension RawSpan {
    /// The text between two quotation marks, escapes decoded; the string was found to be sound.
    func decodedText(_ range: Range<Int>, isPlain: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = byte(at)
            guard byte == UInt8(ascii: "\\"), !isPlain, at + 1 < range.upperBound else {
                text.append(byte)
                at += 1
                continue
            }
            let letter = self.byte(at + 1)
            guard letter == UInt8(ascii: "u"), let unit = codeUnit(at: at) else {
                text.append(Self.character(of: letter))
                at += 2
                continue
            }
            var scalar = unit
            at += 6
            if 0xD800...0xDBFF ~= unit, let low = codeUnit(at: at) {
                scalar = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
                at += 6
            }
            text += String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8
        }
        return text
    }

    private static func character(of letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
