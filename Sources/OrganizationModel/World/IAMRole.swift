package import PolicyLanguage

/// An IAM role with its trust policy and permissions.
package struct IAMRole: Sendable {
    package let name: String
    package let arn: ARN
    let birth: OrganizationHistory.Birth
    package let trustPolicy: Policy
    package let identityPolicies: [Policy]
    package let permissionsBoundary: Policy?
    /// In seconds.
    package let maxSessionDuration: Int
    package let tags: Tags
    /// Under `/aws-service-role/`, where neither SCPs nor RCPs reach (SVC-3).
    package let isServiceLinked: Bool
    package let lastUsed: Instant?
}

extension IAMRole {
    /// `AROA…`; a new one when the role is deleted and made again.
    package var uniqueID: String { birth.uniqueID("AROA", of: arn) }

    /// When the role was made, counted in changes since the file was loaded.
    package var createdAt: Int { birth.createdAt }

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
