package import PolicyLanguage

/// Resources of an account that may be there beside those that the file lists, with any policy.
///
/// An export that could not tell which queues there are does not say that there are none.
package struct UnlistedResources: Sendable {
    private var entries: [Entry] = []

    private struct Entry: Sendable {
        let pattern: ResourcePattern
        /// Regions of which the file lists everything.
        let listedRegions: Set<String>
        let unknown: UnknownPolicy
    }

    /// The policy of a resource that nobody knows.
    package final class UnknownPolicy: Sendable {
        package let reason: String
        package let resourcePolicy: Policy
        package let trustPolicy: Policy

        init(_ reason: String, resourcePolicy: Policy, trustPolicy: Policy) {
            self.reason = reason
            self.resourcePolicy = resourcePolicy
            self.trustPolicy = trustPolicy
        }
    }

    package init() {}

    mutating func add(_ pattern: String, listedRegions: [String], _ unknown: UnknownPolicy) {
        let pattern = ResourcePattern(pattern, variables: .literal, completion: .asWritten)
        let regions = Set(listedRegions)
        entries.append(Entry(pattern: pattern, listedRegions: regions, unknown: unknown))
    }
}

extension UnlistedResources {
    package var isEmpty: Bool { entries.isEmpty }

    /// The policy that a resource may have which the file does not list.
    package func policy(of arn: ARN) -> UnknownPolicy? {
        guard !entries.isEmpty else { return nil }
        let region = arn.region
        let requested = RequestedResource.named(arn.description)
        return entries.first { entry in
            (region.isEmpty || !entry.listedRegions.contains(region))
                && entry.pattern.matches(requested, in: RequestContext())
        }?.unknown
    }
}
