import Authorization
import Explaining
import JSONSource
import Scenarios

// A scenario with every check.
extension RunPage {
    func section(of result: ScenarioResult) -> HTML {
        let checks = result.steps.flatMap(\.checks)
        let failed = checks.count { $0.status == .failed }
        return HTML(
            .details,
            .class("scenario"),
            .plain("data-name", "\(result.name) \(result.file)"),
            result.status == .passed ? nil : .plain("open")
        ) {
            HTML(.summary) {
                chip(result.status, failed, of: checks.count)
                result.name
                if result.name != result.file {
                    " "
                    HTML(.code, .class("place")) { result.file }
                }
            }
            if let description = result.description {
                HTML(.p, .class("lead")) { description }
            }
            for step in result.steps { self.step(step, of: result) }
        }
    }

    private func chip(_ status: ScenarioResult.Status, _ failed: Int, of all: Int) -> HTML {
        switch status {
        case .passed: HTML(.span, .class("chip good")) { all.counted("check") }
        case .failed: HTML(.span, .class("chip bad")) { "\(failed) of \(all) failed" }
        case .error: HTML(.span, .class("chip odd")) { "cannot be replayed" }
        }
    }

    private func step(_ step: StepResult, of result: ScenarioResult) -> HTML? {
        guard !step.checks.isEmpty else { return nil }
        return HTML(.div, .class("step")) {
            HTML(.h3) {
                step.title
                if let place = sources.location(of: step.span) {
                    " "
                    HTML(.code, .class("place")) { "line \(place.position.line)" }
                }
            }
            for (index, check) in step.checks.enumerated() {
                self.check(check, id: "\(result.file)-\(step.index)-\(index + 1)")
            }
        }
    }

    private func check(_ check: CheckResult, id: String) -> HTML {
        let question = TextReport.question(check)
        let isPassed = check.status == .passed
        let kind =
            switch check.decision?.outcome {
            case .allowed?: " allowed"
            case nil: ""
            case _?: " denied"
            }
        let style = HTML.Attribute.class("check \(check.status.rawValue)\(kind)")
        let name = HTML.Attribute.plain("data-name", "\(question) \(check.actual)")
        let line: [HTML] = [
            HTML(.span, .class("sign"), .plain("role", "img"), .label(check.status.rawValue)) {
                isPassed ? "✓" : "✗"
            },
            .text("\(check.decision?.outcome.words ?? check.actual) · \(question)"),
        ]
        let failures = check.failures.map { failure in HTML(.p, .class("why")) { failure } }
        let why = check.explanations.enumerated().flatMap { number, explanation in
            explained(
                explanation,
                id: "\(id)-\(number + 1)",
                isAlone: check.explanations.count == 1
            )
        }
        guard !why.isEmpty else {
            return HTML(.div, style, name) {
                line
                failures
            }
        }
        return HTML(.details, style, name, isPassed ? nil : .plain("open")) {
            HTML(.summary) { line }
            failures
            why
        }
    }

    /// Why one request of a check came out as it did.
    private func explained(_ explanation: Explanation, id: String, isAlone: Bool) -> [HTML] {
        let article = ExplanationPage.Article(
            answer: ExplainedAnswer(explanation: explanation),
            sources: sources,
            // An id holds no blank.
            id: id.replacing(" ", with: "_"),
            isAlone: false,
            rowLimit: 0
        )
        let title = isAlone ? nil : HTML(.p) { HTML(.strong) { article.title } }
        return [title, article.ways, article.layers, article.basis, article.hops].compactMap { $0 }
    }
}
