/// One key under one operator of a `Condition` element, with its values.
struct Condition {
    enum SetOperator {
        case forAllValues
        case forAnyValue
    }

    /// The canonical names of the operators, without prefix and suffix.
    enum Base: String {
        case stringEquals = "stringequals"
        case stringNotEquals = "stringnotequals"
        case stringEqualsIgnoreCase = "stringequalsignorecase"
        case stringNotEqualsIgnoreCase = "stringnotequalsignorecase"
        case stringLike = "stringlike"
        case stringNotLike = "stringnotlike"
        case numericEquals = "numericequals"
        case numericNotEquals = "numericnotequals"
        case numericLessThan = "numericlessthan"
        case numericLessThanEquals = "numericlessthanequals"
        case numericGreaterThan = "numericgreaterthan"
        case numericGreaterThanEquals = "numericgreaterthanequals"
        case dateEquals = "dateequals"
        case dateNotEquals = "datenotequals"
        case dateLessThan = "datelessthan"
        case dateLessThanEquals = "datelessthanequals"
        case dateGreaterThan = "dategreaterthan"
        case dateGreaterThanEquals = "dategreaterthanequals"
        case bool
        case binaryEquals = "binaryequals"
        case ipAddress = "ipaddress"
        case notIpAddress = "notipaddress"
        case arnEquals = "arnequals"
        case arnLike = "arnlike"
        case arnNotEquals = "arnnotequals"
        case arnNotLike = "arnnotlike"
        case null
    }

    let setOperator: SetOperator?
    let base: Base?
    let ifExists: Bool
    let key: String
    let values: [Template]
    let plainValues: [String]

    init(operatorName: String, key: String, values: [String], variables: Bool) {
        // COND-5: operator names are read without regard to case.
        var name = operatorName.lowercased()
        if name.hasPrefix("forallvalues:") {
            setOperator = .forAllValues
            name.removeFirst("forallvalues:".count)
        } else if name.hasPrefix("foranyvalue:") {
            setOperator = .forAnyValue
            name.removeFirst("foranyvalue:".count)
        } else {
            setOperator = nil
        }
        // COND-8: IfExists follows any operator but Null.
        ifExists = name.hasSuffix("ifexists")
        if ifExists {
            name.removeLast("ifexists".count)
        }
        base = Base(rawValue: name)
        self.key = key
        self.values = values.map { Template($0, variables: variables) }
        plainValues = values
    }
}

extension Condition {
    /// Whether the condition holds in the context.
    func holds(in context: RequestContext) -> Bool {
        guard let base else {
            return false
        }
        if base == .null {
            return nullHolds(context[key])
        }
        guard let value = context[key] else {
            return holdsWithoutKey(base)
        }
        guard let setOperator else {
            // COND-12: a multivalued key without a set operator never matches.
            guard case .single(let text) = value else {
                return false
            }
            return compare(text, base: base, context: context)
        }
        // COND-35: an empty set and a set of empty texts are null for set operators.
        let isEmpty = value.all.allSatisfy(\.isEmpty)
        switch setOperator {
        case .forAllValues:
            return isEmpty
                || value.all.allSatisfy { compare($0, base: base, context: context) }
        case .forAnyValue:
            return !isEmpty
                && value.all.contains { compare($0, base: base, context: context) }
        }
    }

    /// The column "key absent" of the table in semantics section 2.2.
    private func holdsWithoutKey(_ base: Base) -> Bool {
        if ifExists {
            return true
        }
        switch setOperator {
        case .forAllValues:
            return true
        case .forAnyValue:
            return false
        case nil:
            return base.isNegated
        }
    }

    private func nullHolds(_ value: RequestContext.Value?) -> Bool {
        // COND-35: an empty set is null, a single empty text is not.
        let isNull =
            switch value {
            case nil:
                true
            case .single:
                false
            case .multiple(let values):
                values.allSatisfy(\.isEmpty)
            }
        // COND-9: several values are joined by "or".
        return plainValues.contains { $0.lowercased() == (isNull ? "true" : "false") }
    }

    /// One value of the context against all values of the policy (COND-1, COND-2).
    private func compare(_ text: String, base: Base, context: RequestContext) -> Bool {
        guard base.isNegated else {
            return matchesAny(text, base: base, context: context)
        }
        // COND-7: what is no number or date fails under a negated operator as well.
        switch base {
        case .numericNotEquals:
            guard DecimalNumber(text) != nil,
                plainValues.allSatisfy({ DecimalNumber($0) != nil })
            else {
                return false
            }
        case .dateNotEquals:
            guard DateText.instant(text) != nil,
                plainValues.allSatisfy({ DateText.instant($0) != nil })
            else {
                return false
            }
        default:
            break
        }
        return !matchesAny(text, base: base, context: context)
    }

    /// Whether one of the policy's values matches, negation aside.
    private func matchesAny(_ text: String, base: Base, context: RequestContext) -> Bool {
        switch base {
        case .stringEquals, .stringNotEquals:
            // COND-14; VAR-6: a value without a resolution matches nothing.
            return values.contains { $0.text(in: context) == text }
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
            // COND-15
            return values.contains { $0.text(in: context)?.lowercased() == text.lowercased() }
        case .stringLike, .stringNotLike:
            // COND-16
            return values.contains { $0.pattern(in: context)?.matches(text) ?? false }
        case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike:
            // COND-30
            return values.contains { ARNComparison.matches($0, text, context: context) }
        case .bool:
            // COND-24; VAR-3: variables are taken.
            let given = text.lowercased()
            return (given == "true" || given == "false")
                && values.contains { $0.text(in: context)?.lowercased() == given }
        case .binaryEquals:
            // COND-25: the same bytes have the same canonical base64 text.
            return plainValues.contains(text)
        case .ipAddress, .notIpAddress:
            return plainValues.contains { AddressRange($0)?.contains(text) ?? false }
        case .null:
            return false
        default:
            return plainValues.contains { isOrdered(text, base: base, policyValue: $0) }
        }
    }

    /// The operators on numbers and dates (COND-19, COND-20).
    private func isOrdered(_ text: String, base: Base, policyValue: String) -> Bool {
        switch base {
        case .numericEquals, .numericNotEquals:
            return DecimalNumber.compare(text, policyValue).map { $0 == 0 } ?? false
        case .numericLessThan:
            return DecimalNumber.compare(text, policyValue).map { $0 < 0 } ?? false
        case .numericLessThanEquals:
            return DecimalNumber.compare(text, policyValue).map { $0 <= 0 } ?? false
        case .numericGreaterThan:
            return DecimalNumber.compare(text, policyValue).map { $0 > 0 } ?? false
        case .numericGreaterThanEquals:
            return DecimalNumber.compare(text, policyValue).map { $0 >= 0 } ?? false
        default:
            break
        }
        // COND-23: instants are compared, not texts.
        guard let given = DateText.instant(text), let wanted = DateText.instant(policyValue) else {
            return false
        }
        switch base {
        case .dateEquals, .dateNotEquals:
            return given == wanted
        case .dateLessThan:
            return given < wanted
        case .dateLessThanEquals:
            return given <= wanted
        case .dateGreaterThan:
            return given > wanted
        case .dateGreaterThanEquals:
            return given >= wanted
        default:
            return false
        }
    }
}

extension Condition.Base {
    /// The negated operators (COND-2).
    var isNegated: Bool {
        switch self {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals,
            .dateNotEquals, .notIpAddress, .arnNotEquals, .arnNotLike:
            true
        default:
            false
        }
    }
}
