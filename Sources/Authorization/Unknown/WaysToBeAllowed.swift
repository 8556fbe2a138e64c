import PolicyLanguage

/// The conditions under which a request is allowed, from combinations that were decided.
///
/// Each allowed combination is a set of conditions that hold or do not; those that make no
/// difference to the denied combinations are dropped, then the ways that others cover.
struct WaysToBeAllowed {
    private let atoms: [Condition]
    private var allowed: [Way] = []
    private var denied: [Way] = []

    /// Which conditions are known of a combination, and which of them hold, a bit each.
    private struct Way: Hashable {
        var known: UInt64 = 0
        var holds: UInt64 = 0

        /// Whether nothing says that the two differ.
        func isCompatible(with other: Way) -> Bool {
            let both = known & other.known
            return holds & both == other.holds & both
        }

        /// Whether every combination of the other is one of this.
        func covers(_ other: Way) -> Bool {
            known & ~other.known == 0 && isCompatible(with: other)
        }
    }

    init(_ leaves: [UnknownSearch.Leaf], _ atoms: [Condition]) {
        self.atoms = atoms
        guard atoms.count <= 64 else { return }
        for leaf in leaves {
            var way = Way()
            way.known = leaf.told
            for (index, atom) in atoms.enumerated() where leaf.told & (1 << UInt64(index)) != 0 {
                if let filled = leaf.filled, atom.holds(in: filled.context) {
                    way.holds |= 1 << UInt64(index)
                }
            }
            if leaf.decision.outcome == .allowed { allowed.append(way) } else { denied.append(way) }
        }
    }

    /// The ways, each a set of conditions that must all hold; nil where there are too many.
    var alternatives: [[Requirement]]? {
        guard atoms.count <= 64, !allowed.isEmpty else { return nil }
        var seen: Set<Way> = []
        let wide = allowed.map(widened).filter { seen.insert($0).inserted }
        guard wide.count <= 256 else { return nil }
        // In the order in which their conditions stand in the policies.
        return needed(wide).sorted { $0.known.trailingZeroBitCount < $1.known.trailingZeroBitCount }
            .map(requirements)
    }

    /// The way without the conditions that keep no denied combination out; opposites go first.
    private func widened(_ way: Way) -> Way {
        var way = way
        let indices = atoms.indices.map { UInt64($0) }
        let order =
            indices.filter { way.holds & (1 << $0) == 0 }
            + indices.filter { way.holds & (1 << $0) != 0 }.reversed()
        for index in order where way.known & (1 << index) != 0 {
            var wider = way
            wider.known &= ~(1 << index)
            wider.holds &= ~(1 << index)
            if !denied.contains(where: wider.isCompatible) { way = wider }
        }
        return way
    }

    /// As few ways as cover all allowed combinations, the widest first.
    private func needed(_ ways: [Way]) -> [Way] {
        var left = allowed
        var chosen: [Way] = []
        while !left.isEmpty {
            let counted = ways.map { way in (way, left.count { way.covers($0) }) }
            guard let best = counted.max(by: { $0.1 < $1.1 }), best.1 > 0 else { break }
            chosen.append(best.0)
            left.removeAll { best.0.covers($0) }
        }
        return chosen
    }

    private func requirements(_ way: Way) -> [Requirement] {
        var result: [Requirement] = []
        for (index, atom) in atoms.enumerated() where way.known & (1 << UInt64(index)) != 0 {
            let holds = way.holds & (1 << UInt64(index)) != 0
            let wanted = holds ? [Requirement(atom)] : Requirement.opposite(of: atom)
            for requirement in wanted where !result.contains(requirement) {
                result.append(requirement)
            }
        }
        return Requirement.merged(result)
    }
}
