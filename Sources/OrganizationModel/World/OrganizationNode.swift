/// The root or an organizational unit.
package struct OrganizationNode: Sendable {
    /// `Root`, `Root/Workloads`, …: names from the root down.
    package let path: String
    package let id: String
    /// Index of the node above, nil for the root.
    ///
    /// INVARIANT: less than its own, so that whoever walks the nodes in order meets parents first.
    package let parent: Int?
    package let serviceControlPolicies: [Policy]
    package let resourceControlPolicies: [Policy]
    package let tags: Tags
}
