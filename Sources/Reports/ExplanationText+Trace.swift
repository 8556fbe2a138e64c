import Authorization
import Explaining
import JSONSource
import PolicyLanguage

extension ExplanationText {
    /// Every statement of every policy in scope, with what fails of it.
    func trace(_ explanation: Explanation) -> [String] {
        guard !explanation.trace.layers.isEmpty else { return [] }
        var lines = ["", "every statement"]
        for layer in explanation.tracedLayers {
            lines += Wrapping.line("  ", "\(layer.policyType.words) at \(layer.target)", hanging: 4)
            if layer.statements.isEmpty { lines.append("    no statement") }
            for statement in layer.statements { lines += traced(statement) }
        }
        return lines
    }

    private func traced(_ statement: ToldStatement) -> [String] {
        let words = Self.words(for: statement.outcome)
        let head = "\(statement.effect.rawValue) \(Self.name(of: statement)): \(words)"
        let isMatch = statement.outcome == .matches
        let sign = isMatch ? "= " : "· "
        let mark = isMatch ? style.paint("=", .good) + " " : sign
        let lines = line("    " + sign, painted: "    " + mark, head, at: statement.span)
        return lines
            + statement.elements.filter { $0.outcome != .matches }
            .flatMap { line("        ", $0.text, at: nil) }
    }

    /// What became of a statement.
    static func words(for outcome: ToldStatement.Outcome) -> String {
        switch outcome {
        case .matches: "applies"
        case .fails: "does not apply"
        case .open: "unknown keys decide"
        }
    }
}
