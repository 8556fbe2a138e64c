/// The patterns of ARNs that stand anywhere in some organizations.
///
/// Where a record tells only how an ARN begins, no policy may tell one such resource from another;
/// else nothing is known of the verdict.
struct NamedResources: Sendable, Equatable {
    /// By the service they are about; an empty one may be about any.
    private var patterns: [String: Set<String>] = [:]

    mutating func note(_ text: String) {
        guard Self.mayBePattern(text) else { return }
        let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        let service = parts.count > 2 ? String(parts[2]) : ""
        let isPlain = service.utf8.allSatisfy {
            $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "$")
        }
        patterns[isPlain ? service : "", default: []].insert(text)
    }

    /// An ARN, or a pattern that some ARN fits.
    private static func mayBePattern(_ text: String) -> Bool {
        for (byte, expected) in zip(text.utf8, "arn:".utf8) where byte != expected {
            return byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
                || byte == UInt8(ascii: "$")
        }
        return text.utf8.count > 4 || text.utf8.last == UInt8(ascii: "*")
    }

    /// Whether some pattern covers one resource whose ARN begins so, and not every one.
    ///
    /// - Complexity: O(patterns of the service × length).
    func tellApart(beginningWith prefix: String) -> Bool {
        let parts = prefix.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        let service = parts.count > 2 ? String(parts[2]) : ""
        let beginning = Array(prefix.utf8)
        return ["", service].contains { name in
            patterns[name]?.contains { Self.tells($0, beginning) } ?? false
        }
    }

    /// A star does not go beyond one of the first five parts of an ARN (RES-1).
    private static func tells(_ pattern: String, _ beginning: [UInt8]) -> Bool {
        let pattern = Array(pattern.utf8).withoutVariables
        let (parts, begun) = (pattern.partsOfARN, beginning.partsOfARN)
        guard parts.count == 6, begun.count == 6 else { return tells(pattern, beginning) }
        for (part, known) in zip(parts, begun).prefix(5) where !covers(Array(part), Array(known)) {
            return false
        }
        return tells(Array(parts[5]), Array(begun[5]))
    }

    private static func covers(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        rests(of: pattern, behind: text).contains { $0.isEmpty }
    }

    private static func tells(_ pattern: [UInt8], _ beginning: [UInt8]) -> Bool {
        let rests = rests(of: pattern, behind: beginning)
        // What ends in a star covers all of them, whatever else could.
        let coversAll = rests.contains { !$0.isEmpty && $0.allSatisfy { $0 == UInt8(ascii: "*") } }
        return !coversAll && rests.contains { !$0.isEmpty }
    }

    /// What of a pattern is left where some of it has covered a text, in every way it can.
    private static func rests(
        of pattern: [UInt8],
        behind text: [UInt8]
    ) -> [ArraySlice<UInt8>] {
        // The places of the pattern that the beginning can lead to.
        var places: Set<Int> = [0]
        func open(_ places: Set<Int>) -> Set<Int> {
            var all = places
            for place in places {
                var next = place
                while next < pattern.count, pattern[next] == UInt8(ascii: "*") {
                    next += 1
                    all.insert(next)
                }
            }
            return all
        }
        places = open(places)
        for byte in text {
            var next: Set<Int> = []
            for place in places where place < pattern.count {
                switch pattern[place] {
                case UInt8(ascii: "*"): next.insert(place)
                case UInt8(ascii: "?"), byte: next.insert(place + 1)
                default: break
                }
            }
            places = open(next)
            if places.isEmpty { return [] }
        }
        return places.map { pattern[$0...] }
    }
}

extension [UInt8] {
    /// The text between colons, of which the sixth part has all others.
    fileprivate var partsOfARN: [ArraySlice<UInt8>] {
        split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    }

    /// With a star for each variable, which may be anything.
    fileprivate var withoutVariables: [UInt8] {
        var result: [UInt8] = []
        var index = startIndex
        while index < endIndex {
            if self[index] == UInt8(ascii: "$"), index + 1 < endIndex,
                self[index + 1] == UInt8(ascii: "{"),
                let end = self[index...].firstIndex(of: UInt8(ascii: "}"))
            {
                result.append(UInt8(ascii: "*"))
                index = end + 1
            } else {
                result.append(self[index])
                index += 1
            }
        }
        return result
    }
}
