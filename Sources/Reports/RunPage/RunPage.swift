package import JSONSource
package import Scenarios

/// A run of scenarios as one page for a browser: every check, why each denial came about, and what
/// is attached where.
///
/// The page stands alone: nothing is loaded, and it shows whatever the files say as text.
package struct RunPage: RunReport {
    let sources: SourceMap

    /// More mistakes than these are left to the messages of the run.
    private static let problemLimit = 200

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package var explained: ExplainedChecks { .denied }
    package var showsWorld: Bool { true }

    /// The count of the whole run stands first.
    package func opening(isFirst: Bool) -> [UInt8]? { nil }

    package func scenario(_ result: ScenarioResult) -> [UInt8] { section(of: result).written }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        HTMLPage(title: title(run), script: .filter) {
            header(run)
            problems(run.diagnostics)
            if run.tally.scenarios > 0 {
                HTML(.section) {
                    HTML(.h2) { "Scenarios" }
                    controls
                    HTML.written(scenarios)
                }
            }
            if let coverage = run.coverage { self.coverage(coverage) }
            for (index, told) in run.organizations.enumerated() {
                let isFirst = !run.organizations[..<index].contains { $0.file == told.file }
                tree(of: told, isFirst: isFirst)
            }
            HTML(.footer) {
                "Decided by orgsim from the files alone, as AWS documents the evaluation; "
                "nothing was asked of AWS."
            }
        }.written
    }

    private func title(_ run: EndedRun) -> String {
        "\(run.tally.passedChecks) passed, \(run.tally.failedChecks) failed"
    }

    private func header(_ run: EndedRun) -> HTML {
        let tally = run.tally
        let isGood = tally.failedChecks + tally.errors == 0 && !run.diagnostics.hasErrors
        return HTML(.header, .class("verdict \(isGood ? "good" : "bad")")) {
            HTML(.h1) { title(run) }
            HTML(.p) {
                "\(tally.checks.counted("check")) in \(tally.scenarios.counted("scenario"))"
                if tally.failedScenarios > 0 {
                    ", \(tally.failedScenarios.counted("scenario")) with a check that failed"
                }
                if tally.errors > 0 {
                    ", \(tally.errors.counted("scenario")) that could not be replayed"
                }
            }
        }
    }

    private func problems(_ diagnostics: [Diagnostic]) -> HTML? {
        guard !diagnostics.isEmpty else { return nil }
        return HTML(.section, .class("problems")) {
            HTML(.h2) { "What is wrong with the files" }
            HTML(.ul) {
                for problem in diagnostics.prefix(Self.problemLimit) {
                    HTML(.li) {
                        if let place = sources.location(of: problem.span) {
                            HTML(.code, .class("place")) { place.description }
                            " "
                        }
                        "\(problem.severity.rawValue): \(problem.message) "
                        HTML(.code) { problem.code }
                    }
                }
            }
            ExplanationPage.rest(diagnostics.count - Self.problemLimit, "problem")
        }
    }

    /// Shown by the script that serves them.
    private var controls: HTML {
        HTML(.div, .id("controls"), .class("controls"), .plain("hidden")) {
            HTML(
                .input,
                .id("search"),
                .plain("type", "search"),
                .plain("placeholder", "principal, action, resource, scenario"),
                .label("search the checks")
            )
            for (kind, words) in [
                ("all", "all"), ("failed", "failed"), ("denied", "denied"), ("allowed", "allowed"),
            ] {
                HTML(.label) {
                    HTML(
                        .input,
                        .plain("type", "radio"),
                        .plain("name", "kind"),
                        .plain("value", kind),
                        kind == "all" ? .plain("checked") : nil
                    )
                    " \(words)"
                }
            }
            HTML(.span, .id("shown"), .class("lead"), .plain("role", "status")) {}
        }
    }
}
