/// Entries of a data file that are sorted by name without regard to case.
struct SortedEntries: Sendable {
    struct Entry: Sendable {
        let name: EmbeddedText
        /// What the line says of it.
        let rest: EmbeddedText
        /// The letter before the name: an access level or the type of a key.
        var letter: UInt8 = 0
    }

    private(set) var all: [Entry] = []

    init(count: Int) { all.reserveCapacity(count) }

    /// INVARIANT: appended in the order of the file, which is sorted.
    mutating func append(_ entry: Entry) { all.append(entry) }
}

extension SortedEntries {
    /// - Complexity: O(log entries).
    subscript(name: String) -> Entry? { index(of: name).map { all[$0] } }

    /// - Complexity: O(log entries).
    func index(of name: String) -> Int? {
        var name = name
        return name.withUTF8 { index(of: $0) }
    }

    /// - Complexity: O(log entries).
    func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        let index = firstIndex(notBefore: name)
        return index < all.count && all[index].name.order(to: name) == .same ? index : nil
    }

    /// - Complexity: O(log entries + entries found).
    func beginning(with prefix: String) -> ArraySlice<Entry> {
        var prefix = prefix
        return prefix.withUTF8 { wanted in
            let start = firstIndex(notBefore: wanted)
            var end = start
            while end < all.count, all[end].name.begins(with: wanted) { end += 1 }
            return all[start..<end]
        }
    }

    private func firstIndex(notBefore wanted: UnsafeBufferPointer<UInt8>) -> Int {
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].name.order(to: wanted) == .before {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
