import JSONSource
import PolicyLanguage

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
        } else if let found = Self.keysOfOthers[key.lowercased()] {
            self = .known(found)
        } else {
            self = .unknown
        }
    }

    package var key: CatalogConditionKey? {
        if case .known(let key) = self { key } else { nil }
    }

    package var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }

    /// Keys with the prefix of another service, such as `identitycenter:InstanceArn`.
    private static let keysOfOthers: [String: CatalogConditionKey] = Dictionary(
        ServiceCatalog.services.flatMap { service in
            service.conditionKeys.filter { !$0.name.lowercased().hasPrefix(service.prefix + ":") }
        }
        .map { ($0.name.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first }
    )
}

extension KeyLookup {
    /// The key somebody probably meant, `aws:PrincipalTags/team` by the template's part.
    package static func nearest(to key: String) -> String? {
        let prefix = key.prefix { $0 != ":" }.lowercased()
        let known =
            prefix == "aws"
            ? GlobalConditionKeys.all : ServiceCatalog.service(prefix)?.conditionKeys ?? []
        guard let slash = key.firstIndex(of: "/") else {
            return NearestName.of(key, among: known.map(\.name))
        }
        let heads = known.filter(\.isTemplate).map { String($0.name.prefix { $0 != "/" }) }
        return NearestName.of(String(key[..<slash]), among: heads).map { $0 + key[slash...] }
    }
}
