import JSONSource

extension PolicyParser {
    /// The conditions of a statement: one for each operator and key.
    mutating func conditions(of object: ObjectReader) -> [Condition] {
        guard let found = object.value["Condition"] else { return [] }
        guard found.isObject else {
            diagnostics.append(.wrongType("'Condition'", expected: "an object", found: found))
            return []
        }
        let element = element(
            found,
            in: shared?.conditions,
            moved: { conditions, move in conditions.map { $0.moved(move) } },
            read: { $0.conditions(in: $1) }
        )
        return element ?? []
    }

    /// The conditions of a `Condition` element that is an object.
    mutating func conditions(in value: JSONValue) -> [Condition] {
        value.eachMember.flatMap { conditions(under: $0) }
    }

    private mutating func conditions(under member: JSONMember) -> [Condition] {
        guard let found = ConditionOperator(member.key) else {
            refuseOperator(member)
            return []
        }
        if found.description != member.key {
            diagnostics.append(
                .warning(
                    "policy.operator-spelling",
                    "the operator is spelled '\(found)', not '\(member.key)'",
                    at: member.keySpan
                )
            )
        }
        guard let keys = member.value.members else {
            let expected = "an object of condition keys"
            diagnostics.append(
                .wrongType("'\(member.key)'", expected: expected, found: member.value)
            )
            return []
        }
        return keys.compactMap { condition(found, $0) }
    }

    private mutating func refuseOperator(_ member: JSONMember) {
        let known = ConditionOperator.Base.allCases.map(\.rawValue)
        var name = member.key[...]
        for prefix in ["ForAllValues:", "ForAnyValue:"] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        if name.hasSuffix("IfExists") { name = name.dropLast("IfExists".count) }
        let near = NearestName.of(String(name), among: known).flatMap { $0 == "Null" ? nil : $0 }
        let isNull = name.lowercased() == "null"
        let help = near.map { "did you mean '\($0)'?" }
        let reason = isNull ? ": 'Null' takes no 'IfExists'" : ""
        let message = "unknown condition operator '\(member.key)'\(reason)"
        diagnostics.append(
            .error("policy.unknown-operator", message, at: member.keySpan, help: help)
        )
    }

    private mutating func condition(
        _ conditionOperator: ConditionOperator,
        _ member: JSONMember
    ) -> Condition? {
        guard member.key.contains(":") else {
            let message = "'\(member.key)' is not a condition key: expected a prefix such as 'aws:'"
            refuse("policy.invalid-condition-key", message, at: member.keySpan)
            return nil
        }
        guard let texts = scalars(member) else { return nil }
        let operands = texts.map { text in
            let operand = ConditionOperand(
                text.text,
                for: conditionOperator.base,
                variables: variables
            )
            if !operand.isReadable {
                let message = "'\(text.text)' can never match '\(conditionOperator)'"
                diagnostics.append(.warning("policy.unreadable-value", message, at: text.span))
            }
            return operand
        }
        let key = ConditionKey(member.key)
        return Condition(conditionOperator, key, operands, at: member.keySpan)
    }

    /// Strings, numbers and booleans, alone or in a list, as text (GRAM-11).
    private mutating func scalars(_ member: JSONMember) -> [SourceString]? {
        let values = member.value.elements ?? [member.value]
        var texts: [SourceString] = []
        if values.isEmpty {
            let message = "'\(member.key)' is compared with nothing: the list is empty"
            diagnostics.append(.warning("policy.empty-values", message, at: member.value.span))
        }
        for value in values {
            guard let text = value.scalarText else {
                let expected = "a string, a number, a boolean or a list of them"
                let what = "the value of '\(member.key)'"
                diagnostics.append(.wrongType(what, expected: expected, found: value))
                return nil
            }
            texts.append(SourceString(text, at: value.span))
        }
        return texts
    }
}

extension JSONValue {
    /// A string, number or boolean as condition values are written.
    package var scalarText: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
