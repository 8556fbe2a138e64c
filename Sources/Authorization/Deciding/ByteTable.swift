/// Runs of bytes, once each, numbered in the order in which they were met.
struct ByteTable: ~Copyable {
    private var runs = Arena<Run>()
    private var bytes = Arena<UInt8>(capacity: 1_024)
    /// Where a number stands: plus one, 0 where the place is free, with the low half of the hash.
    // PERF: "lines read, decided and written"; a text met for the first time is told from the
    // others, and moved to a larger table, without looking at their bytes.
    struct Place: BitwiseCopyable {
        var number: UInt32 = 0
        var hash: UInt32 = 0
    }

    /// Open addressing.
    private var places = Arena<Place>()
    private let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

    /// A table whose first numbers stand for nothing.
    init(reserving count: Int = 0) {
        places.append(repeating: Place(), count: 64)
        runs.append(repeating: Run(), count: count)
    }
}

extension ByteTable {
    /// How many numbers are taken.
    var count: Int { runs.count }

    /// How much memory it takes, in bytes, more or less.
    var size: Int { bytes.count + runs.count * 8 + places.count * 8 }

    @inline(__always)
    subscript(number: UInt32) -> UnsafeBufferPointer<UInt8> {
        let run = runs[number]
        return UnsafeBufferPointer(start: bytes.pointer(at: run.start), count: Int(run.count))
    }

    /// The number of some bytes, a new one when they are met for the first time.
    mutating func number(_ wanted: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = UInt32(truncatingIfNeeded: hash(wanted))
        var place = Int(hash) & (places.count &- 1)
        while places[place].number != 0 {
            let number = places[place].number &- 1
            if places[place].hash == hash, Bytes.areEqual(self[number], wanted) { return number }
            place = (place &+ 1) & (places.count &- 1)
        }
        let number = UInt32(runs.count)
        runs.append(Run(start: UInt32(bytes.count), count: UInt32(wanted.count)))
        bytes.append(contentsOf: wanted)
        places[place] = Place(number: number + 1, hash: hash)
        if runs.count * 2 > places.count { rehash() }
        return number
    }

    /// The number of a list of numbers.
    mutating func number(_ words: [UInt32]) -> UInt32 {
        words.withUnsafeBytes { number($0.bindMemory(to: UInt8.self)) }
    }

    /// A number whose bytes come and go, and which is never the number of anything that is looked up.
    mutating func reserve() -> UInt32 {
        runs.append(Run())
        return UInt32(runs.count - 1)
    }

    /// Puts bytes in the place of those that a reserved number had, which has room for some.
    mutating func put(
        _ text: UnsafeBufferPointer<UInt8>,
        at number: UInt32,
        room: inout UInt32
    ) {
        if room < text.count {
            room = UInt32(text.count * 2)
            runs[number].start = UInt32(bytes.count)
            bytes.append(repeating: 0, count: Int(room))
        }
        bytes.replace(from: runs[number].start, with: text)
        runs[number].count = UInt32(text.count)
    }

    private mutating func rehash() {
        let count = places.count * 4
        var taken = Arena<Place>(capacity: count)
        taken.append(repeating: Place(), count: count)
        swap(&taken, &places)
        for old in 0..<taken.count where taken[old].number != 0 {
            var place = Int(taken[old].hash) & (count - 1)
            while places[place].number != 0 { place = (place + 1) & (count - 1) }
            places[place] = taken[old]
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
