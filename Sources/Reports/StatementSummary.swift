import PolicyLanguage

/// A statement in a few words: "denies s3:Delete* … and 3 more on arn:…, if aws:SourceIp".
enum StatementSummary {
    /// How many actions, resources or principals are named before the rest is counted.
    private static let shown = 3

    static func text(of statement: Statement) -> String {
        if statement.standsForMissing {
            let reasons = statement.conditions.compactMap { MissingPolicy.reason($0.key) }
            let verb = statement.effect == .allow ? "allow" : "deny"
            return "may \(verb) anything: \(reasons.joined(separator: ", "))"
        }
        var words = [statement.effect == .allow ? "allows" : "denies"]
        let actions = list(statement.actions.patterns.map(\.text))
        words.append(statement.actions.isNegated ? "all but \(actions)" : actions)
        if let principal = statement.principal, !principal.texts.allSatisfy({ $0 == "*" }) {
            let names = list(principal.texts)
            words.append(principal.isNegated ? "to all but \(names)" : "to \(names)")
        }
        if let resources = statement.resources {
            let texts = resources.patterns.map(\.text)
            if resources.isNegated {
                words.append("on all but \(list(texts))")
            } else if texts != ["*"] {
                words.append("on \(list(texts))")
            }
        }
        let conditions = statement.conditions.map { "\($0.operator) \($0.key)" }
        if !conditions.isEmpty { words.append("if \(conditions.joined(separator: " and "))") }
        return words.joined(separator: " ")
    }

    private static func list(_ texts: [String]) -> String {
        guard texts.count > shown + 1 else { return texts.joined(separator: ", ") }
        let rest = texts.count - shown
        return texts.prefix(shown).joined(separator: ", ") + " and \(rest) more"
    }
}
