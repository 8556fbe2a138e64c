/// Text from a terminal, a log or a web page, cleaned of what the way there did to it.
///
/// Terminals break lines anywhere, also inside a word, so what is looked for is compared without
/// any blanks; what is taken out keeps them where it may have some.
struct PastedText {
    /// Entities and typographic quotation marks resolved; a blank is one space or one line break.
    private let bytes: [UInt8]
    /// All but the blanks, in lower case.
    private var squeezed: [UInt8] = []
    /// Where each byte of ``squeezed`` stands in ``bytes``.
    private var places: [Int] = []

    init(_ text: String) {
        var cleaner = Cleaner(Array(text.utf8))
        bytes = cleaner.clean()
        for (place, byte) in bytes.enumerated() where byte != Self.space && byte != Self.newline {
            squeezed.append(byte.lowercased)
            places.append(place)
        }
    }

    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let newline = UInt8(ascii: "\n")

    /// How many bytes there are that are no blanks.
    var count: Int { squeezed.count }
}

// Places are offsets among the bytes that are no blanks.
extension PastedText {
    /// Whether words stand at a place; they are given in lower case and without blanks.
    func has(_ words: StaticString, at place: Int) -> Bool {
        let length = words.utf8CodeUnitCount
        guard place >= 0, length <= squeezed.count - place else { return false }
        return words.withUTF8Buffer { squeezed[place..<(place + length)].elementsEqual($0) }
    }

    /// The first place of words.
    func first(_ words: StaticString, from start: Int = 0) -> Int? {
        let opening = words.withUTF8Buffer { $0.first }
        var place = max(0, start)
        while place < squeezed.count {
            if squeezed[place] == opening, has(words, at: place) { return place }
            place += 1
        }
        return nil
    }

    /// The last place of words before another place.
    func last(_ words: StaticString, before end: Int) -> Int? {
        let opening = words.withUTF8Buffer { $0.first }
        var place = min(end, squeezed.count) - words.utf8CodeUnitCount
        while place >= 0 {
            if squeezed[place] == opening, has(words, at: place) { return place }
            place -= 1
        }
        return nil
    }

    func byte(at place: Int) -> UInt8? {
        squeezed.indices.contains(place) ? squeezed[place] : nil
    }

    /// Whether there is a blank, and whether it is a line break, before a place.
    func isBroken(before place: Int) -> Bool {
        place > 0 && place < places.count && places[place] > places[place - 1] + 1
    }

    func isLineBroken(before place: Int) -> Bool {
        isBroken(before: place) && bytes[places[place] - 1] == Self.newline
    }

    /// The next place with a blank before it; the end where there is none.
    func endOfWord(from start: Int) -> Int {
        (start..<max(start, count)).first { $0 > start && isBroken(before: $0) } ?? count
    }

    /// What stands in a range, without any blanks.
    func compact(_ range: Range<Int>) -> String {
        String(decoding: range.map { bytes[places[$0]] }, as: UTF8.self)
    }

    /// What stands in a range, with its spaces but without line breaks.
    func line(_ range: Range<Int>) -> String {
        guard let first = range.first, let last = range.last else { return "" }
        let kept = bytes[places[first]...places[last]].filter { $0 != Self.newline }
        return String(decoding: kept, as: UTF8.self)
    }
}

/// Resolves what web pages, word processors and terminals put into a text.
private struct Cleaner {
    private let input: [UInt8]
    private var output: [UInt8] = []

    init(_ input: [UInt8]) {
        self.input = input
    }

    mutating func clean() -> [UInt8] {
        output.reserveCapacity(input.count)
        var offset = 0
        while offset < input.count {
            let (scalars, length) = piece(at: offset)
            for byte in scalars { append(byte) }
            offset += length
        }
        return output
    }

    /// A blank follows no other; a line break wins over a space.
    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            if output.last == PastedText.space || output.last == PastedText.newline {
                output.removeLast()
            }
            output.append(PastedText.newline)
        case UInt8(ascii: " "), UInt8(ascii: "\t"):
            if output.last != PastedText.space, output.last != PastedText.newline {
                output.append(PastedText.space)
            }
        case 0..<0x20, 0x7F: break
        default: output.append(byte)
        }
    }

    /// What the input at an offset stands for, and how many bytes it takes.
    private func piece(at offset: Int) -> (bytes: [UInt8], length: Int) {
        let byte = input[offset]
        if byte == UInt8(ascii: "&"), let entity = entity(at: offset) { return entity }
        if byte == UInt8(ascii: "\\"), offset + 1 < input.count,
            input[offset + 1] == UInt8(ascii: "\"")
        {
            return ([input[offset + 1]], 2)
        }
        guard byte >= 0x80 else { return ([byte], 1) }
        for (text, plain) in Self.typography where has(text, at: offset) {
            return (plain.map { [$0] } ?? [], text.count)
        }
        return ([byte], 1)
    }

    private func has(_ text: [UInt8], at offset: Int) -> Bool {
        text.count <= input.count - offset
            && input[offset..<(offset + text.count)].elementsEqual(text)
    }

    /// A named or numbered character of HTML.
    private func entity(at offset: Int) -> (bytes: [UInt8], length: Int)? {
        let window = input[(offset + 1)..<min(input.count, offset + 10)]
        guard let end = window.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: input[(offset + 1)..<end], as: UTF8.self).lowercased()
        let length = end + 1 - offset
        if let plain = Self.entities[name] { return ([plain], length) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let code =
            digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let scalar = code.flatMap(Unicode.Scalar.init) else { return nil }
        let encoded = Array(String(scalar).utf8)
        let typographic = Self.typography.first { $0.text == encoded }
        return (typographic.map { $0.plain.map { [$0] } ?? [] } ?? encoded, length)
    }

    private static let entities: [String: UInt8] = [
        "quot": UInt8(ascii: "\""), "apos": UInt8(ascii: "'"), "amp": UInt8(ascii: "&"),
        "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"), "nbsp": PastedText.space,
        "ldquo": UInt8(ascii: "\""), "rdquo": UInt8(ascii: "\""), "colon": UInt8(ascii: ":"),
    ]

    /// Characters with what they stand for; nil for those that nobody sees.
    private static let typography: [(text: [UInt8], plain: UInt8?)] = [
        ("\u{201C}\u{201D}\u{201E}\u{201F}\u{2033}", UInt8(ascii: "\"")),
        ("\u{2018}\u{2019}\u{201A}\u{201B}", UInt8(ascii: "'")),
        ("\u{2010}\u{2011}", UInt8(ascii: "-")),
        ("\u{A0}\u{2007}\u{202F}\u{2502}\u{2503}\u{2577}\u{2575}", PastedText.space),
        ("\u{2028}\u{2029}\u{85}", PastedText.newline),
        ("\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{AD}", nil),
    ].flatMap { characters, plain in
        characters.unicodeScalars.map { (Array(String($0).utf8), plain) }
    }
}

extension UInt8 {
    fileprivate var lowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 32 : self
    }
}
