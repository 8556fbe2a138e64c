package import PolicyLanguage

/// One condition on an unknown key, as a policy would write it.
package struct Requirement: Sendable, Hashable {
    package let `operator`: ConditionOperator
    package let key: ConditionKey
    package let values: [String]

    package init(_ operator: ConditionOperator, _ key: ConditionKey, _ values: [String]) {
        self.operator = `operator`
        self.key = key
        self.values = values
    }
}

extension Requirement {
    init(_ condition: Condition) {
        self.init(condition.operator, condition.key, condition.texts)
    }

    /// The same requirements with negated ones on one key put together: `StringNotEquals` with two
    /// values is two of them.
    static func merged(_ requirements: [Requirement]) -> [Requirement] {
        var result: [Requirement] = []
        for requirement in requirements {
            let isJoined =
                requirement.operator.base.isNegated
                && requirement.operator.quantifier != .forAnyValue
            let place = result.firstIndex {
                isJoined && $0.operator == requirement.operator && $0.key == requirement.key
            }
            guard let place else {
                result.append(requirement.besides(result))
                continue
            }
            let values = result[place].values
            let new = requirement.values.filter { !values.contains($0) }
            result[place] = Requirement(requirement.operator, requirement.key, values + new)
        }
        return result
    }

    /// The requirement in words that others leave free, so that one block can hold both: where one
    /// asks for the key, another may as well ask for a value if there is one.
    private func besides(_ others: [Requirement]) -> Requirement {
        let isTaken = others.contains { $0.operator == `operator` && $0.key == key }
        guard isTaken, `operator`.quantifier == nil, !`operator`.ifExists,
            !`operator`.base.isNegated, `operator`.base != .null
        else { return self }
        return Requirement(ConditionOperator(`operator`.base, ifExists: true), key, values)
    }

    /// What holds where a condition does not (semantics 2.1 and the table 2.2).
    ///
    /// An absent key fails a plain operator and passes a negated one and `…IfExists`, so the
    /// opposite of the one is the other; `…IfExists` on a negated operator adds nothing.
    static func opposite(of condition: Condition) -> [Requirement] {
        let given = condition.operator
        let present = Requirement(ConditionOperator(.null), condition.key, ["false"])
        switch given.base {
        case .null:
            let flags = condition.operands.map { $0.asksForAbsence == true ? "false" : "true" }
            return [Requirement(given, condition.key, flags)]
        case .bool: return [oppositeOfBool(condition)]
        default: break
        }
        let base = given.base.opposed
        let values = given.base.oppositeValues(condition.texts)
        func requirement(
            _ quantifier: ConditionOperator.Quantifier?,
            ifExists: Bool = false
        ) -> Requirement {
            let other = ConditionOperator(base, quantifier: quantifier, ifExists: ifExists)
            return Requirement(other, condition.key, values)
        }
        switch given.quantifier {
        // A set operator's opposite is the other one about the opposite comparison; both treat an
        // absent key and an empty set alike.
        case .forAllValues: return [requirement(.forAnyValue)]
        case .forAnyValue where given.ifExists: return [requirement(.forAllValues), present]
        case .forAnyValue: return [requirement(.forAllValues)]
        case nil: break
        }
        // Holds for an absent key, so its opposite asks for the key.
        if given.ifExists || given.base.isNegated {
            return base.isNegated ? [requirement(nil), present] : [requirement(nil)]
        }
        return [requirement(nil, ifExists: !base.isNegated)]
    }

    /// `Bool` has no negated twin: the other value, or none.
    private static func oppositeOfBool(_ condition: Condition) -> Requirement {
        let given = condition.operator
        let values = condition.operands.map { $0.text.lowercased() }
        let others = ["true", "false"].filter { !values.contains($0) }
        // Either value would do, so what is left is that there is none.
        if others.isEmpty {
            return Requirement(ConditionOperator(.null), condition.key, ["true"])
        }
        let quantifier: ConditionOperator.Quantifier? =
            switch given.quantifier {
            case .forAllValues: .forAnyValue
            case .forAnyValue: .forAllValues
            case nil: nil
            }
        let isOptional = quantifier == nil && !given.ifExists
        let other = ConditionOperator(.bool, quantifier: quantifier, ifExists: isOptional)
        return Requirement(other, condition.key, others)
    }
}

extension Condition {
    /// The values as a policy of Version 2012-10-17 writes them.
    ///
    /// What looks like a variable in a policy of the old version is plain text there (GRAM-3).
    fileprivate var texts: [String] {
        operands.map { operand in
            let today = ConditionOperand(operand.text, for: `operator`.base, variables: .expanded)
            return today == operand ? operand.text : operand.text.replacing("${", with: "${$}{")
        }
    }
}

extension ConditionOperator.Base {
    /// The operator that holds for a present value exactly where this one does not.
    fileprivate var opposed: Self {
        // Bytes are compared as their text: there is no operator for other bytes.
        opposite ?? (self == .binaryEquals ? .stringNotEquals : self)
    }

    /// The values of the opposite: less than one of several is less than the greatest of them.
    fileprivate func oppositeValues(_ values: [String]) -> [String] {
        func extreme<Value: Comparable>(
            _ read: (String) -> Value?,
            _ isBetter: (Value, Value) -> Bool
        ) -> [String] {
            let best = values.compactMap { text in read(text).map { (text, $0) } }
                .max { isBetter($1.1, $0.1) }
            return best.map { [$0.0] } ?? values
        }
        return switch self {
        case .numericLessThan, .numericLessThanEquals: extreme({ DecimalNumber($0) }, >)
        case .numericGreaterThan, .numericGreaterThanEquals: extreme({ DecimalNumber($0) }, <)
        case .dateLessThan, .dateLessThanEquals: extreme({ Instant(policyValue: $0) }, >)
        case .dateGreaterThan, .dateGreaterThanEquals: extreme({ Instant(policyValue: $0) }, <)
        default: values
        }
    }
}
