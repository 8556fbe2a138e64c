import JSONSource
package import ServiceCatalog

extension WrittenCondition {
    /// The key where it is AWS's own, with its type; nil for keys that identity providers fill,
    /// of which AWS says less than the providers do.
    package var catalogKey: CatalogConditionKey? {
        let prefix = key.text.prefix { $0 != ":" }.lowercased()
        guard prefix != "saml", !prefix.contains(".") else { return nil }
        return KeyLookup(key.text).key
    }
}
