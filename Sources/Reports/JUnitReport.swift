package import JSONSource
package import Scenarios

/// A run as JUnit XML, as Jenkins, GitLab and most other build servers read it: a suite a scenario,
/// a test case a check.
///
/// Source: Apache Maven Surefire and Jenkins xUnit plugin, `junit-10.xsd`.
package struct JUnitReport: RunReport {
    private let sources: SourceMap

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package var explained: ExplainedChecks { .failed }

    /// Counts of the whole run stand before the scenarios.
    package func opening(isFirst: Bool) -> [UInt8]? { nil }

    package func scenario(_ result: ScenarioResult) -> [UInt8] {
        var cases = result.steps.flatMap { step in
            step.checks.map { testCase($0, of: step, in: result) }
        }
        let isUnread = result.status == .error
        if isUnread { cases.append(unread(result)) }
        let tally = RunTally(result)
        let attributes = XML.attributes([
            "name": result.name,
            "file": result.file,
            "tests": String(cases.count),
            "failures": String(tally.failedChecks),
            "errors": isUnread ? "1" : "0",
            "skipped": "0",
        ])
        let suite =
            ["  <testsuite\(attributes)>"] + description(result) + cases + ["  </testsuite>", ""]
        return Array(suite.joined(separator: "\n").utf8)
    }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        let problems = DiagnosticRenderer(sources: sources)
            .sorted(run.diagnostics.filter { $0.severity == .error })
        let attributes = XML.attributes([
            "name": "orgsim",
            "tests": String(run.tally.checks + run.tally.errors + problems.count),
            "failures": String(run.tally.failedChecks),
            "errors": String(run.tally.errors + problems.count),
            "time": JSONReport.seconds(run.seconds),
        ])
        let opening = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites\(attributes)>\n"
        return Array(opening.utf8) + scenarios
            + Array((suite(of: problems) + "</testsuites>\n").utf8)
    }

    private func description(_ result: ScenarioResult) -> [String] {
        guard let description = result.description else { return [] }
        let property = XML.attributes(["name": "description", "value": description])
        return ["    <properties>", "      <property\(property)/>", "    </properties>"]
    }

    private func testCase(
        _ check: CheckResult,
        of step: StepResult,
        in result: ScenarioResult
    ) -> String {
        let name = "\(step.title): \(TextReport.question(check))"
        let attributes = XML.attributes(["classname": result.file, "name": name])
        guard check.status == .failed else { return "    <testcase\(attributes)/>" }
        let failure = XML.attributes([
            "type": check.actual, "message": check.failures.joined(separator: "; "),
        ])
        let story = TextReport(sources: sources, style: .plain).story(of: check, in: step)
        return """
                <testcase\(attributes)>
                  <failure\(failure)>\(XML.escape(story.joined(separator: "\n")))</failure>
                </testcase>
            """
    }

    private func unread(_ result: ScenarioResult) -> String {
        let attributes = XML.attributes(["classname": result.file, "name": "the scenario is read"])
        let error = XML.attributes([
            "type": "input", "message": "cannot be replayed, see the errors of the files",
        ])
        return "    <testcase\(attributes)>\n      <error\(error)/>\n    </testcase>"
    }

    /// What is wrong with the files: they belong to no scenario alone.
    private func suite(of problems: [Diagnostic]) -> String {
        guard !problems.isEmpty else { return "" }
        let count = String(problems.count)
        let attributes = XML.attributes([
            "name": "files", "tests": count, "failures": "0", "errors": count, "skipped": "0",
        ])
        let renderer = DiagnosticRenderer(sources: sources)
        let cases = problems.map { problem in
            let file = sources.location(of: problem.span)?.path ?? "files"
            let place = XML.attributes(["classname": file, "name": problem.message])
            let error = XML.attributes(["type": problem.code, "message": problem.message])
            let text = XML.escape(renderer.render([problem]))
            return "    <testcase\(place)>\n      <error\(error)>\(text)</error>\n    </testcase>\n"
        }
        return "  <testsuite\(attributes)>\n\(cases.joined())  </testsuite>\n"
    }
}
