package import JSONSource

/// A policy that exists and that nobody could read: `{"$missing": "why"}` stands for it.
///
/// It may allow anything and deny anything, so it is read as two statements about everything, each
/// under a condition on a key whose value nobody knows. Every other policy lies between the two, so
/// a verdict that holds whatever the key is holds whatever the policy says.
package enum MissingPolicy {
    /// The one member of an object that stands for such a policy; its value says why.
    package static let member = "$missing"

    /// The condition keys that say what such policies do, as a family.
    package static let keys = "\(prefix)*"
    private static let prefix = "orgsim:MissingPolicy/"
    private static let canonicalPrefix = ConditionKey(prefix).canonical

    package static func isKey(_ key: ConditionKey) -> Bool {
        key.canonical.hasPrefix(canonicalPrefix)
    }

    /// Why the policy that a value stands for could not be read; nil for any other value.
    package static func reason(_ value: JSONValue) -> String? {
        guard let reason = value[member], value.members?.count == 1 else { return nil }
        return reason.string
    }

    /// A value that stands for such a policy.
    package static func value(_ reason: String, at span: SourceSpan) -> JSONValue {
        let reason = JSONValue(.string(reason), at: span)
        let member = JSONMember(key: member, keySpan: span, value: reason)
        return JSONValue(.object([member]), at: span, origin: .missing)
    }

    package static func document(
        _ reason: String,
        as grammar: PolicyGrammar,
        at span: SourceSpan
    ) -> PolicyDocument {
        let effects: [Statement.Effect] = [.allow, .deny]
        let statements = effects.filter { grammar.effects.contains($0) }.enumerated().map {
            statement($1, index: $0, reason, grammar, at: span)
        }
        return PolicyDocument(
            version: .v2012,
            id: nil,
            statements: statements,
            at: span,
            size: 0
        )
    }

    private static func statement(
        _ effect: Statement.Effect,
        index: Int,
        _ reason: String,
        _ grammar: PolicyGrammar,
        at span: SourceSpan
    ) -> Statement {
        let base = ConditionOperator.Base.stringEquals
        let word = effect == .allow ? "allows" : "denies"
        let operand = ConditionOperand(word, for: base, variables: .literal)
        let key = ConditionKey(prefix + reason)
        let everything = ResourcePattern(
            "*",
            variables: .literal,
            completion: grammar.completion
        )
        return Statement(
            sid: nil,
            index: index,
            effect: effect,
            principal: grammar.principal == .forbidden
                ? nil : PrincipalElement(entries: [.everyone], isNegated: false),
            actions: ActionElement(
                patterns: ["*"].compactMap { ActionPattern($0) },
                isNegated: false
            ),
            resources: grammar.resource == .forbidden
                ? nil : ResourceElement(patterns: [everything], isNegated: false),
            conditions: [Condition(ConditionOperator(base), key, [operand], at: span)],
            span: span
        )
    }
}
