/// A kind of small fault.
package enum MutationOperator: String, Sendable, CaseIterable {
    case dropStatement = "drop-statement"
    case dropCondition = "drop-condition"
    /// `StringEquals` for `StringNotEquals`, true for false.
    case flipOperator = "flip-operator"
    case dropIfExists = "drop-if-exists"
    case addIfExists = "add-if-exists"
    /// `ForAnyValue` for `ForAllValues`.
    case swapQuantifier = "swap-quantifier"
    case widenWildcard = "widen-wildcard"
    case narrowWildcard = "narrow-wildcard"
    /// From a list that says what is meant.
    case dropValue = "drop-value"
    /// From a list that says what is not meant.
    case dropExemption = "drop-exemption"
    case detachPolicy = "detach-policy"
    /// From a unit to all that is right below it but one.
    case moveDown = "move-down"
}
