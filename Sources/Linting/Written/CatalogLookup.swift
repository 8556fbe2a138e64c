package import JSONSource
package import PolicyLanguage
package import ServiceCatalog

/// The actions that a list of entries covers, as far as that can be said.
package struct CoveredActions: Sendable {
    /// Actions the catalog knows.
    package let known: [CatalogAction]
    /// Whether an entry names something the catalog does not know, which may be newer than it.
    package let hasUnknown: Bool
    /// Whether every service is covered, so that nothing can be said of single actions.
    package let isEverything: Bool

    init(_ entries: [SourceString]) {
        var known: [CatalogAction] = []
        var hasUnknown = false
        var isEverything = false
        for entry in entries {
            guard let pattern = ActionPattern(entry.text), pattern.service != nil else {
                isEverything = isEverything || ActionPattern(entry.text) != nil
                hasUnknown = true
                continue
            }
            let found = ServiceCatalog.actions(matching: pattern)
            if found.isEmpty { hasUnknown = true }
            known += found
        }
        self.known = known
        self.hasUnknown = hasUnknown
        self.isEverything = isEverything
    }
}

extension WrittenStatement {
    /// What `Action` covers; nil for `NotAction` and where there is neither.
    package var coveredActions: CoveredActions? {
        guard let actions, !actions.isNegated else { return nil }
        return CoveredActions(actions.entries)
    }

    /// Whether the statement is about an action, as far as `Action` and `NotAction` say.
    package func concerns(_ action: String) -> Bool {
        guard let actions, let name = ActionName(action) else { return false }
        let isListed = actions.entries.contains { ActionPattern($0.text)?.matches(name) ?? false }
        return isListed != actions.isNegated
    }
}

extension SourceString {
    /// The text as an action with wildcards.
    package var actionPattern: ActionPattern? { ActionPattern(text) }

    /// Whether wildcards stand in the text, `${*}` and `${?}` aside.
    package var hasWildcard: Bool {
        TextTemplate(text, wildcards: .active, variables: .expanded).hasWildcards
    }

    /// Whether a variable such as `${aws:username}` stands in the text.
    package var hasVariable: Bool {
        !TextTemplate(text, wildcards: .active, variables: .expanded).variables.isEmpty
    }
}
