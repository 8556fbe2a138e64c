package import Coverage
package import JSONSource
package import OrganizationModel
package import Scenarios

/// A form of a run's results, put together scenario by scenario: no result needs to be kept.
package protocol RunReport: Sendable {
    /// Which checks it shows with their explanations.
    var explained: ExplainedChecks { get }

    /// Whether the organizations of the run are shown, with what of them was decided.
    var showsWorld: Bool { get }

    /// What is printed of a scenario, on any thread.
    func scenario(_ result: ScenarioResult) -> [UInt8]

    /// What is printed before a scenario, where scenarios are printed as they come; nil where what
    /// is known at the end of the run stands before them.
    func opening(isFirst: Bool) -> [UInt8]?

    /// What is printed at the end, with the scenarios that are not printed yet.
    func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8]
}

/// What is known at the end of a run.
package struct EndedRun: Sendable {
    package let tally: RunTally
    /// What is wrong with the files.
    package let diagnostics: [Diagnostic]
    /// How long the run took.
    package let seconds: Double
    /// What the scenarios decided of what there is, where that was asked for.
    package let coverage: CoverageReport?
    /// What the scenarios asked, each organization once; left out where no report shows them.
    package let organizations: [ToldOrganization]

    package init(
        tally: RunTally,
        diagnostics: [Diagnostic],
        seconds: Double,
        coverage: CoverageReport? = nil,
        organizations: [ToldOrganization] = []
    ) {
        self.coverage = coverage
        self.tally = tally
        self.diagnostics = diagnostics
        self.seconds = seconds
        self.organizations = organizations
    }

    package var withoutCoverage: EndedRun {
        EndedRun(
            tally: tally,
            diagnostics: diagnostics,
            seconds: seconds,
            organizations: organizations
        )
    }

    /// An organization with the file it stands in.
    package struct ToldOrganization: Sendable {
        package let file: String
        /// The first scenario that asks it, which may have laid other files over that one.
        package let scenario: String
        package let organization: Organization

        package init(file: String, scenario: String, organization: Organization) {
            self.file = file
            self.scenario = scenario
            self.organization = organization
        }
    }
}

extension RunReport {
    package var showsWorld: Bool { false }

    /// All of a run whose results are at hand.
    package func render(_ summary: RunSummary) -> String {
        var bytes: [UInt8] = []
        var kept: [UInt8] = []
        for (index, result) in summary.results.enumerated() {
            if let opening = opening(isFirst: index == 0) {
                bytes += opening + scenario(result)
            } else {
                kept += scenario(result)
            }
        }
        let end = EndedRun(
            tally: summary.tally,
            diagnostics: summary.diagnostics,
            seconds: summary.seconds
        )
        bytes += ending(end, scenarios: kept)
        return String(decoding: bytes, as: UTF8.self)
    }
}
