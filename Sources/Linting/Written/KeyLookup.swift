import PolicyLanguage
package import ServiceCatalog

/// What is known of a condition key of a policy.
package enum KeyLookup {
    /// A key of AWS's own with its type.
    case known(CatalogConditionKey)
    /// A key of an identity provider, which AWS does not list: its host stands before the colon.
    case provider
    /// A service's prefix, but no such key.
    case unknown

    package init(_ key: String) {
        let prefix = key.prefix { $0 != ":" }.lowercased()
        if let found = GlobalConditionKeys.key(key) {
            self = .known(found)
        } else if prefix == "aws" {
            self = .unknown
        } else if let found = ServiceCatalog.service(prefix)?.conditionKey(key) {
            self = .known(found)
        } else if let found = ServiceCatalog.service("sts")?.conditionKey(key) {
            self = .known(found)
        } else if prefix.contains(".") || prefix.contains("/") || prefix == "saml" {
            self = .provider
        } else {
            self = .unknown
        }
    }

    package var key: CatalogConditionKey? {
        if case .known(let key) = self { key } else { nil }
    }
}

extension CatalogAction {
    /// Whether a request for the action can carry a key of a service, or a tag key.
    package func carries(_ key: String) -> Bool {
        let names =
            conditionKeys
            + resourceTypes.flatMap { use in
                use.conditionKeys + (service.resourceType(use.name)?.conditionKeys ?? [])
            }
        guard let wanted = service.conditionKey(key)?.name else { return false }
        return names.contains { $0.lowercased() == wanted.lowercased() }
    }
}
