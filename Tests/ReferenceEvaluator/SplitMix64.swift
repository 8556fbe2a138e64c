/// A small generator whose numbers depend on its seed alone.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

extension SplitMix64 {
    /// A number below the limit.
    mutating func below(_ limit: Int) -> Int {
        Int(next() % UInt64(max(limit, 1)))
    }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }

    /// One of the elements, of which there must be some.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// A few of the elements, in their order, at least one.
    mutating func some<Element>(_ elements: [Element], upTo limit: Int = 2) -> [Element] {
        let count = 1 + below(min(limit, elements.count))
        var indices: Set<Int> = []
        while indices.count < count {
            indices.insert(below(elements.count))
        }
        return indices.sorted().map { elements[$0] }
    }
}
