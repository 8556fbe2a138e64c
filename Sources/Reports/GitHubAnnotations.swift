package import JSONSource
package import Linting

/// Findings as workflow commands that GitHub shows beside the lines of a pull request.
///
/// Source: GitHub Docs, "Workflow commands for GitHub Actions".
package struct GitHubAnnotations {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package func render(_ result: LintResult) -> String {
        result.standing.map(line).joined()
    }

    private func line(_ finding: Finding) -> String {
        let command =
            switch finding.check.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        var properties = ["title=\(Self.property(finding.check.id))"]
        if let place = sources.location(of: finding.remark.span) {
            properties =
                [
                    "file=\(Self.property(place.path))",
                    "line=\(place.position.line)",
                    "col=\(place.position.column)",
                ] + properties
        }
        let help = finding.remark.help.map { "; \($0)" } ?? ""
        let message = Self.data(finding.remark.message + help)
        return "::\(command) \(properties.joined(separator: ","))::\(message)\n"
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
