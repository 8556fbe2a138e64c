import Coverage
import JSONSource
import Reports

/// Whether a run counts what its checks decide, and how much of it there has to be.
struct CoverageGoal {
    /// Whether it was asked for.
    let isTold: Bool
    /// Whether it is counted: a page shows it unasked.
    let isCounted: Bool
    /// In thousandths.
    private let threshold: Int?

    init(_ arguments: Arguments, _ formats: [RunFormat]) throws(Arguments.UsageError) {
        let text = arguments.options["--coverage-threshold"]
        threshold = try text.map(Self.thousandths)
        isTold =
            arguments.options["--coverage"] != nil || text != nil || formats.contains(.lcov)
        isCounted = isTold || formats.contains(.html)
    }

    /// What is to be said of a run that did not get there.
    func shortfall(of report: CoverageReport) -> String? {
        guard let threshold else { return nil }
        let missing = report.missing(to: threshold)
        guard missing > 0 else { return nil }
        let total = report.total
        let first = report.firstGap.map { ", first \($0.printable)" } ?? ""
        return "coverage is \(CoverageText.percent(total)), below the "
            + "\(CoverageText.percent(thousandths: threshold)) asked for: checks would have to decide "
            + "\(missing) more of \(total.all)\(first)"
    }

    /// A percentage with at most one digit behind the point.
    private static func thousandths(_ text: String) throws(Arguments.UsageError) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber = parts.allSatisfy { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
        }
        let tenths = parts.count == 2 ? parts[1] : "0"
        guard isNumber, parts.count <= 2, tenths.utf8.count == 1, let whole = Int(parts[0]),
            let digit = Int(tenths), whole * 10 + digit <= 1_000
        else {
            throw Arguments.UsageError(
                message:
                    "'--coverage-threshold' takes a percentage from 0 to 100, such as 95 or 97.5, "
                    + "not '\(text)'"
            )
        }
        return whole * 10 + digit
    }
}
