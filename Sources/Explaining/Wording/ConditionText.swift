package import PolicyLanguage

/// What one condition compared, as a sentence: a function of the condition and the request's keys.
///
/// It asks the condition itself whether it holds and only finds the words (semantics 2.1, 2.2).
package struct ConditionText {
    private let condition: Condition
    private let context: RequestContext
    private let isUnknown: (ConditionKey) -> Bool
    private let words: OperatorWords

    package init(
        _ condition: Condition,
        in context: RequestContext,
        isUnknown: @escaping (ConditionKey) -> Bool = { _ in false }
    ) {
        self.condition = condition
        self.context = context
        self.isUnknown = isUnknown
        words = OperatorWords(condition.operator.base)
    }

    package var sentence: String {
        let variables = ValueText.variables(
            condition.operands.flatMap { $0.putIn(from: context) },
            isUnknown
        )
        return comparison + variables
    }

    private var name: String { condition.operator.description }
    private var key: String { condition.key.description }
    private var texts: [String] { condition.operands.map(\.text) }

    private var comparison: String {
        if isUnknown(condition.key) {
            return "\(key) is unknown, and \(name) compares it with \(ValueText.list(texts))"
        }
        let value = context[condition.key]
        if condition.operator.base == .null { return null(value) }
        switch condition.operator.quantifier {
        case .forAllValues: return "\(forAll(value))"
        case .forAnyValue: return "\(forAny(value))"
        case nil:
            guard let value else { return absent }
            guard !value.isMultivalued, let text = value.values.first else {
                return "\(name) \(key): the key has a set of values, \(ValueText.value(value)),"
                    + " which only ForAllValues and ForAnyValue can compare"
            }
            return "\(name) \(key): \(fact(about: text))"
        }
    }

    /// An absent key passes negated operators and `…IfExists` and fails all others (2.2).
    private var absent: String {
        if condition.holds(in: context) {
            return "\(key) is absent, which \(name) takes for a match"
        }
        return "\(key) is absent, and \(name) asks for \(words.wanted) \(ValueText.list(texts))"
    }

    private func null(_ value: ContextValue?) -> String {
        let isAbsent = value.map { $0.isMultivalued && $0.isEmptySet } ?? true
        let state = isAbsent ? "absent" : "present"
        if condition.holds(in: context) { return "\(key) is \(state), as \(name) asks" }
        return "\(key) is \(state), and \(name) asks for \(isAbsent ? "a value" : "its absence")"
    }
}

// Sets of values (COND-34, COND-35).
extension ConditionText {
    private func forAll(_ value: ContextValue?) -> String {
        guard let value else { return "\(key) is absent, which \(name) takes for a match" }
        guard !value.isEmptySet else { return "\(key) is empty, which \(name) takes for a match" }
        if condition.holds(in: context) { return whole(value) }
        let stray = value.values.first { !meets($0) } ?? value.values[0]
        return "\(name) \(key): \(among(value))\(fact(about: stray))"
    }

    private func forAny(_ value: ContextValue?) -> String {
        guard let value else {
            return condition.holds(in: context)
                ? "\(key) is absent, which \(name) takes for a match"
                : "\(key) is absent, so \(name) finds no value to compare"
        }
        guard !value.isEmptySet else {
            return "\(key) is empty, so \(name) finds no value to compare"
        }
        guard condition.holds(in: context) else { return whole(value) }
        let met = value.values.first(where: meets) ?? value.values[0]
        return "\(name) \(key): \(among(value))\(fact(about: met))"
    }

    /// All values of the key together: each meets the operator, or none of them does.
    private func whole(_ value: ContextValue) -> String {
        guard value.values.count > 1 else {
            return "\(name) \(key): \(fact(about: value.values[0]))"
        }
        let isHit = condition.holds(in: context) != condition.operator.base.isNegated
        let subject = "each of \(ValueText.value(value))"
        return
            "\(name) \(key): \(subject) \(isHit ? words.hit : words.miss) \(ValueText.list(texts))"
    }

    private func among(_ value: ContextValue) -> String {
        value.values.count > 1 ? "of \(ValueText.value(value)), " : ""
    }

    private func meets(_ text: String) -> Bool {
        let isHit = condition.operands.contains { $0.compare(text, in: context) == .yes }
        return isHit != condition.operator.base.isNegated
    }
}

// One value against the operands.
extension ConditionText {
    private func fact(about text: String) -> String {
        let operands = condition.operands
        let value = ValueText.quoted(text)
        if let hit = operands.firstIndex(where: { $0.compare(text, in: context) == .yes }) {
            return "\(value) \(words.hit) \(ValueText.list(texts, first: hit))"
        }
        if let kind = words.kind {
            let isRead = Self.reads(text, as: condition.operator.base)
            let odd = operands.firstIndex { !$0.isReadable }
            if !isRead || odd != nil {
                let stray = isRead ? "\(ValueText.quoted(texts[odd ?? 0])) in the policy" : value
                // A number or date that cannot be read fails every operator (COND-7); an address
                // or ARN simply is not equal (COND-27, COND-31).
                let isComparable = operands.allSatisfy {
                    $0.compare(text, in: context) != .incomparable
                }
                return isComparable
                    ? "\(stray) is no \(kind), so it \(words.miss) \(ValueText.list(texts, first: odd))"
                    : "\(stray) is no \(kind), which \(name) cannot compare with"
                        + (isRead ? " \(value)" : " \(ValueText.list(texts, first: odd))")
            }
        }
        return "\(value) \(words.miss) \(ValueText.list(texts))"
    }

    /// Whether a value is of the operator's type at all.
    private static func reads(_ text: String, as base: ConditionOperator.Base) -> Bool {
        switch base {
        case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
            .numericGreaterThan, .numericGreaterThanEquals:
            DecimalNumber(text) != nil
        case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
            .dateGreaterThanEquals:
            Instant(policyValue: text) != nil
        case .ipAddress, .notIPAddress: IPAddressRange(text) != nil
        case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: ARN(text) != nil
        case .bool: ["true", "false"].contains(text.lowercased())
        case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase,
            .stringLike, .stringNotLike, .binaryEquals, .null:
            true
        }
    }
}
