extension ConditionOperator.Base {
    /// The operator that holds for a value exactly where this one does not; nil where there is none.
    package var opposite: ConditionOperator.Base? {
        switch self {
        case .stringEquals: .stringNotEquals
        case .stringNotEquals: .stringEquals
        case .stringEqualsIgnoreCase: .stringNotEqualsIgnoreCase
        case .stringNotEqualsIgnoreCase: .stringEqualsIgnoreCase
        case .stringLike: .stringNotLike
        case .stringNotLike: .stringLike
        case .numericEquals: .numericNotEquals
        case .numericNotEquals: .numericEquals
        case .numericLessThan: .numericGreaterThanEquals
        case .numericLessThanEquals: .numericGreaterThan
        case .numericGreaterThan: .numericLessThanEquals
        case .numericGreaterThanEquals: .numericLessThan
        case .dateEquals: .dateNotEquals
        case .dateNotEquals: .dateEquals
        case .dateLessThan: .dateGreaterThanEquals
        case .dateLessThanEquals: .dateGreaterThan
        case .dateGreaterThan: .dateLessThanEquals
        case .dateGreaterThanEquals: .dateLessThan
        case .ipAddress: .notIPAddress
        case .notIPAddress: .ipAddress
        case .arnEquals: .arnNotEquals
        case .arnNotEquals: .arnEquals
        case .arnLike: .arnNotLike
        case .arnNotLike: .arnLike
        case .bool, .null, .binaryEquals: nil
        }
    }
}
