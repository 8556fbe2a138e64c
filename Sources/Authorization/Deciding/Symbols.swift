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
    /// The number of a text that is there for a moment, with room for so many bytes; 0 for none.
    private var passing: Symbol = 0
    private var passingRoom: UInt32 = 0
    private var passingParts: UInt32 = 0

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

    /// A number for a text until the next one is given one: for texts that are compared byte by byte
    /// once, of which there are more than are worth remembering.
    ///
    /// It is not the number that the text has among the others.
    mutating func passing(_ text: UnsafeBufferPointer<UInt8>) -> Symbol {
        if passing == 0 {
            passing = texts.reserve()
            facts.append(Facts())
            passingParts = UInt32(parts.count)
            parts.append(ARNParts())
        }
        texts.put(text, at: passing, room: &passingRoom)
        facts[passing] = Facts(lowercased: 0, parts: passingParts)
        parts[passingParts] = Self.parts(of: text)
        return passing
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
        var colons: (UInt32, UInt32, UInt32, UInt32, UInt32) = (3, 0, 0, 0, 0)
        var found = 1
        var offset = 4
        while offset < text.count, found < 5 {
            if text[offset] == UInt8(ascii: ":") {
                switch found {
                case 1: colons.1 = UInt32(offset)
                case 2: colons.2 = UInt32(offset)
                case 3: colons.3 = UInt32(offset)
                default: colons.4 = UInt32(offset)
                }
                found &+= 1
            }
            offset &+= 1
        }
        return found == 5 ? ARNParts(isARN: true, colons: colons) : ARNParts()
    }
}
