/// A text by its number: two texts are equal byte by byte when their numbers are.
typealias Symbol = UInt32

/// Every text that policies and requests compare, once each.
struct Symbols: ~Copyable {
    /// Numbers below stand for what is no text; see ``Slot``.
    static let first: Symbol = 16

    struct Entry: BitwiseCopyable {
        var start: UInt32
        var count: UInt32
        /// The text in lower case; 0 while nobody asked.
        var lowercased: Symbol
        /// Where ``ARNParts`` of the text stand; 0 while nobody asked.
        var parts: UInt32
    }

    /// Where the parts of an ARN begin behind the first, which is `arn`.
    struct ARNParts: BitwiseCopyable {
        var isARN = false
        var colons: (UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0)
    }

    private var entries = Arena<Entry>()
    private var bytes = Arena<UInt8>(capacity: 4_096)
    private var parts = Arena<ARNParts>()
    /// Open addressing; 0 is free.
    private var table = Arena<Symbol>()
    /// The entry of a text that is there for a moment, with room for so many bytes; 0 for none.
    private var passing: Symbol = 0
    private var passingRoom: UInt32 = 0
    private var passingParts: UInt32 = 0
    private let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

    init() {
        table.append(repeating: 0, count: 1_024)
        let none = Entry(start: 0, count: 0, lowercased: 0, parts: 0)
        entries.append(repeating: none, count: Int(Self.first))
        parts.append(ARNParts())
    }
}

extension Symbols {
    /// How much memory the texts take, in bytes, more or less.
    var size: Int { bytes.count + entries.count * 32 }

    @inline(__always)
    func text(_ symbol: Symbol) -> UnsafeBufferPointer<UInt8> {
        let entry = entries[symbol]
        return UnsafeBufferPointer(start: bytes.pointer(at: entry.start), count: Int(entry.count))
    }

    func string(_ symbol: Symbol) -> String { String(decoding: text(symbol), as: UTF8.self) }

    mutating func symbol(_ text: String) -> Symbol {
        var text = text
        return text.withUTF8 { symbol($0) }
    }

    mutating func symbol(_ text: UnsafeBufferPointer<UInt8>) -> Symbol {
        var place = Int(truncatingIfNeeded: hash(text)) & (table.count - 1)
        while true {
            let found = table[place]
            if found == 0 { break }
            if equals(found, text) { return found }
            place = (place + 1) & (table.count - 1)
        }
        let symbol = Symbol(entries.count)
        let entry = Entry(
            start: UInt32(bytes.count),
            count: UInt32(text.count),
            lowercased: 0,
            parts: 0
        )
        bytes.append(contentsOf: text)
        entries.append(entry)
        table[place] = symbol
        if entries.count * 2 > table.count { rehash() }
        return symbol
    }

    /// A number for a text until the next one is given one: for texts that are compared byte by byte
    /// once, of which there are more than are worth remembering.
    ///
    /// It is not the number that the text has among the others.
    mutating func passing(_ text: UnsafeBufferPointer<UInt8>) -> Symbol {
        if passing == 0 {
            passing = Symbol(entries.count)
            entries.append(Entry(start: 0, count: 0, lowercased: 0, parts: 0))
            passingParts = UInt32(parts.count)
            parts.append(ARNParts())
        }
        if passingRoom < text.count {
            passingRoom = UInt32(text.count * 2)
            entries[passing].start = UInt32(bytes.count)
            bytes.append(repeating: 0, count: Int(passingRoom))
        }
        bytes.replace(from: entries[passing].start, with: text)
        entries[passing].count = UInt32(text.count)
        entries[passing].lowercased = 0
        entries[passing].parts = passingParts
        parts[passingParts] = Self.parts(of: text)
        return passing
    }

    /// The text in lower case.
    mutating func lowercased(_ symbol: Symbol) -> Symbol {
        let known = entries[symbol].lowercased
        if known != 0 { return known }
        let lower = self.symbol(string(symbol).lowercased())
        entries[symbol].lowercased = lower
        return lower
    }

    /// The parts of a text that begins like an ARN, cut at its first five colons.
    mutating func arnParts(_ symbol: Symbol) -> ARNParts {
        let known = entries[symbol].parts
        if known != 0 { return parts[known] }
        let found = Self.parts(of: text(symbol))
        entries[symbol].parts = UInt32(parts.count)
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

    private func equals(_ symbol: Symbol, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        Bytes.areEqual(self.text(symbol), text)
    }

    private mutating func rehash() {
        let count = table.count * 4
        table.removeAll()
        table.append(repeating: 0, count: count)
        for symbol in Self.first..<Symbol(entries.count) where symbol != passing {
            var place = Int(truncatingIfNeeded: hash(text(symbol))) & (count - 1)
            while table[place] != 0 { place = (place + 1) & (count - 1) }
            table[place] = symbol
        }
    }

    /// Seeded, so that nobody can write texts that all fall into one place.
    private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = seed ^ UInt64(text.count)
        let raw = UnsafeRawBufferPointer(text)
        var offset = 0
        while offset &+ 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = Self.mixed(hash ^ word)
            offset &+= 8
        }
        var rest: UInt64 = 0
        while offset < raw.count {
            rest = rest << 8 | UInt64(raw[offset])
            offset &+= 1
        }
        return Self.mixed(hash ^ rest)
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}

/// Bytes compared without a call into the library.
enum Bytes {
    // PERF: decisions; most texts compared here differ in their length or share it with one other.
    @inline(__always)
    static func areEqual(
        _ left: UnsafeBufferPointer<UInt8>,
        _ right: UnsafeBufferPointer<UInt8>
    )
        -> Bool
    {
        guard left.count == right.count else { return false }
        return begin(left, right)
    }

    /// Whether one text begins with another that is no longer.
    @inline(__always)
    static func begin(
        _ text: UnsafeBufferPointer<UInt8>,
        _ head: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let (left, right) = (UnsafeRawBufferPointer(text), UnsafeRawBufferPointer(head))
        var offset = 0
        while offset &+ 8 <= right.count {
            guard
                left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    == right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            else { return false }
            offset &+= 8
        }
        while offset < right.count {
            guard left[offset] == right[offset] else { return false }
            offset &+= 1
        }
        return true
    }
}
