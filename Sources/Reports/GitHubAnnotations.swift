import Authorization
package import JSONSource
package import Linting
package import Scenarios

/// What a run has to say as workflow commands, which GitHub shows beside the lines of a pull
/// request.
///
/// Source: GitHub Docs, "Workflow commands for GitHub Actions".
package struct GitHubAnnotations {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    /// Findings, behind what is wrong with the files.
    package func render(_ result: LintResult) -> String {
        let findings = result.standing.map { annotation($0.diagnostic) }
        return render(result.diagnostics) + findings.joined()
    }

    /// What is wrong with files, in order of file and place.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        DiagnosticRenderer(sources: sources).sorted(diagnostics).map(annotation).joined()
    }

    /// A failed check with everything that decided it.
    private func sentence(_ check: CheckResult) -> String {
        let report = TextReport(sources: sources, style: .plain)
        let reasons = check.decision.map { decision in
            decision.reasons.map { reason in
                let facts = ExplanationText.facts(of: reason, in: check.explanations)
                return ([report.reason(reason, of: decision)] + facts).joined(separator: ", ")
            }
        }
        let parts = check.failures + (reasons ?? [])
        return "\(TextReport.question(check)): \(parts.joined(separator: "; "))"
    }

    private func annotation(_ diagnostic: Diagnostic) -> String {
        let command =
            switch diagnostic.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        let help = diagnostic.help.map { "; \($0)" } ?? ""
        return annotation(
            command,
            diagnostic.code,
            diagnostic.message + help,
            at: diagnostic.span
        )
    }

    private func annotation(
        _ command: String,
        _ title: String,
        _ message: String,
        at span: SourceSpan
    ) -> String {
        var properties = ["title=\(Self.property(title))"]
        if let place = sources.location(of: span) {
            properties =
                [
                    "file=\(Self.property(place.path))",
                    "line=\(place.position.line)",
                    "col=\(place.position.column)",
                ] + properties
        }
        return "::\(command) \(properties.joined(separator: ","))::\(Self.data(message))\n"
    }

    private static func data(_ text: String) -> String {
        escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    private static func property(_ text: String) -> String {
        escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    /// Scalar by scalar, so that no combining mark hides the sign before it.
    private static func escape(_ text: String, _ table: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.map { table[$0] ?? String($0) }.joined().printable
    }
}

// Failed checks, behind what is wrong with the files.
extension GitHubAnnotations: RunReport {
    package var explained: ExplainedChecks { .failed }

    package func opening(isFirst: Bool) -> [UInt8]? { nil }

    package func scenario(_ result: ScenarioResult) -> [UInt8] {
        var bytes: [UInt8] = []
        for step in result.steps {
            for check in step.checks where check.status == .failed {
                let title = "\(result.name), step \(step.index)"
                bytes += annotation("error", title, sentence(check), at: check.span).utf8
            }
        }
        return bytes
    }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        Array(render(run.diagnostics).utf8) + scenarios
    }
}
