import Authorization
import Explaining
package import JSONSource

/// Explained requests for people: each explanation with what would change it.
package struct ExplainedText {
    private let text: ExplanationText

    package init(sources: SourceMap, style: TextStyle) {
        text = ExplanationText(sources: sources, style: style)
    }

    package func render(
        _ answers: [ExplainedAnswer],
        _ detail: ExplanationText.Detail = .normal
    ) -> String {
        let parts = answers.map { answer in
            text.render(
                answer.explanation,
                detail,
                message: answer.message?.sentence,
                messageNotes: answer.message?.notes ?? [],
                further: [remarks(answer), fixes(answer)].filter { !$0.lines.isEmpty }
            )
        }
        return parts.joined(separator: detail == .quiet ? "" : "\n")
    }

    private func remarks(_ answer: ExplainedAnswer) -> ExplanationText.Section {
        var lines: [String] = []
        if let remark = answer.remark { lines += Wrapping.line("compared: ", remark, hanging: 2) }
        return ExplanationText.Section(lines: lines)
    }

    /// A numbered list, the best first.
    private func fixes(_ answer: ExplainedAnswer) -> ExplanationText.Section {
        var lines: [String] = []
        let isAllowed = answer.explanation.decision.outcome == .allowed
        if !answer.fixes.isEmpty {
            lines.append(isAllowed ? "what would stop it" : "what would allow it")
        }
        for (index, told) in answer.fixes.enumerated() {
            for (place, edit) in told.fix.edits.enumerated() {
                let number = place == 0 ? "\(index + 1). " : "   and "
                lines += Wrapping.line("  \(number)", edit.sentence, hanging: 5)
            }
            lines += list("     opens: ", told.opened) + list("     closes: ", told.closed)
        }
        if let note = answer.fixNote {
            lines += Wrapping.line(answer.fixes.isEmpty ? "no fix: " : "note: ", note, hanging: 2)
        }
        return ExplanationText.Section(lines: lines)
    }

    /// More checks than these are counted only.
    private static let checkLimit = 4

    private func list(_ label: String, _ checks: [String]) -> [String] {
        var lines = checks.prefix(Self.checkLimit).flatMap {
            Wrapping.line(label, $0, hanging: 7)
        }
        if checks.count > Self.checkLimit {
            lines.append("       … and \(checks.count - Self.checkLimit) more checks")
        }
        return lines
    }
}
