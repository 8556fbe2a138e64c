/// A condition operator in full: `ForAnyValue:StringLikeIfExists`.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
package struct ConditionOperator: Sendable, Hashable {
    package enum Base: String, Sendable, CaseIterable {
        case stringEquals = "StringEquals"
        case stringNotEquals = "StringNotEquals"
        case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
        case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
        case stringLike = "StringLike"
        case stringNotLike = "StringNotLike"
        case numericEquals = "NumericEquals"
        case numericNotEquals = "NumericNotEquals"
        case numericLessThan = "NumericLessThan"
        case numericLessThanEquals = "NumericLessThanEquals"
        case numericGreaterThan = "NumericGreaterThan"
        case numericGreaterThanEquals = "NumericGreaterThanEquals"
        case dateEquals = "DateEquals"
        case dateNotEquals = "DateNotEquals"
        case dateLessThan = "DateLessThan"
        case dateLessThanEquals = "DateLessThanEquals"
        case dateGreaterThan = "DateGreaterThan"
        case dateGreaterThanEquals = "DateGreaterThanEquals"
        case bool = "Bool"
        case binaryEquals = "BinaryEquals"
        case ipAddress = "IpAddress"
        case notIPAddress = "NotIpAddress"
        case arnEquals = "ArnEquals"
        case arnLike = "ArnLike"
        case arnNotEquals = "ArnNotEquals"
        case arnNotLike = "ArnNotLike"
        case null = "Null"
    }

    package enum Quantifier: String, Sendable {
        case forAllValues = "ForAllValues"
        case forAnyValue = "ForAnyValue"
    }

    package let base: Base
    package let quantifier: Quantifier?
    package let ifExists: Bool

    package init(_ base: Base, quantifier: Quantifier? = nil, ifExists: Bool = false) {
        self.base = base
        self.quantifier = quantifier
        self.ifExists = ifExists
    }

    /// Nil for an unknown operator and for `IfExists` behind `Null`; letter case is ignored
    /// (COND-5).
    package init?(_ text: String) {
        var rest = text.lowercased()
        var quantifier: Quantifier?
        for candidate in [Quantifier.forAllValues, .forAnyValue] {
            let prefix = candidate.rawValue.lowercased() + ":"
            guard rest.hasPrefix(prefix) else { continue }
            quantifier = candidate
            rest.removeFirst(prefix.count)
            break
        }
        let ifExists = rest.hasSuffix("ifexists")
        if ifExists { rest.removeLast("ifexists".count) }
        guard let base = Base.allCases.first(where: { $0.rawValue.lowercased() == rest }) else {
            return nil
        }
        if base == .null, ifExists { return nil }
        self.init(base, quantifier: quantifier, ifExists: ifExists)
    }
}

extension ConditionOperator: CustomStringConvertible {
    package var description: String {
        (quantifier.map { $0.rawValue + ":" } ?? "") + base.rawValue + (ifExists ? "IfExists" : "")
    }
}

extension ConditionOperator.Base {
    /// Negated operators hold for an absent key, and for values that match nothing listed.
    package var isNegated: Bool {
        switch self {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals,
            .dateNotEquals, .notIPAddress, .arnNotEquals, .arnNotLike:
            true
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .numericEquals,
            .numericLessThan, .numericLessThanEquals, .numericGreaterThan,
            .numericGreaterThanEquals, .dateEquals, .dateLessThan, .dateLessThanEquals,
            .dateGreaterThan, .dateGreaterThanEquals, .bool, .binaryEquals, .ipAddress,
            .arnEquals, .arnLike, .null:
            false
        }
    }
}
