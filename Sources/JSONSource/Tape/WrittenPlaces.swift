/// Texts found by their bytes, numbered as they came: what is written the same need not be read twice.
///
/// One table may hold the same bytes as they are read in several ways, told apart by a number.
package struct WrittenPlaces: Sendable {
    private struct Entry {
        let text: WrittenJSON
        let way: UInt8
    }

    private var entries: [Entry] = []
    /// Half of a hash above, the number of an entry and one below; zero where none is.
    private var slots: [UInt64] = []

    package init() {}

    package var count: Int { entries.count }

    /// The number of a text by its bytes and what ``ByteHash`` makes of them; negative where it is
    /// not here.
    package func find(_ bytes: UnsafeRawBufferPointer, hash: UInt64, way: UInt8 = 0) -> Int {
        guard !slots.isEmpty else { return -1 }
        let mask = slots.count - 1
        let mark = Self.mark(hash, way)
        var slot = Int(truncatingIfNeeded: mark >> 32) & mask
        while slots[slot] != 0 {
            if (slots[slot] ^ mark) >> 32 == 0 {
                let place = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
                if entries[place].way == way, entries[place].text.hasBytes(bytes, hash: hash) {
                    return place
                }
            }
            slot = (slot + 1) & mask
        }
        return -1
    }

    /// The number of a text; negative where it is not here.
    package func find(_ text: WrittenJSON, way: UInt8 = 0) -> Int {
        text.withBytes { find($0, hash: text.byteHash, way: way) }
    }

    /// Gives a text that is not here the next number.
    package mutating func add(_ text: WrittenJSON, way: UInt8 = 0) {
        // A number and one fit into 32 bits: a text has no more values than that.
        entries.append(Entry(text: text, way: way))
        if entries.count * 2 > slots.count {
            slots = [UInt64](repeating: 0, count: max(16, slots.count * 2))
            for place in entries.indices { settle(place) }
        } else {
            settle(entries.count - 1)
        }
    }

    private mutating func settle(_ place: Int) {
        let mark = Self.mark(entries[place].text.byteHash, entries[place].way)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: mark >> 32) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = mark | UInt64(truncatingIfNeeded: place + 1)
    }

    /// The half of a hash that is kept.
    private static func mark(_ hash: UInt64, _ way: UInt8) -> UInt64 {
        (hash ^ UInt64(way) << 40) & 0xFFFF_FFFF_0000_0000
    }
}
