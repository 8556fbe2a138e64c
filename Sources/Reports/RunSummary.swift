package import JSONSource
package import Scenarios

/// The scenarios of a run and their count.
package struct RunSummary: Sendable {
    package let results: [ScenarioResult]
    /// What is wrong with the files.
    package let diagnostics: [Diagnostic]
    /// How long the run took, in seconds; the only figure that differs between runs.
    package let seconds: Double

    package init(results: [ScenarioResult], diagnostics: [Diagnostic] = [], seconds: Double) {
        self.results = results
        self.diagnostics = diagnostics
        self.seconds = seconds
    }

    package var checks: [CheckResult] { results.flatMap { $0.steps.flatMap(\.checks) } }

    package func count(_ status: ScenarioResult.Status) -> Int {
        results.count { $0.status == status }
    }
}
