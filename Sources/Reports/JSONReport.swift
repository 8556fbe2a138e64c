package import JSONSource
import Authorization
import Scenarios

/// A run as JSON (formats, section 4).
package struct JSONReport {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package func render(_ summary: RunSummary) -> String {
        // One scenario after the other: all of them as one tree take several times the memory.
        let scenarios = summary.results.map { scenario($0).pretty(depth: 2) }
        let list =
            scenarios.isEmpty ? "[]" : "[\n    \(scenarios.joined(separator: ",\n    "))\n  ]"
        let problems = ProblemJSON(sources: sources).list(summary.diagnostics)
        let members = [
            "\"scenarios\": \(list)",
            problems.map { "\"diagnostics\": \($0.pretty(depth: 1))" },
            "\"summary\": \(closing(summary).pretty(depth: 1))",
        ]
        return "{\n  " + members.compactMap { $0 }.joined(separator: ",\n  ") + "\n}\n"
    }

    private func closing(_ summary: RunSummary) -> JSONOutput {
        .fields([
            "scenarios": .integer(summary.results.count),
            "passed": .integer(summary.count(.passed)),
            "failed": .integer(summary.count(.failed)),
            "errors": .integer(summary.count(.error)),
            "checks": .integer(summary.checks.count),
            "seconds": .number(Self.seconds(summary.seconds)),
        ])
    }

    /// Seconds with three digits behind the point.
    static func seconds(_ value: Double) -> String {
        let thousandths = Int((value * 1_000).rounded())
        let fraction = String(thousandths % 1_000)
        let padding = String(repeating: "0", count: 3 - fraction.count)
        return "\(thousandths / 1_000).\(padding)\(fraction)"
    }

    private func scenario(_ result: ScenarioResult) -> JSONOutput {
        .fields([
            "file": .string(result.file),
            "scenario": .string(result.name),
            "status": .string(result.status.rawValue),
            "steps": .array(result.steps.map { step($0) }),
        ])
    }

    private func step(_ step: StepResult) -> JSONOutput {
        .fields([
            "index": .integer(step.index),
            "name": .optional(step.name),
            "status": .string(step.status.rawValue),
            "checks": .array(step.checks.map { check($0) }),
        ])
    }

    private func check(_ check: CheckResult) -> JSONOutput {
        .fields([
            "principal": .optional(check.principal),
            "action": .string(check.action),
            "resource": .optional(check.resource),
            "expected": .string(check.expected),
            "actual": .string(check.actual),
            "status": .string(check.status.rawValue),
            "blockedBy": .strings((check.decision?.blockedBy ?? []).map(\.rawValue)),
            "absentKeys": .strings(check.decision?.absentKeys ?? []),
            "failures": .strings(check.failures),
            "reasons": .array(
                (check.decision?.reasons ?? []).map {
                    DecisionJSON.reason($0, location: sources.location(of: $0.span))
                }
            ),
            "dependsOn": check.decision.flatMap { ConditionBlocks.ways($0) },
            "notes": .strings(check.decision?.notes ?? []),
            "location": sources.location(of: check.span).map {
                .fields([
                    "line": .integer($0.position.line), "column": .integer($0.position.column),
                ])
            },
        ])
    }
}
