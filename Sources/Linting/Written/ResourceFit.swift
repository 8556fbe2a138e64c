package import JSONSource
import PolicyLanguage
package import ServiceCatalog

extension CatalogAction {
    /// The resource types the action works on.
    package var types: [CatalogResourceType] {
        resourceTypes.compactMap { service.resourceType($0.name) }
    }

    /// The formats of its ARNs, for a sentence.
    package var formats: String {
        let all = types.flatMap(\.arnFormats)
        let shown = all.prefix(3).joined(separator: ", ")
        return all.count > 3 ? "\(shown), …" : shown
    }
}

extension Glob {
    /// A pattern of stars alone.
    package static func isEverything(_ pattern: String) -> Bool {
        !pattern.isEmpty && pattern.utf8.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

extension WrittenStatement {
    /// The entries of `Resource`, where the statement lists what it covers and says so in full.
    ///
    /// Nil also where a placeholder stands instead of an ARN: what will be there is not known.
    package var listedResources: [SourceString]? {
        guard let resources, !resources.isNegated, !resources.entries.isEmpty else { return nil }
        let isSaid = resources.entries.allSatisfy {
            Glob.isEverything($0.text)
                || $0.text.hasPrefix("arn:") && !$0.text.contains { "<[".contains($0) }
                    && !$0.text.contains("{{")
        }
        return isSaid ? resources.entries : nil
    }

    /// The actions named one by one or by pattern that the catalog knows; nil for `NotAction`.
    ///
    /// S3's account-level actions are decided on `arn:aws:s3:::*`, so what covers buckets covers
    /// them (RES-7).
    package var judgedActions: [(entry: SourceString, actions: [CatalogAction])]? {
        guard let actions, !actions.isNegated else { return nil }
        return actions.entries.compactMap { entry in
            guard let pattern = entry.actionPattern, pattern.service != nil else { return nil }
            let found = ServiceCatalog.actions(matching: pattern)
            return found.isEmpty ? nil : (entry, found)
        }
    }
}
