import PolicyLanguage

extension ConditionOperator {
    /// What an operator takes both sides for.
    enum Family: Sendable {
        case text, number, date, bool, bytes, address, arn, null
    }
}

extension ConditionOperator.Base {
    var family: ConditionOperator.Family {
        switch self {
        case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase,
            .stringNotEqualsIgnoreCase, .stringLike, .stringNotLike:
            .text
        case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
            .numericGreaterThan, .numericGreaterThanEquals:
            .number
        case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
            .dateGreaterThanEquals:
            .date
        case .bool: .bool
        case .binaryEquals: .bytes
        case .ipAddress, .notIPAddress: .address
        case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: .arn
        case .null: .null
        }
    }

    /// Whether `*` and `?` in values are wildcards.
    var takesWildcards: Bool {
        self == .stringLike || self == .stringNotLike || family == .arn
    }
}
