import Coverage
import JSONSource
package import Scenarios

/// Coverage in the tracefile format of lcov, which `genhtml` and the viewers of editors show.
///
/// A line counts as often as what stands on it decided, the least of several things; the branches of
/// a condition are that it held and that it failed.
///
/// Source: manual page geninfo(1) of lcov 1.16, "FILES".
package struct LCOVReport: RunReport {
    package init() {}

    package var explained: ExplainedChecks { .none }

    package func opening(isFirst: Bool) -> [UInt8]? { [] }

    package func scenario(_ result: ScenarioResult) -> [UInt8] { [] }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        let files = run.coverage?.files ?? []
        return Array(files.map { Self.record(of: $0) }.joined().utf8)
    }

    private static func record(of file: CoverageReport.File) -> String {
        // A line break would begin another record.
        var lines = ["TN:", "SF:\(file.path.printable)"]
        var branches: [String] = []
        var taken = 0
        for (block, condition) in file.conditions.enumerated() {
            let isReached = condition.held + condition.failed > 0
            for (branch, count) in [condition.held, condition.failed].enumerated() {
                let hits = isReached ? String(count) : "-"
                branches.append("BRDA:\(condition.line),\(block),\(branch),\(hits)")
                if count > 0 { taken += 1 }
            }
        }
        lines += branches
        if !branches.isEmpty { lines += ["BRF:\(branches.count)", "BRH:\(taken)"] }
        let hits = hits(of: file)
        lines += hits.map { "DA:\($0.line),\($0.hits)" }
        lines += ["LF:\(hits.count)", "LH:\(hits.count { $0.hits > 0 })", "end_of_record"]
        return lines.map { $0 + "\n" }.joined()
    }

    private static func hits(of file: CoverageReport.File) -> [(line: Int, hits: Int)] {
        var least: [Int: Int] = [:]
        func note(_ line: Int, _ hits: Int) { least[line] = min(least[line] ?? hits, hits) }
        var conditions: [Int: Int] = [:]
        for condition in file.conditions {
            let hits = condition.held + condition.failed
            conditions[condition.line] = max(conditions[condition.line] ?? 0, hits)
        }
        for statement in file.statements {
            for line in statement.lines { note(line, statement.hits) }
        }
        for place in file.places { note(place.line, place.hits) }
        // Where a branch was taken the line was reached; what is missing shows as a branch.
        for (line, hits) in conditions { least[line] = max(least[line] ?? 0, hits) }
        return least.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
