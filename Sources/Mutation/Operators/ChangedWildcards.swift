import JSONSource
import PolicyLanguage
import ServiceCatalog

// Wildcards made wider, and narrower.
extension StatementSite {
    func changedWildcards() -> [Draft] {
        let actions = ["Action", "NotAction"].flatMap { element in
            (list(element)?.entries ?? []).flatMap { entry in
                changed(entry, in: element, Self.otherActions(entry.text, grammar))
            }
        }
        let resources = ["Resource", "NotResource"].flatMap { element in
            (list(element)?.entries ?? []).flatMap { entry in
                changed(entry, in: element, Self.otherPatterns(entry.text))
            }
        }
        let values = conditions.filter { $0.known.base.takesWildcards }.flatMap { condition in
            condition.values.entries.flatMap { entry in
                changed(entry, in: condition.text, Self.otherPatterns(entry.text))
            }
        }
        return actions + resources + values
    }

    private func changed(
        _ entry: TextList.Entry,
        in place: String,
        _ others: [(MutationOperator, String)]
    ) -> [Draft] {
        others.map { kind, text in
            let verb = kind == .widenWildcard ? "widens" : "narrows"
            return draft(
                kind,
                "\(place) \(entry.text) → \(text)",
                at: entry.span,
                "\(verb) '\(entry.text)' to '\(text)' in \(place)",
                document(setting: entry.path, to: .edited(text, at: entry.span))
            )
        }
    }

    /// `s3:Get*` becomes `s3:*`, and the first action of S3 that it fits.
    private static func otherActions(
        _ text: String,
        _ grammar: PolicyGrammar
    ) -> [(MutationOperator, String)] {
        guard text.contains("*") || text.contains("?"), let pattern = ActionPattern(text) else {
            return []
        }
        guard let service = pattern.service else {
            return [(.narrowWildcard, grammar.actionService.map { "\($0):AssumeRole" } ?? "s3:*")]
        }
        var others: [(MutationOperator, String)] = []
        if pattern.name != "*" { others.append((.widenWildcard, "\(service):*")) }
        let first = ServiceCatalog.actions(matching: pattern).first?.qualifiedName
        if let first { others.append((.narrowWildcard, first)) }
        return others
    }

    /// `arn:…/*` becomes `*`, and `arn:…/`.
    private static func otherPatterns(_ text: String) -> [(MutationOperator, String)] {
        guard text.contains("*") || text.contains("?"), text != "*" else { return [] }
        var others: [(MutationOperator, String)] = [(.widenWildcard, "*")]
        if text.hasSuffix("*") { others.append((.narrowWildcard, String(text.dropLast()))) }
        return others
    }
}

extension ConditionOperator.Base {
    /// Whether `*` in a value stands for any text.
    var takesWildcards: Bool {
        switch self {
        case .stringLike, .stringNotLike, .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: true
        case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase,
            .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
            .numericGreaterThan, .numericGreaterThanEquals, .dateEquals, .dateNotEquals,
            .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals, .bool,
            .binaryEquals, .ipAddress, .notIPAddress, .null:
            false
        }
    }
}
