/// Finds the name somebody probably meant.
package enum NearestName {
    /// The closest candidate by edit distance, nil when none is near enough to suggest.
    ///
    /// - Complexity: O(candidates × length²), lengths above 128 bytes are not compared.
    package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().utf8)
        guard wanted.count <= 128 else { return nil }
        let limit = max(1, min(wanted.count, 12) / 3 + 1)
        var best: (name: String, distance: Int)?
        // A suggestion is a courtesy: it must not cost more than the check it follows.
        for candidate in candidates.prefix(1_000) {
            let bytes = Array(candidate.lowercased().utf8)
            guard bytes.count <= 128, abs(bytes.count - wanted.count) <= limit else { continue }
            let distance = editDistance(wanted, bytes)
            guard distance <= limit else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    private static func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var previous = Array(0...second.count)
        for (row, byte) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                let change = previous[column] + (byte == other ? 0 : 1)
                current.append(min(change, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[second.count]
    }
}
