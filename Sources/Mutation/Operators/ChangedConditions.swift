import JSONSource
import PolicyLanguage

// Whole conditions.
extension StatementSite {
    /// Each condition dropped, the others kept.
    func droppedConditions() -> [Draft] {
        conditions.map { condition in
            draft(
                .dropCondition,
                condition.text,
                at: condition.span,
                "drops the condition \(condition.text)",
                without(condition)
            )
        }
    }

    /// What is empty then goes as well.
    private func without(_ condition: ConditionSite) -> JSONValue {
        let group = value["Condition"]?[condition.name]?.members?.count ?? 0
        if group > 1 {
            return document(setting: ["Condition", condition.name, condition.key], to: nil)
        }
        let groups = value["Condition"]?.members?.count ?? 0
        let path = groups > 1 ? ["Condition", condition.name] : ["Condition"]
        return document(setting: path, to: nil)
    }

    /// Each operator made its opposite; where values say so, each value.
    func flippedOperators() -> [Draft] {
        conditions.compactMap { condition -> Draft? in
            let base = condition.known.base
            guard let opposite = base.opposite else { return flippedValue(condition) }
            let new = ConditionOperator(
                opposite,
                quantifier: condition.known.quantifier,
                ifExists: condition.known.ifExists
            )
            return renamed(condition, .flipOperator, to: new)
        }
    }

    func changedIfExists() -> [Draft] {
        conditions.compactMap { condition in
            guard condition.known.base != .null else { return nil }
            let new = ConditionOperator(
                condition.known.base,
                quantifier: condition.known.quantifier,
                ifExists: !condition.known.ifExists
            )
            return renamed(
                condition,
                condition.known.ifExists ? .dropIfExists : .addIfExists,
                to: new
            )
        }
    }

    func swappedQuantifiers() -> [Draft] {
        conditions.compactMap { condition in
            guard let quantifier = condition.known.quantifier else { return nil }
            let new = ConditionOperator(
                condition.known.base,
                quantifier: quantifier == .forAllValues ? .forAnyValue : .forAllValues,
                ifExists: condition.known.ifExists
            )
            return renamed(condition, .swapQuantifier, to: new)
        }
    }

    /// The condition under another operator, unless that has the key already.
    private func renamed(
        _ condition: ConditionSite,
        _ kind: MutationOperator,
        to new: ConditionOperator
    ) -> Draft? {
        let isTaken = conditions.contains {
            $0.known == new && $0.key.lowercased() == condition.key.lowercased()
        }
        guard !isTaken, let kept = value.value(at: condition.values.path) else { return nil }
        let groups = value["Condition"]?.members ?? []
        let name =
            groups.first { ConditionOperator($0.key) == new }?.key ?? new.description
        let left = without(condition)
        let path = self.path + ["Condition", name, condition.key]
        return draft(
            kind,
            "\(condition.text) → \(new)",
            at: condition.span,
            "makes \(condition.name) \(new) on \(condition.key) in a condition",
            left.setting(path, to: kept) ?? left
        )
    }

    /// `Bool` and `Null` have no opposite but their values have.
    private func flippedValue(_ condition: ConditionSite) -> Draft? {
        guard condition.known.base == .bool || condition.known.base == .null,
            condition.values.entries.count == 1, let entry = condition.values.entries.first
        else { return nil }
        let text = entry.text.lowercased() == "true" ? "false" : "true"
        return draft(
            .flipOperator,
            "\(condition.text) → \(text)",
            at: entry.span,
            "makes \(condition.name) ask for \(text) on \(condition.key) in a condition",
            document(setting: entry.path, to: .edited(text, at: entry.span))
        )
    }
}
