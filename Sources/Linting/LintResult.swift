package import JSONSource

/// Everything one run of the linter has to say.
package struct LintResult: Sendable {
    package var findings: [Finding] = []
    /// What kept files from being looked at, or whole.
    package var diagnostics: [Diagnostic] = []
    /// How many documents of each kind were looked at.
    package var policies: [PolicyKind: Int] = [:]
    package var organizations = 0
    /// JSON files that hold neither.
    package var passedOver = 0

    package init() {}
}

extension LintResult {
    package var standing: [Finding] { findings.filter { $0.silencedBecause == nil } }
    package var silenced: [Finding] { findings.filter { $0.silencedBecause != nil } }

    package func count(_ severity: Check.Severity) -> Int {
        standing.count { $0.check.severity == severity }
    }

    /// Whether something at least as bad stands.
    package func reaches(_ severity: Check.Severity) -> Bool {
        standing.contains { $0.check.severity.weight >= severity.weight }
    }
}

extension Check.Severity {
    fileprivate var weight: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .note: 0
        }
    }
}
