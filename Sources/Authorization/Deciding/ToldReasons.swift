/// Reasons that were told of numbered requests, once each.
///
/// The same statements speak, and the same callers lack a grant, in many decisions.
struct ToldReasons: ~Copyable {
    /// All that a reason follows from.
    struct Key: BitwiseCopyable, Equatable {
        private let first: UInt64
        private let second: UInt64

        /// The holder is whose policies speak or are silent, as the layer numbers them.
        init(_ noted: Record.Reason, holder: UInt32, isTrust: Bool) {
            first = UInt64(holder) << 32 | UInt64(noted.statement)
            // The highest bit is set, so that no key is zero.
            second =
                1 << 63 | UInt64(noted.level) << 42 | UInt64(noted.place) << 7
                | (isTrust ? 1 << 6 : 0) | UInt64(noted.kind.rawValue) << 3
                | UInt64(noted.layer.rawValue)
        }

        @inline(__always)
        var hash: Int {
            let product = (first ^ 0x9E37_79B9_7F4A_7C15)
                .multipliedFullWidth(by: second ^ 0xD1B5_4A32_D192_ED03)
            return Int(truncatingIfNeeded: product.high ^ product.low)
        }

        var isFree: Bool { second == 0 }

        private init() { (first, second) = (0, 0) }
        static let free = Key()
    }

    struct Entry: BitwiseCopyable {
        var key: Key
        var number: UInt32
    }

    /// Open addressing.
    private var table = Arena<Entry>()
    private(set) var reasons: [Reason] = []
    /// Absent keys as they were noted, place and spelling of each; 0 is none.
    var absentKeys = ByteTable(reserving: 1)

    init() { table.append(repeating: Entry(key: .free, number: 0), count: 64) }
}

extension ToldReasons {
    /// How much memory they take, in bytes, more or less.
    var size: Int { reasons.count * 256 + absentKeys.size }

    @inline(__always)
    func number(_ key: Key) -> UInt32? {
        var place = key.hash & (table.count &- 1)
        while true {
            let entry = table[place]
            if entry.key == key { return entry.number }
            if entry.key.isFree { return nil }
            place = (place &+ 1) & (table.count &- 1)
        }
    }

    /// INVARIANT: the key has no reason yet.
    mutating func insert(_ reason: Reason, _ key: Key) -> UInt32 {
        let number = UInt32(reasons.count)
        reasons.append(reason)
        if reasons.count * 2 > table.count { grow() }
        insert(Entry(key: key, number: number))
        return number
    }

    private mutating func insert(_ entry: Entry) {
        var place = entry.key.hash & (table.count - 1)
        while !table[place].key.isFree { place = (place + 1) & (table.count - 1) }
        table[place] = entry
    }

    private mutating func grow() {
        var old = Arena<Entry>(capacity: table.count * 2)
        old.append(repeating: Entry(key: .free, number: 0), count: table.count * 2)
        swap(&old, &table)
        for place in 0..<old.count where !old[place].key.isFree { insert(old[place]) }
    }
}
