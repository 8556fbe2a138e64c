import Authorization
package import JSONSource
package import Scenarios

/// A run in the Test Anything Protocol: a test a scenario, whose checks are its subtest.
///
/// Subtests are indented as in version 14, which readers of 13 pass over.
///
/// Source: Test Anything Protocol, "TAP 13 specification" and "TAP 14 specification".
package struct TAPReport: RunReport {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package var explained: ExplainedChecks { .failed }

    package func opening(isFirst: Bool) -> [UInt8]? {
        Array((isFirst ? "TAP version 13\n" : "").utf8)
    }

    package func scenario(_ result: ScenarioResult) -> [UInt8] {
        let title = Self.description("\(result.name) (\(result.file))")
        var lines = ["# Subtest: \(title)"]
        var number = 0
        for step in result.steps {
            for check in step.checks {
                number += 1
                lines += self.check(check, number, of: step).map { "    " + $0 }
            }
        }
        lines.append("    1..\(number)")
        // Scenarios are written on any thread: a reader counts them himself.
        lines.append("\(result.status == .passed ? "ok" : "not ok") - \(title)")
        if result.status == .error {
            lines += Self.block(["message": .string("cannot be replayed")])
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        var text = run.tally.scenarios == 0 ? "TAP version 13\n" : ""
        let problems = DiagnosticRenderer(sources: sources).sorted(run.diagnostics)
        for problem in problems {
            let place = sources.location(of: problem.span).map { "\($0): " } ?? ""
            text += "# \(place)\(problem.severity.rawValue): \(problem.message.printable)\n"
        }
        let isEmpty = run.tally.scenarios == 0
        text += isEmpty ? "Bail out! nothing could be replayed\n" : "1..\(run.tally.scenarios)\n"
        return Array(text.utf8)
    }

    private func check(_ check: CheckResult, _ number: Int, of step: StepResult) -> [String] {
        let title = Self.description("\(step.title): \(TextReport.question(check))")
        guard check.status == .failed else { return ["ok \(number) - \(title)"] }
        let report = TextReport(sources: sources, style: .plain)
        let why = check.decision.map { decision in
            decision.reasons.map { report.reason($0, of: decision) }
        }
        let block = Self.block([
            "message": .string(check.failures.joined(separator: "; ")),
            "at": sources.location(of: check.span).map { .string("\($0)") },
            "expected": .string(check.expected),
            "actual": .string(check.actual),
            "because": .strings(why ?? []),
        ])
        return ["not ok \(number) - \(title)"] + block
    }

    /// A block of YAML, every value of which is JSON.
    private static func block(_ fields: KeyValuePairs<String, JSONOutput?>) -> [String] {
        let lines = fields.compactMap { name, value in value.map { "  \(name): \($0.compact)" } }
        return ["  ---"] + lines + ["  ..."]
    }

    /// A `#` would begin a directive.
    private static func description(_ text: String) -> String {
        text.printable.unicodeScalars.map { $0 == "#" || $0 == "\\" ? "\\\($0)" : String($0) }
            .joined()
    }
}
