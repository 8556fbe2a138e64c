package import PolicyLanguage

/// Resources of an account that may be there beside those that the file lists, with any policy.
///
/// An export that could not tell which queues there are does not say that there are none.
package struct UnlistedResources: Sendable {
    private var entries: [Entry] = []

    private struct Entry: Sendable {
        let pattern: ResourcePattern
        /// What of it the file lists after all.
        let listed: Listed
        let unknown: UnknownPolicy
    }

    /// Services and Regions of which the file lists everything; none of them means any.
    struct Listed: Sendable {
        let services: Set<String>
        let regions: Set<String>

        func cover(_ arn: ARN) -> Bool {
            if services.isEmpty, regions.isEmpty { return false }
            let region = arn.region
            return (services.isEmpty || services.contains(arn.service))
                && (regions.isEmpty || region.isEmpty || regions.contains(region))
        }
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

    mutating func add(_ pattern: String, but listed: Listed, _ unknown: UnknownPolicy) {
        let pattern = ResourcePattern(pattern, variables: .literal, completion: .asWritten)
        entries.append(Entry(pattern: pattern, listed: listed, unknown: unknown))
    }
}

extension UnlistedResources {
    package var isEmpty: Bool { entries.isEmpty }

    /// The policy that a resource may have which the file does not list.
    package func policy(of arn: ARN) -> UnknownPolicy? {
        guard !entries.isEmpty else { return nil }
        let requested = RequestedResource.named(arn.description)
        return entries.first { entry in
            !entry.listed.cover(arn)
                && entry.pattern.matches(requested, in: RequestContext())
        }?.unknown
    }
}
