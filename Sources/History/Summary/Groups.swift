/// Tallies by key: of so many keys exactly, of all others together.
///
/// Kept are the least keys of all that were ever added. One that is among the least of all is among
/// the least of every part, so it was never let go: its tally is exact, and the same however the
/// parts were put together.
package struct Groups<Key: Hashable & Comparable & Sendable>: Sendable {
    let limit: Int
    private var tallies: [Key: Tally] = [:]
    private var rest = Tally()

    package init(limit: Int) {
        self.limit = limit
    }
}

extension Groups {
    package mutating func add(_ tally: Tally, to key: Key) {
        tallies[key, default: Tally()].add(tally)
        if tallies.count > 2 * limit { prune() }
    }

    mutating func addToRest(_ tally: Tally) { rest.add(tally) }

    /// Whether a key is among those that are kept now.
    func has(_ key: Key) -> Bool { tallies[key] != nil }

    package mutating func merge(_ other: Groups) {
        rest.add(other.rest)
        for (key, tally) in other.tallies { add(tally, to: key) }
    }

    private mutating func prune() {
        guard tallies.count > limit else { return }
        for key in tallies.keys.sorted()[limit...] {
            if let tally = tallies.removeValue(forKey: key) { rest.add(tally) }
        }
    }

    /// The groups that are told, in order of their keys, and the tally of the others.
    package var settled: (groups: [(key: Key, tally: Tally)], rest: Tally) {
        var copy = self
        copy.prune()
        let groups = copy.tallies.sorted { $0.key < $1.key }.map { (key: $0.key, tally: $0.value) }
        return (groups, copy.rest)
    }

    package var isEmpty: Bool { tallies.isEmpty && rest.count == 0 }
}

extension Groups: Equatable {
    package static func == (left: Groups, right: Groups) -> Bool {
        let (left, right) = (left.settled, right.settled)
        return left.rest == right.rest
            && left.groups.elementsEqual(right.groups) { $0.key == $1.key && $0.tally == $1.tally }
    }
}
