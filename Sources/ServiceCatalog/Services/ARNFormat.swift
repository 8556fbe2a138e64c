package import PolicyLanguage

/// How the ARNs of a resource type look, such as `arn:${Partition}:s3:::${BucketName}`.
///
/// Source: Service Authorization Reference, "Resource types table". The comparison is generous: a
/// gap takes any characters, so that an ARN is turned down only where it cannot be meant.
struct ARNFormat: Sendable {
    /// Service, Region, account and resource; all partitions look alike.
    private let parts: [Part]

    private struct Part: Sendable {
        let wildcard: Wildcard
        let isAnything: Bool

        init(_ tokens: [Wildcard.Token]) {
            wildcard = Wildcard(tokens)
            isAnything = wildcard.tokens == [.run]
        }

        func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
            isAnything || wildcard.matches(text)
        }
    }

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
        parts = tokens[2...].map { Part($0) }
    }

    func matches(_ arn: ARN) -> Bool { arn.withParts { matches($0) } }

    // PERF: "lines read, decided and written"; every new resource of a request is held against the
    // formats of its action.
    func matches(_ arn: ARNParts) -> Bool {
        // What is one name as a whole, such as that of a bucket, has no path.
        if parts[3].isAnything, arn.resource.contains(UInt8(ascii: "/")) { return false }
        return parts[0].matches(arn.service) && parts[3].matches(arn.resource)
            && parts[1].matches(arn.region) && parts[2].matches(arn.account)
    }
}

/// The ARNs of resources that an action works on, with the formats made ready.
package struct AcceptedARNs: Sendable {
    /// Nil where the catalog does not say what the action works on.
    private let formats: [ARNFormat]?

    init(_ action: CatalogAction) {
        let isUnlisted = ServiceCatalog.actionsOnUnlistedResources
            .contains(action.qualifiedName.lowercased())
        formats = isUnlisted || !action.hasResourceTypes ? nil : action.arnFormats
    }

    private init() { formats = nil }

    /// Every ARN.
    static let all = AcceptedARNs()

    package func contains(_ arn: ARN) -> Bool {
        guard let formats else { return true }
        return arn.withParts { parts in formats.contains { $0.matches(parts) } }
    }
}

extension CatalogAction {
    /// The ARNs that can be those of resources the action works on.
    package var acceptedARNs: AcceptedARNs { AcceptedARNs(self) }

    /// Whether an ARN can be that of a resource the action works on.
    ///
    /// True also where the catalog does not say what the action works on. Who asks often keeps
    /// ``acceptedARNs``.
    package func accepts(_ arn: ARN) -> Bool { acceptedARNs.contains(arn) }
}

extension CatalogResourceType {
    /// Whether an ARN can be that of a resource of the type.
    package func accepts(_ arn: ARN) -> Bool {
        arnFormats.contains { ARNFormat($0)?.matches(arn) ?? false }
    }
}
