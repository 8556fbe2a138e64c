package import PolicyLanguage

/// What the catalog says of a condition key, worked out in one go for who asks for many actions.
package struct KeyFacts: Sendable {
    package let key: ConditionKey
    /// As all services carry it, if it has the prefix `aws:`.
    private let global: CatalogConditionKey?
    /// As the service of its prefix lists it.
    private let own: CatalogConditionKey?
    /// Whether the tables of services tell who carries it.
    private let isTold: Bool

    package init(_ key: ConditionKey) {
        let prefix = String(key.canonical.prefix { $0 != ":" })
        self.key = key
        global = GlobalConditionKeys.key(ofAWS: key)
        own = ServiceCatalog.service(prefix)?.conditionKey(key.canonical)
        isTold =
            own != nil && !ServiceCatalog.servicesWithKeyGaps.contains(prefix)
            && GlobalConditionKeys.key(key.canonical) == nil
    }
}

extension KeyFacts {
    /// What is known of the key in requests for an action; nil for one that nobody lists.
    ///
    /// Actions of one service have the same answer.
    package func listed(for action: ActionName) -> CatalogConditionKey? {
        if let global { return global }
        return ServiceCatalog.service(action.service)?.conditionKey(key.canonical) ?? own
    }

    /// Whether the key holds a set of values in requests for an action (COND-12).
    ///
    /// Actions of one service have the same answer.
    package func isMultivalued(for action: ActionName) -> Bool {
        listed(for: action).map { ServiceCatalog.isMultivalued($0) } ?? false
    }

    /// Whether requests for an action are known never to carry the key, which is of some service.
    package func isForeign(to action: ActionFacts) -> Bool {
        guard isTold, let action = action.tellingAction else { return false }
        return !action.carries(key)
    }
}
