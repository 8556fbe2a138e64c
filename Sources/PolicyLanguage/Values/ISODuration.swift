/// A length of time in whole seconds, written as ISO 8601 does: `PT2H`, `P1DT30M`, `PT900S`.
///
/// Months and years have no fixed length and are refused.
package struct ISODuration: Sendable, Hashable {
    package let seconds: Int64

    package init?(_ text: String) {
        guard text.hasPrefix("P") else { return nil }
        let parts = text.dropFirst().split(
            separator: "T",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let days = Self.sum(parts[0], units: [("W", 604_800), ("D", 86_400)])
        let time = parts.count > 1 ? parts[1] : ""
        let clock = Self.sum(time, units: [("H", 3600), ("M", 60), ("S", 1)])
        guard let days, let clock else { return nil }
        // "P" and a "T" with nothing behind it say nothing.
        guard parts.count > 1 ? !time.isEmpty : !parts[0].isEmpty else { return nil }
        seconds = days + clock
    }

    /// The seconds of a run of counts, whose units must come in the order given.
    private static func sum(_ text: Substring, units: [(Character, Int64)]) -> Int64? {
        var total: Int64 = 0
        var rest = text
        var units = units[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let count = Int64(digits), count <= 1_000_000_000, let unit = rest.popFirst(),
                let index = units.firstIndex(where: { $0.0 == unit })
            else { return nil }
            total += count * units[index].1
            units = units[(index + 1)...]
        }
        return total
    }
}
