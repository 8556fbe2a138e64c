import PolicyLanguage
import ServiceCatalog

/// A condition key of which the catalog says which actions carry it.
struct CarriedKey {
    private let source: Source

    private enum Source {
        /// A key of a service, by its name in lower case.
        case service(String)
        /// `aws:RequestTag/…` or `aws:TagKeys`, as the catalog writes it.
        case tags(String)
    }

    /// Nil for keys that any request can carry, for those of identity providers, and for those
    /// that the tables of the service list with no action at all: nothing follows from those.
    init?(_ condition: WrittenCondition) {
        let name = condition.canonicalKey
        if name == "aws:tagkeys" {
            source = .tags("aws:TagKeys")
        } else if name.hasPrefix("aws:requesttag/") {
            source = .tags("aws:RequestTag/${TagKey}")
        } else {
            guard GlobalConditionKeys.key(name) == nil,
                let service = ServiceCatalog.service(String(name.prefix { $0 != ":" })),
                !ServiceCatalog.servicesWithKeyGaps.contains(service.prefix),
                service.conditionKey(name) != nil,
                service.actions.contains(where: { $0.carries(ConditionKey(name)) })
            else { return nil }
            source = .service(name)
        }
    }

    /// Whether one of the actions can carry the key, or that is not known.
    func mayBeCarried(byOneOf actions: [CatalogAction]) -> Bool {
        // Services whose tables do not know the key at all need no second look.
        var others: Set<String> = []
        for action in actions where !others.contains(action.service.prefix) {
            if mayBeCarried(by: action) { return true }
            if case .service(let name) = source, action.service.conditionKey(name) == nil {
                others.insert(action.service.prefix)
            }
        }
        return false
    }

    /// Whether a request for the action can carry the key, or that is not known.
    func mayBeCarried(by action: CatalogAction) -> Bool {
        switch source {
        case .service(let name):
            action.service.conditionKey(name) != nil
                && (action.carries(ConditionKey(name)) || action.carriesTags(like: name))
        // Services that list the tags of requests with no action may have left them out.
        case .tags(let name):
            action.lists(name) || !action.service.actions.contains { $0.lists(name) }
        }
    }
}

extension CatalogAction {
    /// Some tables write a sample of a tag's key, `ssm:resourceTag/tag-key`, for all of them.
    fileprivate func carriesTags(like name: String) -> Bool {
        guard let slash = name.firstIndex(of: "/") else { return false }
        let names =
            conditionKeys
            + resourceTypes.flatMap {
                $0.conditionKeys + (service.resourceType($0.name)?.conditionKeys ?? [])
            }
        return names.contains { $0.lowercased().hasPrefix(name[...slash]) }
    }

    /// Whether the actions table lists the key with the action.
    ///
    /// That a resource type lists the tags of requests says only that some action sends them.
    fileprivate func lists(_ name: String) -> Bool {
        conditionKeys.contains(name) || resourceTypes.contains { $0.conditionKeys.contains(name) }
    }
}

extension CoveredActions {
    /// The actions where the catalog knows all that is covered; nil otherwise.
    var allKnown: [CatalogAction]? { hasUnknown || known.isEmpty ? nil : known }
}
