import JSONSource

/// What texts stand for that were looked up before, found by their bytes.
///
/// It forgets all when it is full, so that no input makes it large.
struct TextTable<Value>: ~Copyable {
    /// How many texts are kept, and how many bytes of them.
    private static var limit: Int { 1 << 17 }
    private static var byteLimit: Int { 1 << 23 }
    /// The longest text that is kept.
    static var lengthLimit: Int { 256 }

    private struct Entry {
        let hash: UInt32
        let start: UInt32
        let count: UInt32
        let value: Value
    }

    /// Open addressing: the low half of a hash, and the number of an entry and one, or zero.
    private struct Slot: BitwiseCopyable {
        var hash: UInt32 = 0
        var number: UInt32 = 0
    }

    private let seed = ByteHash.seed
    private var entries: [Entry] = []
    private var text: [UInt8] = []
    private var slots = [Slot](repeating: Slot(), count: 64)
}

extension TextTable {
    /// The value noted for a text.
    func value(of key: UnsafeRawBufferPointer) -> Value? {
        place(of: key, ByteHash.of(key, seed)).map { entries[$0].value }
    }

    // PERF: "lines read"; a dozen texts of every line are looked up. The arrays are looked into
    // without being held.
    private func place(of key: UnsafeRawBufferPointer, _ hash: UInt64) -> Int? {
        let low = UInt32(truncatingIfNeeded: hash)
        return slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            var place = Int(truncatingIfNeeded: hash) & mask
            while slots[place].number != 0 {
                let number = Int(slots[place].number) - 1
                if slots[place].hash == low, isKey(number, key) { return number }
                place = (place + 1) & mask
            }
            return nil
        }
    }

    private func isKey(_ number: Int, _ key: UnsafeRawBufferPointer) -> Bool {
        let (start, count) = entries.withUnsafeBufferPointer {
            (Int($0[number].start), Int($0[number].count))
        }
        guard count == key.count else { return false }
        return text.withUnsafeBytes { text in
            var offset = 0
            while offset + 8 <= count {
                let word = text.loadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
                let other = key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                guard word == other else { return false }
                offset += 8
            }
            while offset < count {
                guard text[start + offset] == key[offset] else { return false }
                offset += 1
            }
            return true
        }
    }

    /// Notes what a text stands for; one that is longer than the limit is not kept.
    mutating func note(_ value: Value, for key: UnsafeRawBufferPointer) {
        guard key.count <= Self.lengthLimit else { return }
        if entries.count == Self.limit || text.count > Self.byteLimit { forget() }
        entries.append(
            Entry(
                hash: UInt32(truncatingIfNeeded: ByteHash.of(key, seed)),
                start: UInt32(text.count),
                count: UInt32(key.count),
                value: value
            )
        )
        text.append(contentsOf: key)
        if entries.count * 2 > slots.count { grow() } else { take(entries.count - 1) }
    }

    /// Forgets all texts; the memory is kept for the next ones.
    mutating func forget() {
        entries.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        for place in slots.indices { slots[place] = Slot() }
    }

    private mutating func grow() {
        slots = [Slot](repeating: Slot(), count: slots.count * 2)
        for number in entries.indices { take(number) }
    }

    private mutating func take(_ number: Int) {
        let hash = entries[number].hash
        var place = Int(hash) & (slots.count - 1)
        while slots[place].number != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = Slot(hash: hash, number: UInt32(number + 1))
    }
}
