import PolicyLanguage
import ServiceCatalog

/// What values an unknown key may have.
enum UnknownKeyKind {
    case single
    case boolean
    /// A set; plain operators never match it (COND-12).
    case multivalued

    /// The kind the catalog says; of a key it does not list the operators tell.
    init(_ key: ConditionKey, for action: ActionName, in conditions: [Condition]) {
        if let listed = ServiceCatalog.conditionKey(key, for: action) {
            self =
                ServiceCatalog.isMultivalued(listed)
                ? .multivalued : listed.type == .bool ? .boolean : .single
        } else {
            let asksForSets = conditions.contains {
                $0.key == key && $0.operator.quantifier != nil
            }
            self = asksForSets ? .multivalued : .single
        }
    }
}

extension Condition {
    /// The condition as it can come out for a key of that kind; nil where it never holds.
    ///
    /// A plain operator fails for every set, so all it can tell is whether the key is there.
    func told(of kind: UnknownKeyKind) -> Condition? {
        guard kind == .multivalued, `operator`.quantifier == nil, `operator`.base != .null else {
            return self
        }
        guard holds(in: RequestContext()) else { return nil }
        let base = ConditionOperator.Base.null
        let absent = ConditionOperand("true", for: base, variables: .literal)
        return Condition(ConditionOperator(base), key, [absent], at: span)
    }
}
