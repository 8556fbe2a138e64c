package import PolicyLanguage

/// How the ARNs of a resource type look, such as `arn:${Partition}:s3:::${BucketName}`.
///
/// Source: Service Authorization Reference, "Resource types table". The comparison is generous: a
/// gap takes any characters, so that an ARN is turned down only where it cannot be meant.
struct ARNFormat: Sendable {
    /// Service, Region, account and resource; all partitions look alike.
    private let parts: [Wildcard]

    /// Nil for a text that has not the six parts of an ARN.
    init?(_ text: String) {
        var tokens: [[Wildcard.Token]] = [[]]
        var isInGap = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "$"):
                isInGap = true
                tokens[tokens.count - 1].append(.run)
            case UInt8(ascii: "*"): tokens[tokens.count - 1].append(.run)
            case UInt8(ascii: "}") where isInGap: isInGap = false
            case UInt8(ascii: ":") where !isInGap && tokens.count < 6: tokens.append([])
            default: if !isInGap { tokens[tokens.count - 1].append(.byte(byte)) }
            }
        }
        guard tokens.count == 6 else { return nil }
        parts = tokens[2...].map { Wildcard($0) }
    }

    func matches(_ arn: ARN) -> Bool {
        // What is one name as a whole, such as that of a bucket, has no path.
        if parts[3].tokens == [.run], arn.resource.contains("/") { return false }
        return zip(parts, [arn.service, arn.region, arn.account, arn.resource])
            .allSatisfy { $0.matches($1) }
    }
}

extension CatalogAction {
    /// Whether an ARN can be that of a resource the action works on.
    ///
    /// True also where the catalog does not say what the action works on.
    package func accepts(_ arn: ARN) -> Bool {
        if !hasResourceTypes { return true }
        let fits = resourceTypeNames.contains { name in
            service.arnFormats(ofType: name).contains { $0.matches(arn) }
        }
        return fits
            || ServiceCatalog.actionsOnUnlistedResources.contains(qualifiedName.lowercased())
    }
}

extension CatalogResourceType {
    /// Whether an ARN can be that of a resource of the type.
    package func accepts(_ arn: ARN) -> Bool {
        arnFormats.contains { ARNFormat($0)?.matches(arn) ?? false }
    }
}
