import Authorization
package import JSONSource
package import Scenarios

/// Failed checks as SARIF: each at its step in the scenario, with the statements that decided.
package struct SARIFRunReport: RunReport {
    private let sarif: SARIF

    package init(sources: SourceMap, toolVersion: String) {
        sarif = SARIF(sources: sources, toolVersion: toolVersion)
    }

    package var explained: ExplainedChecks { .failed }

    /// Results stand behind what is known at the end.
    package func opening(isFirst: Bool) -> [UInt8]? { nil }

    package func scenario(_ result: ScenarioResult) -> [UInt8] {
        var bytes: [UInt8] = []
        for step in result.steps {
            for check in step.checks where check.status == .failed {
                bytes += ",\n        \(self.result(check, step, result).pretty(depth: 4))".utf8
            }
        }
        return bytes
    }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        let head = """
            {
              "$schema": \(JSONOutput.string(SARIF.schema).compact),
              "version": "2.1.0",
              "runs": [
                {
                  "tool": \(sarif.tool([Self.rule]).pretty(depth: 3)),
                  "columnKind": "unicodeCodePoints",
                  "invocations": \(JSONOutput.array([sarif.invocation(run.diagnostics)]).pretty(depth: 3)),
                  "results": [
            """
        let tail = scenarios.isEmpty ? "]" : "\n      ]"
        return Array(head.utf8) + scenarios.dropFirst() + Array("\(tail)\n    }\n  ]\n}\n".utf8)
    }

    private static let rule = JSONOutput.fields([
        "id": .string("expectation"),
        "shortDescription": .fields([
            "text": .string("A check of a scenario came out otherwise than expected")
        ]),
        "defaultConfiguration": .fields(["level": .string("error")]),
    ])

    private func result(
        _ check: CheckResult,
        _ step: StepResult,
        _ scenario: ScenarioResult
    ) -> JSONOutput {
        let report = TextReport(sources: sarif.sources, style: .plain)
        let reasons = check.decision.map { decision in
            decision.reasons.map { (report.reason($0, of: decision, withPlace: false), $0.span) }
        }
        let question = "\(scenario.name), \(step.title): \(TextReport.question(check))"
        let sentences = check.failures + (reasons ?? []).map(\.0)
        let places = (reasons ?? []).compactMap { sarif.location($0.1, message: $0.0) }
        return .fields([
            "ruleId": .string("expectation"),
            "ruleIndex": .integer(0),
            "level": .string("error"),
            "message": sarif.text("\(question): \(sentences.joined(separator: "; "))"),
            "locations": .array([sarif.location(check.span, message: nil)].compactMap { $0 }),
            "relatedLocations": places.isEmpty ? nil : .array(places),
        ])
    }
}
