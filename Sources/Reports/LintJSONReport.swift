package import JSONSource
package import Linting

/// Findings as JSON, in order of file and place.
package struct LintJSONReport {
    private let problems: ProblemJSON

    package init(sources: SourceMap) {
        problems = ProblemJSON(sources: sources)
    }

    package func render(_ result: LintResult) -> String {
        let policies = PolicyKind.allCases.map {
            JSONOutput.Member($0.rawValue, .integer(result.policies[$0] ?? 0))
        }
        let counts = Check.Severity.allCases.map {
            JSONOutput.Member("\($0.rawValue)s", .integer(result.count($0)))
        }
        return JSONOutput.fields([
            "findings": .array(result.standing.map(finding)),
            "silenced": .array(result.silenced.map(finding)),
            "diagnostics": problems.list(result.diagnostics),
            "summary": .object(
                counts + [
                    JSONOutput.Member("silenced", .integer(result.silenced.count)),
                    JSONOutput.Member("policies", .object(policies)),
                    JSONOutput.Member("organizations", .integer(result.organizations)),
                    JSONOutput.Member("passedOver", .integer(result.passedOver)),
                ]
            ),
        ]).pretty
    }

    private func finding(_ finding: Finding) -> JSONOutput {
        .fields([
            "check": .string(finding.check.id),
            "severity": .string(finding.check.severity.rawValue),
            "message": .string(finding.remark.message),
            "help": finding.remark.help.map { .string($0) },
            "reason": finding.silencedBecause.map { .string($0) },
            "location": problems.location(finding.remark.span),
            "related": problems.related(finding.remark.notes),
        ])
    }
}
