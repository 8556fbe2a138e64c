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

    init(_ count: Int, at instant: Instant) {
        self.init(count: count, first: instant, last: instant)
    }

    mutating func add(at instant: Instant) {
        add(Tally(1, at: instant))
    }

    mutating func add(_ other: Tally) {
        count = count.addingUpTo(other.count)
        if let begin = other.first { first = first.map { min($0, begin) } ?? begin }
        if let end = other.last { last = last.map { max($0, end) } ?? end }
    }
}

extension Int {
    /// The most that is counted: every reader of JSON takes numbers up to this one as they are.
    static var largestCount: Int { 1 << 53 }

    /// The sum of two counts, or the most there is: answers that are put together may say anything,
    /// and in whatever order they are it comes to the same.
    func addingUpTo(_ other: Int) -> Int {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .largestCount : Swift.min(sum, .largestCount)
    }
}
