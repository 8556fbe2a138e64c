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

    var tally: RunTally { results.reduce(into: RunTally()) { $0.add(RunTally($1)) } }
}

/// How many scenarios and checks of a run came out how, where the results themselves are gone.
package struct RunTally: Sendable {
    package private(set) var scenarios = 0
    package private(set) var failedScenarios = 0
    package private(set) var errors = 0
    package private(set) var passedChecks = 0
    package private(set) var failedChecks = 0

    package init() {}

    package init(_ result: ScenarioResult) {
        scenarios = 1
        failedScenarios = result.status == .failed ? 1 : 0
        errors = result.status == .error ? 1 : 0
        for step in result.steps {
            let passed = step.checks.count { $0.status == .passed }
            passedChecks += passed
            failedChecks += step.checks.count - passed
        }
    }

    var passedScenarios: Int { scenarios - failedScenarios - errors }
    var checks: Int { passedChecks + failedChecks }

    package mutating func add(_ other: RunTally) {
        scenarios += other.scenarios
        failedScenarios += other.failedScenarios
        errors += other.errors
        passedChecks += other.passedChecks
        failedChecks += other.failedChecks
    }
}
