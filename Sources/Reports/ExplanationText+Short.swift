import Authorization
import Explaining
import JSONSource

// What a failed check of a scenario shows.
extension ExplanationText {
    /// What a statement compared, or what came close to one that is missing.
    func details(
        of reason: Reason,
        in explanations: [Explanation],
        indent: String
    ) -> [String] {
        guard let layer = Self.layer(of: reason, in: explanations) else { return [] }
        if reason.kind == .implicitDeny {
            return layer.nearMisses.prefix(2).flatMap { nearMiss($0, indent: indent) }
        }
        return Self.conditions(of: reason, layer).flatMap { line(indent, $0, at: nil) }
    }

    /// The same in a few plain sentences.
    static func facts(of reason: Reason, in explanations: [Explanation]) -> [String] {
        guard let layer = layer(of: reason, in: explanations) else { return [] }
        guard reason.kind == .implicitDeny else { return conditions(of: reason, layer) }
        guard let nearest = layer.nearMisses.first?.statement else { return [] }
        return ["closest is \(name(of: nearest))"] + nearest.failed.prefix(3).map(\.text)
    }

    private static func conditions(of reason: Reason, _ layer: Explanation.Layer) -> [String] {
        let statement = layer.statements.first {
            $0.span == reason.span && $0.index == reason.statementIndex
                && $0.policy == reason.policy
        }
        return statement?.conditions.map(\.text) ?? []
    }

    private static func layer(
        of reason: Reason,
        in explanations: [Explanation]
    ) -> Explanation.Layer? {
        explanations.lazy.flatMap(\.layers).first { $0.reasons.contains(reason) }
    }
}
