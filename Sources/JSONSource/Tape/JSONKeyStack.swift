/// The keys of the objects around the place of reading, to find one that stands twice.
struct JSONKeyStack: ~Copyable {
    // INVARIANT: the first `count` of `capacity` entries are initialized.
    private var entries: UnsafeMutablePointer<UInt64>
    private var capacity = 64
    private(set) var count = 0

    /// Up to here every key is compared with every other one; beyond, they are sorted.
    private static let pairwiseLimit = 16
    /// More different keys than this of one hash are somebody's intention.
    private static let collisionLimit = 8

    init() { entries = .allocate(capacity: capacity) }

    deinit { entries.deallocate() }

    mutating func removeAll() { count = 0 }

    /// Notes the key that stands before the value of a node.
    @inline(__always)
    mutating func push(hash: UInt64, node: Int) {
        if count == capacity { grow() }
        entries[count] = hash << 32 | UInt64(truncatingIfNeeded: node)
        count += 1
    }

    /// The keys of all objects that are open, outermost first.
    var all: [UInt64] { Array(UnsafeBufferPointer(start: entries, count: count)) }

    /// Notes a key of another stack, the nodes of which stand so much later here.
    mutating func push(_ entry: UInt64, by shift: Int) {
        let node = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) + shift
        push(hash: entry >> 32, node: node)
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    /// Takes off the keys of an object that ends; true where one may stand twice.
    @inline(__always)
    mutating func hasDuplicate(
        from first: Int,
        _ nodes: UnsafeMutablePointer<JSONNode>,
        _ text: RawSpan
    ) -> Bool {
        let last = count
        count = first
        guard last - first > 1 else { return false }
        guard last - first <= Self.pairwiseLimit else {
            return hasDuplicateOfMany(first..<last, nodes, text)
        }
        for one in (first + 1)..<last {
            let entry = entries[one]
            for other in first..<one where (entry ^ entries[other]) >> 32 == 0 {
                if areEqual(entry, entries[other], nodes, text) { return true }
            }
        }
        return false
    }

    @inline(never)
    private func hasDuplicateOfMany(
        _ range: Range<Int>,
        _ nodes: UnsafeMutablePointer<JSONNode>,
        _ text: RawSpan
    ) -> Bool {
        var sorted = UnsafeMutableBufferPointer(
            start: entries + range.lowerBound,
            count: range.count
        )
        sorted.sort()
        var start = 0
        for index in 1..<sorted.count {
            if (sorted[index] ^ sorted[start]) >> 32 != 0 { start = index }
            // Whoever gives up here leaves it to comparing that no input makes slow.
            guard index - start <= Self.collisionLimit else { return true }
            for other in start..<index where areEqual(sorted[index], sorted[other], nodes, text) {
                return true
            }
        }
        return false
    }

    @inline(never)
    private func areEqual(
        _ one: UInt64,
        _ other: UInt64,
        _ nodes: UnsafeMutablePointer<JSONNode>,
        _ text: RawSpan
    ) -> Bool {
        func key(_ entry: UInt64) -> [UInt8] {
            let node = nodes[Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)]
            return text.decodedText(node.keyRange, isPlain: node.isPlainKey)
        }
        return key(one) == key(other)
    }
}
