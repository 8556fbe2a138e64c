package import JSONSource
package import Linting

/// Findings for people: each at its place with the line, in order of file and place.
package struct LintTextReport {
    private let sources: SourceMap
    private let style: TextStyle

    package init(sources: SourceMap, style: TextStyle) {
        self.sources = sources
        self.style = style
    }

    package func render(_ result: LintResult) -> String {
        // Where nothing could be read, a count of nothing would look like praise.
        if result.policies.isEmpty, result.organizations == 0, result.diagnostics.hasErrors {
            return ""
        }
        let blocks = DiagnosticRenderer(sources: sources)
            .render(result.standing.map(\.diagnostic))
        return blocks + summary(result) + "\n"
    }

    private func summary(_ result: LintResult) -> String {
        var parts = Check.Severity.allCases.map { severity in
            result.count(severity).counted(severity.rawValue)
        }
        if !result.silenced.isEmpty { parts.append("\(result.silenced.count) silenced") }
        let colour: TextStyle.Colour = result.reaches(.warning) ? .bad : .good
        let passedOver =
            result.passedOver > 0
            ? "; \(result.passedOver.counted("other file")) passed over" : ""
        return style.paint(parts.joined(separator: ", "), colour) + " in " + looked(result)
            + passedOver
    }

    private func looked(_ result: LintResult) -> String {
        let kinds = PolicyKind.allCases.compactMap { kind in
            result.policies[kind].map { "\($0) \(kind.rawValue)" }
        }
        let policies = result.policies.values.reduce(0, +).counted("policy")
        let list = kinds.isEmpty ? policies : "\(policies) (\(kinds.joined(separator: ", ")))"
        guard result.organizations > 0 else { return list }
        return "\(list) and \(result.organizations.counted("organization"))"
    }
}

extension Finding {
    /// As a diagnostic whose code is the check's id.
    var diagnostic: Diagnostic {
        let severity: Diagnostic.Severity =
            switch check.severity {
            case .error: .error
            case .warning: .warning
            case .note: .note
            }
        return Diagnostic(
            severity,
            check.id,
            remark.message,
            at: remark.span,
            help: remark.help,
            notes: remark.notes
        )
    }
}
