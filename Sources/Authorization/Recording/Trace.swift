package import OrganizationModel
package import PolicyLanguage

/// Everything the engine looked at for one request, in the order in which it looked.
package struct Trace: Sendable {
    /// One entry an attachment point: an SCP level, the policies of the caller, a bucket policy.
    package internal(set) var layers: [Layer] = []
    /// Why policies of a type were not asked at all, a sentence each.
    package internal(set) var notAsked: [NotAsked] = []
    /// The condition keys of the request as they were compared.
    package var context: RequestContext { filled?.context ?? RequestContext() }
    var filled: FilledContext?
    /// What `Resource` patterns were compared with.
    package internal(set) var requested = RequestedResource.none

    package init() {}

    /// The policies of one type at one place.
    package struct Layer: Sendable {
        package let policyType: PolicyType
        /// As in ``Reason/target``.
        package let target: String
        package let policies: [Policy]
        /// Whether a request that is allowed would not be if nothing here allowed it.
        package let needsAllow: Bool
        package internal(set) var statements: [Examined] = []
    }

    /// Policies that cannot reach the request.
    package struct NotAsked: Sendable {
        package let policyType: PolicyType
        package let why: String
    }

    /// One statement with all of its elements that do not fit the request.
    package struct Examined: Sendable {
        package let policy: Policy
        package let statement: Statement
        /// How the statement's principal element names the caller; direct where it has none.
        package let grade: Grade?
        /// The entry of a `Principal` element that names the caller best.
        package let principal: PrincipalEntry?
        /// Empty for a statement that applies, or that may apply.
        package let failed: [Element]
        /// Elements that only unknown keys could decide.
        package let open: [Element]
        /// Whether one condition alone keeps it from applying, and the outcome would be another one if
        /// it applied.
        package let wouldDecide: Bool

        package var applies: Bool { failed.isEmpty && open.isEmpty }
    }

    /// Whether a key is unknown on purpose: it may have any value, and none.
    package func isOpen(_ key: ConditionKey) -> Bool { filled?.isOpen(key) ?? false }

    /// One part of a statement that is compared with the request.
    package enum Element: Sendable, Hashable {
        case principal
        case action
        case resource
        /// By its position in the statement.
        case condition(Int)
    }
}
