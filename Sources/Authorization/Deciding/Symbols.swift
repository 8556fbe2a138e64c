/// A text by its number: two texts are equal byte by byte when their numbers are.
typealias Symbol = UInt32

/// Every text that policies and requests compare, once each.
struct Symbols: ~Copyable {
    /// Numbers below stand for what is no text; see ``Slot``.
    static let first: Symbol = 16

    /// What is known of a text, once somebody asked; 0 before.
    struct Facts: BitwiseCopyable {
        /// The text in lower case.
        var lowercased: Symbol = 0
        /// Where its ``ARNParts`` stand.
        var parts: UInt32 = 0
    }

    /// Where the parts of an ARN begin behind the first, which is `arn`.
    struct ARNParts: BitwiseCopyable {
        var isARN = false
        var colons: (UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0)
    }

    private var texts = ByteTable(reserving: Int(Self.first))
    private var facts = Arena<Facts>()
    private var parts = Arena<ARNParts>()

    init() {
        facts.append(repeating: Facts(), count: texts.count)
        parts.append(ARNParts())
    }
}

extension Symbols {
    /// How much memory the texts take, in bytes, more or less.
    var size: Int { texts.size + facts.count * 16 }

    @inline(__always)
    func text(_ symbol: Symbol) -> UnsafeBufferPointer<UInt8> { texts[symbol] }

    func string(_ symbol: Symbol) -> String { String(decoding: text(symbol), as: UTF8.self) }

    mutating func symbol(_ text: String) -> Symbol {
        var text = text
        return text.withUTF8 { symbol($0) }
    }

    mutating func symbol(_ text: UnsafeBufferPointer<UInt8>) -> Symbol {
        let symbol = texts.number(text)
        if symbol == facts.count { facts.append(Facts()) }
        return symbol
    }

    /// The text in lower case.
    mutating func lowercased(_ symbol: Symbol) -> Symbol {
        let known = facts[symbol].lowercased
        if known != 0 { return known }
        let lower = self.symbol(string(symbol).lowercased())
        facts[symbol].lowercased = lower
        return lower
    }

    /// The parts of a text that begins like an ARN, cut at its first five colons.
    mutating func arnParts(_ symbol: Symbol) -> ARNParts {
        let known = facts[symbol].parts
        if known != 0 { return parts[known] }
        let found = Self.parts(of: text(symbol))
        facts[symbol].parts = UInt32(parts.count)
        parts.append(found)
        return found
    }

    private static func parts(of text: UnsafeBufferPointer<UInt8>) -> ARNParts {
        guard text.count >= 4, text[0] == UInt8(ascii: "a"), text[1] == UInt8(ascii: "r"),
            text[2] == UInt8(ascii: "n"), text[3] == UInt8(ascii: ":")
        else { return ARNParts() }
        var found: [UInt32] = []
        for (offset, byte) in text.enumerated() where byte == UInt8(ascii: ":") {
            found.append(UInt32(offset))
            if found.count == 5 { break }
        }
        guard found.count == 5 else { return ARNParts() }
        return ARNParts(isARN: true, colons: (found[0], found[1], found[2], found[3], found[4]))
    }
}
