package import JSONSource
package import Linting

/// Findings as SARIF, for code scanning and editors.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
package struct SARIFReport {
    private let sarif: SARIF

    package init(sources: SourceMap, toolVersion: String) {
        sarif = SARIF(sources: sources, toolVersion: toolVersion)
    }

    package func render(_ result: LintResult) -> String {
        let used = Set(result.findings.map(\.check.id))
        let rules = Check.all.filter { used.contains($0.id) }
        let run = JSONOutput.fields([
            "tool": sarif.tool(rules.map(rule)),
            "columnKind": .string("unicodeCodePoints"),
            "invocations": .array([sarif.invocation(result.diagnostics)]),
            "results": .array(
                result.findings.map { finding in
                    self.result(finding, rules.firstIndex { $0.id == finding.check.id })
                }
            ),
        ])
        return JSONOutput.fields([
            "$schema": .string(SARIF.schema),
            "version": .string("2.1.0"),
            "runs": .array([run]),
        ]).pretty
    }

    private func rule(_ check: Check) -> JSONOutput {
        .fields([
            "id": .string(check.id),
            "shortDescription": sarif.text(check.title),
            "fullDescription": sarif.text(check.why),
            "help": sarif.text("\(check.why)\n\n\(check.fix)\n\nSource: \(check.source)"),
            "defaultConfiguration": .fields(["level": .string(check.severity.rawValue)]),
        ])
    }

    private func result(_ finding: Finding, _ rule: Int?) -> JSONOutput {
        let help = finding.remark.help.map { "; \($0)" } ?? ""
        return .fields([
            "ruleId": .string(finding.check.id),
            "ruleIndex": rule.map { .integer($0) },
            "level": .string(finding.check.severity.rawValue),
            "message": sarif.text(finding.remark.message + help),
            "locations": .array(
                [sarif.location(finding.remark.span, message: nil)].compactMap { $0 }
            ),
            "relatedLocations": finding.remark.notes.isEmpty
                ? nil
                : .array(
                    finding.remark.notes.compactMap { sarif.location($0.span, message: $0.message) }
                ),
            "suppressions": finding.silencedBecause.map {
                .array([
                    .fields(["kind": .string("inSource"), "justification": .string($0)])
                ])
            },
        ])
    }
}
