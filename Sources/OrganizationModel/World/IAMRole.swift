package import PolicyLanguage

/// An IAM role with its trust policy and permissions.
///
/// An organization has hundreds of thousands of roles, which are handed about far more often than
/// made: all that is known of one counts as one thing that is held.
package struct IAMRole: Sendable {
    @usableFromInline let facts: Facts

    @usableFromInline
    final class Facts: Sendable {
        @usableFromInline let name: String
        @usableFromInline let arn: ARN
        let birth: OrganizationHistory.Birth
        @usableFromInline let trustPolicy: Policy
        @usableFromInline let identityPolicies: [Policy]
        @usableFromInline let permissionsBoundary: Policy?
        @usableFromInline let maxSessionDuration: Int
        @usableFromInline let tags: Tags
        @usableFromInline let isServiceLinked: Bool
        @usableFromInline let lastUsed: Instant?

        init(
            name: String,
            arn: ARN,
            birth: OrganizationHistory.Birth,
            trustPolicy: Policy,
            identityPolicies: [Policy],
            permissionsBoundary: Policy?,
            maxSessionDuration: Int,
            tags: Tags,
            isServiceLinked: Bool,
            lastUsed: Instant?
        ) {
            self.name = name
            self.arn = arn
            self.birth = birth
            self.trustPolicy = trustPolicy
            self.identityPolicies = identityPolicies
            self.permissionsBoundary = permissionsBoundary
            self.maxSessionDuration = maxSessionDuration
            self.tags = tags
            self.isServiceLinked = isServiceLinked
            self.lastUsed = lastUsed
        }
    }

    init(_ facts: Facts) { self.facts = facts }
}

extension IAMRole {
    @inlinable package var name: String { facts.name }
    @inlinable package var arn: ARN { facts.arn }
    @inlinable package var trustPolicy: Policy { facts.trustPolicy }
    @inlinable package var identityPolicies: [Policy] { facts.identityPolicies }
    @inlinable package var permissionsBoundary: Policy? { facts.permissionsBoundary }
    /// In seconds.
    @inlinable package var maxSessionDuration: Int { facts.maxSessionDuration }
    @inlinable package var tags: Tags { facts.tags }
    /// Under `/aws-service-role/`, where neither SCPs nor RCPs reach (SVC-3).
    @inlinable package var isServiceLinked: Bool { facts.isServiceLinked }
    @inlinable package var lastUsed: Instant? { facts.lastUsed }

    /// `AROA…`; a new one when the role is deleted and made again.
    package var uniqueID: String { facts.birth.uniqueID("AROA", of: arn) }

    /// When the role was made, counted in changes since the file was loaded.
    package var createdAt: Int { facts.birth.createdAt }

    /// Under `/aws-reserved/`, where Identity Center keeps its roles (RBP-6).
    package var isReserved: Bool { arn.resourceBegins(with: "role/aws-reserved/") }

    /// The ARN of a session of the role, which never includes the path (KEY-9).
    package func sessionARN(_ sessionName: String) -> ARN {
        ARN(
            partition: arn.partition,
            service: "sts",
            account: arn.account,
            resource: "assumed-role/\(name)/\(sessionName)"
        )
    }
}
