package import PolicyLanguage

/// How often something was seen, when first and when last.
package struct Tally: Sendable, Hashable {
    package internal(set) var count = 0
    package internal(set) var first: Instant?
    package internal(set) var last: Instant?

    package init() {}

    package init(count: Int, first: Instant?, last: Instant?) {
        self.count = count
        self.first = first
        self.last = last
    }

    mutating func add(at instant: Instant) {
        add(Tally(count: 1, first: instant, last: instant))
    }

    mutating func add(_ other: Tally) {
        count += other.count
        if let begin = other.first { first = first.map { min($0, begin) } ?? begin }
        if let end = other.last { last = last.map { max($0, end) } ?? end }
    }
}
