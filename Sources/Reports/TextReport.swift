package import JSONSource
package import Authorization
import Scenarios

/// A run for people: a line a scenario, every failed check with what came out and why.
package struct TextReport {
    private let sources: SourceMap
    private let style: TextStyle

    package init(sources: SourceMap, style: TextStyle) {
        self.sources = sources
        self.style = style
    }

    package func render(_ summary: RunSummary) -> String {
        // Where nothing could be read, a count of nothing would look like success.
        if summary.results.isEmpty, summary.diagnostics.hasErrors { return "" }
        var lines = summary.results.flatMap { scenario($0) }
        if !lines.isEmpty { lines.append("") }
        lines.append(closing(summary))
        return lines.map { $0 + "\n" }.joined()
    }

    private func closing(_ summary: RunSummary) -> String {
        let passed = summary.checks.count { $0.status == .passed }
        let failed = summary.checks.count - passed
        let errors = summary.count(.error)
        let scenarios = summary.results.count
        var line = scenarios.counted("scenario")
        line += ", \(passed.counted("check")) passed, \(failed) failed"
        if errors > 0 { line += ", \(errors.counted("scenario")) could not be replayed" }
        line += " (\(JSONReport.seconds(summary.seconds)) s)"
        return style.paint(line, failed + errors == 0 ? .good : .bad)
    }

    private func scenario(_ result: ScenarioResult) -> [String] {
        let checks = result.steps.flatMap(\.checks)
        // A scenario that could not be read is called by its file.
        let name =
            result.name == result.file
            ? result.file.printable : "\(result.name.printable) (\(result.file.printable))"
        switch result.status {
        case .passed:
            let mark = style.paint("✓", .good)
            return ["\(mark) \(name): \(checks.count.counted("check"))"]
        case .error:
            let mark = style.paint("!", .bad)
            return ["\(mark) \(name): cannot be replayed, see the errors"]
        case .failed:
            let failed = checks.count { $0.status == .failed }
            let mark = style.paint("✗", .bad)
            var lines = ["\(mark) \(name): \(failed) of \(checks.count) checks failed"]
            if let description = result.description { lines.append("  \(description.printable)") }
            return lines + result.steps.flatMap { step($0) }
        }
    }

    private func step(_ step: StepResult) -> [String] {
        let failed = step.checks.filter { $0.status == .failed }
        guard !failed.isEmpty else { return [] }
        let place = sources.location(of: step.span).map { "\($0): " } ?? ""
        let title = "  \(place)step \(step.index)" + (step.name.map { " · \($0.printable)" } ?? "")
        return ["", title] + failed.flatMap { check($0) }
    }

    private func check(_ check: CheckResult) -> [String] {
        var lines = ["    \(Self.question(check).printable)"]
        lines += check.failures.map { "      " + style.paint($0.printable, .bad) }
        guard let decision = check.decision else { return lines }
        if decision.reasons.isEmpty, decision.outcome == .allowed {
            lines.append("      allowed without a statement: nothing needs to grant it")
        } else if !decision.reasons.isEmpty {
            switch decision.outcome {
            case .allowed: lines.append("      allowed by")
            case .undetermined: lines.append("      what may stand in the way")
            case .explicitDeny, .implicitDeny, .invalid, .expiredToken:
                lines.append("      what stands in the way")
            }
        }
        let why = ExplanationText(sources: sources, style: style)
        for reason in decision.reasons {
            lines.append("        " + self.reason(reason, of: decision))
            lines += why.details(of: reason, in: check.explanations, indent: "          ")
        }
        lines += why.ways(decision, indent: "      ")
        if !decision.absentKeys.isEmpty {
            let keys = decision.absentKeys.joined(separator: ", ")
            lines.append("      not given, and a real call could carry it: \(keys)")
        }
        return lines + decision.notes.map { "      note: \($0.printable)" }
    }

    /// Who asked for what.
    static func question(_ check: CheckResult) -> String {
        let who = check.principal.map { $0 + " → " } ?? ""
        let what = check.resource.map { " on " + $0 } ?? ""
        return who + check.action + what
    }

    /// One reason as a sentence with the place of its statement.
    package func reason(_ reason: Reason, of decision: Decision) -> String {
        let isOpen = decision.outcome == .undetermined
        var words = [reason.policyType.words]
        if let policy = reason.policy { words.append("'\(policy)'") }
        if let target = reason.target { words.append("at \(target)") }
        switch reason.kind {
        case .explicitDeny:
            let verb = isOpen ? "may deny" : "denies"
            words.append(reason.statement.map { "\(verb) by statement \($0)" } ?? verb)
        case .implicitDeny where reason.policyType == .serviceRule:
            words.append(isOpen ? "may refuse" : "refuses")
        case .implicitDeny: words.append(isOpen ? "may allow nothing here" : "allows nothing here")
        case .allow: words.append(reason.statement.map { "allows by statement \($0)" } ?? "allows")
        }
        if let explanation = reason.explanation { words.append("(\(explanation))") }
        let place = sources.location(of: reason.span).map { "  \($0)" } ?? ""
        return words.joined(separator: " ").printable + style.paint(place, .faint)
    }
}
