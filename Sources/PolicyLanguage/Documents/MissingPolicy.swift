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

    /// The condition key that says what the policy does that is missing for a reason.
    package static func key(_ reason: String) -> ConditionKey { ConditionKey(prefix + reason) }

    /// Why the policy is missing that a key is about; nil for any other key.
    package static func reason(_ key: ConditionKey) -> String? {
        guard isKey(key) else { return nil }
        return String(key.description.dropFirst(prefix.count))
    }

    /// What the key holds where the policy, or whatever else is missing, stands in the way.
    package static let denies = "denies"
    /// What it holds where it lets the request through.
    package static let allows = "allows"

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

    /// A document with one more statement, for what may allow anything beside it.
    package static func document(
        _ document: PolicyDocument,
        orAllowing reason: String,
        as grammar: PolicyGrammar,
        at span: SourceSpan
    ) -> PolicyDocument {
        let index = document.statements.count
        let another = statement(.allow, index: index, reason, grammar, at: span)
        return PolicyDocument(
            version: document.version,
            id: document.id,
            statements: document.statements + [another],
            at: document.span,
            size: document.size
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
        let word = effect == .allow ? allows : denies
        let operand = ConditionOperand(word, for: base, variables: .literal)
        let key = key(reason)
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

extension Statement {
    /// Whether nobody wrote it: it is half of a policy that nobody could read.
    package var standsForMissing: Bool { conditions.contains { MissingPolicy.isKey($0.key) } }
}

extension PolicyDocument {
    /// Whether it stands for a policy that nobody could read.
    package var standsForMissing: Bool {
        !statements.isEmpty && statements.allSatisfy(\.standsForMissing)
    }

    /// Why the policy could not be read for which it stands; nil for one that could.
    package var missingReason: String? {
        guard standsForMissing else { return nil }
        return statements.lazy.flatMap(\.conditions).compactMap { MissingPolicy.reason($0.key) }
            .first
    }
}
