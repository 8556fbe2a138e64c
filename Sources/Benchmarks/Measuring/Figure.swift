import JSONSource

/// One row of the table: what was measured, as often as it was repeated.
struct Figure: Sendable {
    /// The input, such as `case-b`.
    let input: String
    let work: String
    let unit: Unit
    let stopwatch: Stopwatch?
    /// One value a repetition, the best first.
    let values: [Double]

    enum Unit: String, Sendable {
        case perSecond = "1/s"
        case megabytesPerSecond = "MB/s"
        case seconds = "s"
        case megabytes = "MB"
        /// One figure of this run by another.
        case times = "x"
        case count = ""

        var isBetterHigh: Bool {
            switch self {
            case .perSecond, .megabytesPerSecond, .times: true
            case .seconds, .megabytes, .count: false
            }
        }
    }

    init(
        _ input: String,
        _ work: String,
        _ unit: Unit,
        _ stopwatch: Stopwatch?,
        _ values: [Double]
    ) {
        self.input = input
        self.work = work
        self.unit = unit
        self.stopwatch = stopwatch
        self.values = values.sorted { unit.isBetterHigh ? $0 > $1 : $0 < $1 }
    }

    /// The best of the repetitions: what is added to it is the machine's.
    var best: Double { values.first ?? 0 }
    var worst: Double { values.last ?? 0 }
    var median: Double { values.isEmpty ? 0 : values[values.count / 2] }
}

extension Figure {
    /// The best value as people read it.
    var text: String { Self.text(best, unit) }

    private static func text(_ value: Double, _ unit: Unit) -> String {
        switch unit {
        case .perSecond: "\(Int(value.rounded()).grouped)/s"
        case .megabytesPerSecond: "\(Int(value.rounded())) MB/s"
        case .megabytes: "\(Int(value.rounded()).grouped) MB"
        case .times: "\(value.rounded(to: 2)) ×"
        case .count: "\(value.rounded(to: 2))"
        case .seconds where value < 0.000_01: "\(Int((value * 1e9).rounded())) ns"
        case .seconds where value < 0.01: "\(Int((value * 1e6).rounded()).grouped) µs"
        case .seconds where value < 10: "\(Int((value * 1e3).rounded()).grouped) ms"
        case .seconds: "\(value.rounded(to: 1)) s"
        }
    }

    /// How far the worst repetition lies from the best.
    var spread: String {
        guard values.count > 1, best > 0, worst > 0 else { return "" }
        let share = unit.isBetterHigh ? best / worst : worst / best
        return "+\(Int(((share - 1) * 100).rounded())) %"
    }

    var json: JSONOutput {
        func number(_ value: Double) -> JSONOutput { .number(value.rounded(to: 9)) }
        return .fields([
            "input": .string(input),
            "work": .string(work),
            "unit": .string(unit.rawValue),
            "clock": stopwatch.map { .string($0.rawValue) },
            "best": number(best),
            "median": number(median),
            "worst": number(worst),
            "repetitions": .integer(values.count),
        ])
    }
}

extension Double {
    /// Decimal text with at most so many places, without an exponent.
    func rounded(to places: Int) -> String {
        guard isFinite else { return "0" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let whole = Int((magnitude * scale).rounded())
        let unit = Int(scale)
        var fraction = String(whole % unit)
        fraction = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = self < 0 && whole > 0 ? "-" : ""
        return sign + String(whole / unit) + (fraction.isEmpty ? "" : "." + fraction)
    }
}

extension Int {
    /// With a comma between thousands.
    var grouped: String {
        var digits = String(magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
