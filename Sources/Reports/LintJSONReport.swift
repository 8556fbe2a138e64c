package import JSONSource
package import Linting

/// Findings as JSON, in order of file and place.
package struct LintJSONReport {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
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
            "location": location(finding.remark.span),
            "related": finding.remark.notes.isEmpty
                ? nil
                : .array(
                    finding.remark.notes.map {
                        .fields([
                            "message": .string($0.message), "location": location($0.span),
                        ])
                    }
                ),
        ])
    }

    private func location(_ span: SourceSpan) -> JSONOutput? {
        sources.location(of: span).map {
            .fields([
                "file": .string($0.path),
                "line": .integer($0.position.line),
                "column": .integer($0.position.column),
            ])
        }
    }
}
