import JSONSource
import PolicyLanguage

// One value less in a list.
extension StatementSite {
    func droppedValues() -> [Draft] {
        var drafts = elementValues("Action", "NotAction")
        drafts += elementValues("Resource", "NotResource")
        drafts += principals("Principal", isExemption: false)
        drafts += principals("NotPrincipal", isExemption: true)
        for condition in conditions {
            let isExemption = isDeny && condition.known.base.isNegated
            drafts += dropped(condition.values, condition.text, isExemption)
        }
        return drafts
    }

    private func elementValues(_ element: String, _ negated: String) -> [Draft] {
        if let list = list(element) { return dropped(list, element, false) }
        guard let list = list(negated) else { return [] }
        if list.entries.count > 1 { return dropped(list, negated, true) }
        // Without the last exemption everything is meant.
        guard let last = list.entries.first else { return [] }
        let without = document(setting: [negated], to: nil)
        let everything = JSONValue.edited("*", at: last.span)
        return [
            draft(
                .dropExemption,
                "\(negated) \(last.text)",
                at: last.span,
                "drops the only exemption '\(last.text)' from \(negated)",
                without.setting(path + [element], to: everything) ?? without
            )
        ]
    }

    /// A list of one has no value to spare: without it the statement or condition would go.
    private func dropped(_ list: TextList, _ place: String, _ isExemption: Bool) -> [Draft] {
        guard list.isList, list.entries.count > 1 else { return [] }
        return list.entries.map { entry in
            let what = isExemption ? "exemption" : "value"
            return draft(
                isExemption ? .dropExemption : .dropValue,
                "\(place) \(entry.text)",
                at: entry.span,
                "drops the \(what) '\(entry.text)' from \(place)",
                document(setting: entry.path, to: nil)
            )
        }
    }

    private func principals(_ element: String, isExemption: Bool) -> [Draft] {
        let kinds = value[element]?.members ?? []
        return kinds.flatMap { kind -> [Draft] in
            let list = TextList(kind.value, at: [element, kind.key])
            if list.entries.count > 1 { return dropped(list, element, isExemption) }
            guard kinds.count > 1, let only = list.entries.first else { return [] }
            return [
                draft(
                    isExemption ? .dropExemption : .dropValue,
                    "\(element) \(only.text)",
                    at: only.span,
                    "drops '\(only.text)' from \(element)",
                    document(setting: [element, kind.key], to: nil)
                )
            ]
        }
    }
}
