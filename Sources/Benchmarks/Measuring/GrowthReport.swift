import JSONSource

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Curves: what a work costs at sizes that double.
final class GrowthReport {
    private let only: String?
    private let repetitions: Int
    private let isQuiet: Bool
    private var curves: [Curve] = []

    /// Above what n log n gives at sizes from hundreds to hundreds of thousands, and noise.
    static let limit = 1.25

    struct Curve {
        let work: String
        let dimension: String
        let sizes: [Int]
        let seconds: [Double]
        /// What is done at each size.
        let units: [Int]
        let limit: Double

        /// The power of the size that leads from the first point to the last.
        var exponent: Double {
            guard let first = seconds.first, let last = seconds.last, first > 0, last > 0,
                let least = sizes.first, let most = sizes.last, most > least
            else { return 0 }
            return log(last / first) / log(Double(most) / Double(least))
        }

        var isWithinLimit: Bool { exponent <= limit }
    }

    init(only: String?, repetitions: Int, isQuiet: Bool) {
        self.only = only
        self.repetitions = repetitions
        self.isQuiet = isQuiet
    }

    var isWithinLimits: Bool { curves.allSatisfy(\.isWithinLimit) }

    func wants(_ dimension: String, _ works: [String]) -> Bool {
        guard let only else { return true }
        return works.contains { "\($0) by \(dimension)".contains(only) }
    }

    /// The least of several times of a piece of work.
    func best(_ work: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<repetitions { best = min(best, try Stopwatch.wall.seconds(work)) }
        return best
    }

    func add(
        _ work: String,
        _ dimension: String,
        _ sizes: [Int],
        _ seconds: [Double],
        units: [Int]? = nil,
        limit: Double = GrowthReport.limit
    ) {
        guard wants(dimension, [work]) else { return }
        let curve = Curve(
            work: work,
            dimension: dimension,
            sizes: sizes,
            seconds: seconds,
            units: units ?? sizes,
            limit: limit
        )
        curves.append(curve)
        if !isQuiet { StandardOutput.write(Self.text(curve)) }
    }

    private static func text(_ curve: Curve) -> String {
        let mark = curve.isWithinLimit ? "" : "  <- grows too fast"
        var text =
            "\(curve.work) by \(curve.dimension): exponent "
            + "\(curve.exponent.rounded(to: 2))\(mark)\n"
        for (index, seconds) in curve.seconds.enumerated() {
            let size = curve.sizes[index]
            let each = (seconds * 1e9 / Double(curve.units[index])).rounded(to: 0)
            text +=
                size.grouped.paddingBefore(to: 12)
                + "\((seconds * 1e3).rounded(to: 2)) ms".paddingBefore(to: 16)
                + "\(each) ns each".paddingBefore(to: 20) + "\n"
        }
        return text
    }

    func json(_ machine: Machine) -> JSONOutput {
        let curves = curves.map { curve in
            JSONOutput.fields([
                "work": .string(curve.work),
                "dimension": .string(curve.dimension),
                "sizes": .array(curve.sizes.map { .integer($0) }),
                "seconds": .array(curve.seconds.map { .number($0.rounded(to: 9)) }),
                "exponent": .number(curve.exponent.rounded(to: 3)),
                "limit": .number(curve.limit.rounded(to: 3)),
            ])
        }
        return .fields([
            "format": .string("growth/1"),
            "machine": machine.json,
            "curves": .array(curves),
        ])
    }
}
