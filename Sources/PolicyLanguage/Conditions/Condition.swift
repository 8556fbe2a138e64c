package import JSONSource

/// One operator applied to one key: `"StringEquals": {"aws:PrincipalOrgID": ["o-1", "o-2"]}`.
package struct Condition: Sendable, Hashable {
    package let `operator`: ConditionOperator
    package let key: ConditionKey
    package let operands: [ConditionOperand]
    /// Where the key stands.
    package let span: SourceSpan

    package init(
        _ operator: ConditionOperator,
        _ key: ConditionKey,
        _ operands: [ConditionOperand],
        at span: SourceSpan
    ) {
        self.operator = `operator`
        self.key = key
        self.operands = operands
        self.span = span
    }
}

extension Condition {
    /// Every key the condition reads: its own and those of variables in its values.
    package var keysRead: [ConditionKey] { [key] + operands.flatMap(\.variables) }

    /// Whether the condition holds for a request (semantics 2.1 and the table 2.2).
    package func holds(in context: RequestContext) -> Bool {
        let value = context[key]
        if `operator`.base == .null { return nullHolds(value) }
        switch `operator`.quantifier {
        case .forAllValues:
            guard let value, !value.isEmptySet else { return true }
            return value.values.allSatisfy { holds(for: $0, in: context) }
        case .forAnyValue:
            guard let value else { return `operator`.ifExists }
            return !value.isEmptySet && value.values.contains { holds(for: $0, in: context) }
        case nil:
            guard let value else { return `operator`.ifExists || `operator`.base.isNegated }
            // A set without a set operator never matches, whatever the operator (COND-12).
            guard !value.isMultivalued, let single = value.values.first else { return false }
            return holds(for: single, in: context)
        }
    }

    private func nullHolds(_ value: ContextValue?) -> Bool {
        let isAbsent = value.map { $0.isMultivalued && $0.isEmptySet } ?? true
        return operands.contains { $0.asksForAbsence == isAbsent }
    }

    /// One value against all operands: any may match, or for a negated operator none (COND-2).
    package func holds(for value: String, in context: RequestContext) -> Bool {
        guard `operator`.base.isNegated else {
            return operands.contains { $0.compare(value, in: context) == .yes }
        }
        return operands.allSatisfy { operand in
            switch operand.compare(value, in: context) {
            case .yes: false
            case .no: true
            // A number or date that cannot be read makes a negated operator false (COND-7);
            // an unreadable address or ARN simply is not equal (COND-27, COND-31).
            case .incomparable: !`operator`.base.isOrdered
            }
        }
    }
}

extension ConditionOperator.Base {
    /// Whether values are numbers or dates.
    fileprivate var isOrdered: Bool {
        switch self {
        case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
            .numericGreaterThan, .numericGreaterThanEquals, .dateEquals, .dateNotEquals,
            .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals:
            true
        case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase,
            .stringNotEqualsIgnoreCase, .stringLike, .stringNotLike, .bool, .binaryEquals,
            .ipAddress, .notIPAddress, .arnEquals, .arnLike, .arnNotEquals, .arnNotLike, .null:
            false
        }
    }
}
