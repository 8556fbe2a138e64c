/// Answers already found, by a pair of numbers.
struct Memo: ~Copyable {
    struct Entry: BitwiseCopyable {
        var key: UInt64
        var value: UInt32
    }

    /// Open addressing; a key of 0 is free.
    private var table = Arena<Entry>()
    private(set) var count = 0

    init() { table.append(repeating: Entry(key: 0, value: 0), count: 64) }

    private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
        // The first is never the greatest number there is, so no key is 0.
        UInt64(~first) << 32 | UInt64(second)
    }

    @inline(__always)
    subscript(first: UInt32, second: UInt32) -> UInt32? {
        let key = Self.key(first, second)
        var place = Self.place(key) & (table.count &- 1)
        while true {
            let entry = table[place]
            if entry.key == key { return entry.value }
            if entry.key == 0 { return nil }
            place = (place &+ 1) & (table.count &- 1)
        }
    }

    /// INVARIANT: nothing stands there yet.
    mutating func insert(_ value: UInt32, _ first: UInt32, _ second: UInt32) {
        count += 1
        if count * 2 > table.count { grow() }
        insert(Entry(key: Self.key(first, second), value: value))
    }

    private mutating func insert(_ entry: Entry) {
        var place = Self.place(entry.key) & (table.count - 1)
        while table[place].key != 0 { place = (place + 1) & (table.count - 1) }
        table[place] = entry
    }

    private mutating func grow() {
        var old = Arena<Entry>(capacity: table.count * 2)
        old.append(repeating: Entry(key: 0, value: 0), count: table.count * 2)
        swap(&old, &table)
        for place in 0..<old.count where old[place].key != 0 { insert(old[place]) }
    }

    @inline(__always)
    private static func place(_ key: UInt64) -> Int {
        let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }
}
