package import JSONSource
package import PolicyLanguage

/// One operator applied to one key, as written.
package struct WrittenCondition: Sendable {
    package let operatorName: SourceString
    /// Nil for an operator that AWS does not have.
    package let `operator`: ConditionOperator?
    package let key: SourceString
    package let values: [SourceString]

    static func all(under member: JSONMember) -> [WrittenCondition] {
        (member.value.members ?? []).map {
            WrittenCondition(
                operatorName: SourceString(member.key, at: member.keySpan),
                operator: ConditionOperator(member.key),
                key: SourceString($0.key, at: $0.keySpan),
                values: SourceString.written($0.value)
            )
        }
    }
}

extension WrittenCondition {
    package var base: ConditionOperator.Base? { `operator`?.base }
    package var quantifier: ConditionOperator.Quantifier? { `operator`?.quantifier }

    /// The key in lower case.
    package var canonicalKey: String { ConditionKey(key.text).canonical }

    /// Whether the condition holds for a request that does not carry the key (COND-3, COND-6).
    package var holdsWhenAbsent: Bool {
        guard let form = `operator` else { return false }
        switch form.quantifier {
        case .forAllValues: return true
        case .forAnyValue: return form.ifExists
        case nil: break
        }
        if form.base == .null { return values.contains { $0.text.lowercased() == "true" } }
        return form.ifExists || form.base.isNegated
    }

    /// Whether the condition says that the key must be there.
    package var demandsPresence: Bool {
        base == .null && values.allSatisfy { $0.text.lowercased() == "false" }
    }

    /// Whether the condition leaves out principals that it names, and asks for nothing else.
    package var exemptsPrincipals: Bool {
        canonicalKey == "aws:principalarn" && base?.isNegated == true && quantifier == nil
    }
}
