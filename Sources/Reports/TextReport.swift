package import JSONSource
package import Authorization
import Coverage
package import Scenarios

/// A run for people: a line a scenario, every failed check with what came out and why.
package struct TextReport: RunReport {
    private let sources: SourceMap
    private let style: TextStyle

    package init(sources: SourceMap, style: TextStyle) {
        self.sources = sources
        self.style = style
    }

    package var explained: ExplainedChecks { .failed }

    /// Nothing is printed before the problems of files are told.
    package func opening(isFirst: Bool) -> [UInt8]? { nil }

    package func scenario(_ result: ScenarioResult) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines(of: result) {
            bytes += line.utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    package func ending(_ run: EndedRun, scenarios: [UInt8]) -> [UInt8] {
        // Where nothing could be read, a count of nothing would look like success.
        if run.tally.scenarios == 0, run.diagnostics.hasErrors { return [] }
        var parts = [closing(run) + "\n"]
        if let coverage = run.coverage {
            parts.insert(CoverageText(coverage, style: style).text, at: 0)
        }
        let end = parts.joined(separator: "\n")
        return scenarios + Array(((scenarios.isEmpty ? "" : "\n") + end).utf8)
    }

    private func closing(_ run: EndedRun) -> String {
        let (passed, failed) = (run.tally.passedChecks, run.tally.failedChecks)
        var line = "\(passed) passed, \(failed) failed"
        if run.tally.errors > 0 {
            line += ", \(run.tally.errors.counted("scenario")) could not be replayed"
        }
        let scenarios = run.tally.scenarios.counted("scenario")
        line += " (\(scenarios), \(JSONReport.seconds(run.seconds)) s)"
        return style.paint(line, failed + run.tally.errors == 0 ? .good : .bad)
    }

    private func lines(of result: ScenarioResult) -> [String] {
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
        return ["", heading(of: step)] + failed.flatMap { check($0) }
    }

    private func heading(of step: StepResult) -> String {
        let place = sources.location(of: step.span).map { "\($0): " } ?? ""
        return "  \(place)\(step.title.printable)"
    }

    /// A failed check with its step and all that decided it.
    func story(of check: CheckResult, in step: StepResult) -> [String] {
        [heading(of: step)] + self.check(check)
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
    package func reason(
        _ reason: Reason,
        of decision: Decision,
        withPlace: Bool = true
    ) -> String {
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
        let sentence = words.joined(separator: " ").printable
        guard withPlace, let place = sources.location(of: reason.span) else { return sentence }
        return sentence + style.paint("  \(place)", .faint)
    }
}

extension StepResult {
    /// What a step is called where its scenario is known.
    var title: String { "step \(index)" + (name.map { " · \($0)" } ?? "") }
}
