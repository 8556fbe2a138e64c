import JSONSource

/// What texts stand for that were looked up before, found by their bytes.
///
/// It forgets all when it is full, so that no input makes it large.
struct TextTable<Value> {
    /// How many texts are kept.
    private static var limit: Int { 1 << 14 }
    /// The longest text that is kept.
    static var lengthLimit: Int { 256 }

    private struct Entry {
        let hash: UInt64
        let start: Int
        let count: Int
        let value: Value
    }

    private var entries: [Entry] = []
    private var text: [UInt8] = []
    /// Open addressing: the number of an entry and one, or zero.
    private var slots = [UInt32](repeating: 0, count: 64)

    /// The value noted for a text.
    func value(of key: UnsafeRawBufferPointer) -> Value? {
        let hash = ByteHash.of(key)
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[place] != 0 {
            let index = Int(slots[place]) - 1
            if entries[index].hash == hash, isKey(entries[index].start, entries[index].count, key) {
                return entries[index].value
            }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isKey(_ start: Int, _ count: Int, _ key: UnsafeRawBufferPointer) -> Bool {
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
        if entries.count == Self.limit { self = TextTable() }
        let entry = Entry(
            hash: ByteHash.of(key),
            start: text.count,
            count: key.count,
            value: value
        )
        entries.append(entry)
        text.append(contentsOf: key)
        if entries.count * 2 > slots.count { grow() } else { take(entries.count - 1) }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for index in entries.indices { take(index) }
    }

    private mutating func take(_ index: Int) {
        var place = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
        while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = UInt32(index + 1)
    }
}
