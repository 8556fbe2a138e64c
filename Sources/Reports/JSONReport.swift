package import JSONSource
import Authorization
import Coverage
package import Scenarios

/// A run as JSON (formats, section 4).
package struct JSONReport: RunReport {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package var explained: ExplainedChecks { .none }

    package func opening(isFirst: Bool) -> [UInt8]? {
        Array((isFirst ? "{\n  \"scenarios\": [\n    " : ",\n    ").utf8)
    }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        let list = run.tally.scenarios == 0 ? "{\n  \"scenarios\": []" : "\n  ]"
        let problems = ProblemJSON(sources: sources).list(run.diagnostics)
        let coverage = run.coverage.map { CoverageJSON(report: $0).bytes(depth: 1) }
        let members = [
            list,
            problems.map { "\"diagnostics\": \($0.pretty(depth: 1))" },
            coverage.map { "\"coverage\": " + String(decoding: $0, as: UTF8.self) },
            "\"summary\": \(closing(run).pretty(depth: 1))",
        ]
        return Array((members.compactMap { $0 }.joined(separator: ",\n  ") + "\n}\n").utf8)
    }

    private func closing(_ run: EndedRun) -> JSONOutput {
        .fields([
            "scenarios": .integer(run.tally.scenarios),
            "passed": .integer(run.tally.passedScenarios),
            "failed": .integer(run.tally.failedScenarios),
            "errors": .integer(run.tally.errors),
            "checks": .integer(run.tally.checks),
            "seconds": .number(Self.seconds(run.seconds)),
        ])
    }

    /// Seconds with three digits behind the point.
    static func seconds(_ value: Double) -> String {
        let thousandths = Int((value * 1_000).rounded())
        let fraction = String(thousandths % 1_000)
        let padding = String(repeating: "0", count: 3 - fraction.count)
        return "\(thousandths / 1_000).\(padding)\(fraction)"
    }

    package func scenario(_ result: ScenarioResult) -> [UInt8] {
        var writer = JSONWriter(indent: 2, depth: 2)
        writer.object { writer in
            writer.field("file")
            writer.string(result.file)
            writer.field("scenario")
            writer.string(result.name)
            writer.field("status")
            writer.string(result.status.rawValue)
            writer.field("steps")
            writer.array(of: result.steps) { write($0, to: &$1) }
        }
        return writer.bytes
    }

    private func write(_ step: StepResult, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("index")
            writer.integer(step.index)
            writer.field("name")
            writer.optional(step.name)
            writer.field("status")
            writer.string(step.status.rawValue)
            writer.field("checks")
            writer.array(of: step.checks) { write($0, to: &$1) }
        }
    }

    private func write(_ check: CheckResult, to writer: inout JSONWriter) {
        let decision = check.decision
        writer.object { writer in
            writer.field("principal")
            writer.optional(check.principal)
            writer.field("action")
            writer.string(check.action)
            writer.field("resource")
            writer.optional(check.resource)
            writer.field("expected")
            writer.string(check.expected)
            writer.field("actual")
            writer.string(check.actual)
            writer.field("status")
            writer.string(check.status.rawValue)
            writer.field("blockedBy")
            DecisionJSON.write(decision?.blockedBy ?? [], to: &writer)
            writer.field("absentKeys")
            writer.strings(decision?.absentKeys ?? [])
            writer.field("failures")
            writer.strings(check.failures)
            writer.field("reasons")
            writer.array(of: decision?.reasons ?? []) { reason, writer in
                DecisionJSON.write(reason, at: sources.location(of: reason.span), to: &writer)
            }
            if let ways = decision.flatMap({ ConditionBlocks.ways($0) }) {
                writer.field("dependsOn")
                writer.value(ways)
            }
            writer.field("notes")
            writer.strings(decision?.notes ?? [])
            if let place = sources.location(of: check.span) {
                writer.field("location")
                writer.object { writer in
                    writer.field("line")
                    writer.integer(place.position.line)
                    writer.field("column")
                    writer.integer(place.position.column)
                }
            }
        }
    }
}
