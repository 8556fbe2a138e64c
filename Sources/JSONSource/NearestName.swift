/// Finds the name somebody probably meant.
package enum NearestName {
    /// The closest candidate by edit distance, nil when none is near enough to suggest.
    ///
    /// - Complexity: O(length) for each of at most a thousand candidates; lengths above 128 bytes
    ///   are not compared.
    package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().utf8)
        guard wanted.count <= 128 else { return nil }
        let limit = max(1, min(wanted.count, 12) / 3 + 1)
        var best: (name: String, distance: Int)?
        // A suggestion is a courtesy: it must not cost more than the check it follows.
        for candidate in candidates.prefix(1_000) {
            // Few letters change their length with their case, and none that names are made of.
            guard abs(candidate.utf8.count - wanted.count) <= limit else { continue }
            let bytes = Array(candidate.lowercased().utf8)
            guard let distance = editDistance(wanted, bytes, limit: limit) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// Nil beyond the limit.
    ///
    /// Only places that far from the diagonal can lie on a way within it.
    private static func editDistance(
        _ first: [UInt8],
        _ second: [UInt8],
        limit: Int
    ) -> Int? {
        let beyond = limit + 1
        var previous = (0...second.count).map { min($0, beyond) }
        var current = previous
        for (row, byte) in first.enumerated() {
            for column in current.indices { current[column] = beyond }
            current[0] = min(row + 1, beyond)
            let columns = max(0, row - limit)..<min(second.count, row + limit + 1)
            guard !columns.isEmpty else { return nil }
            for column in columns {
                let change = previous[column] + (byte == second[column] ? 0 : 1)
                current[column + 1] = min(change, previous[column + 1] + 1, current[column] + 1)
            }
            swap(&previous, &current)
        }
        return previous[second.count] <= limit ? previous[second.count] : nil
    }
}
