/// Numbers that depend on a seed alone (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// The generator of one input: no other number of the seed shares its sequence.
    package init(seed: UInt64, number: UInt64) {
        var mixed = SeededGenerator(seed: seed)
        state = mixed.next() ^ number &* 0xd134_2543_de82_ef95
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

extension SeededGenerator {
    /// A number below the limit; 0 where there is none.
    mutating func below(_ limit: Int) -> Int { limit > 0 ? Int(next() % UInt64(limit)) : 0 }

    /// True once in so many times.
    mutating func once(in times: Int) -> Bool { below(times) == 0 }

    /// One of the elements; nil when there is none.
    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }

    /// A place in the range, its end included.
    mutating func place(in range: Range<Int>) -> Int {
        range.lowerBound + below(range.count + 1)
    }
}
