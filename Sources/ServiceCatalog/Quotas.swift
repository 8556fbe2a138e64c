/// Limits AWS sets, as of 2026-11.
///
/// Sources: Organizations User Guide, "Quotas and service limits" (SCP-11, SCP-12, RCP-3); IAM
/// User Guide, "IAM and AWS STS quotas" (ENT-1…5, ENT-17).
package enum Quotas {
    package static let scpsPerNode = 10
    package static let scpCharacters = 10_240
    /// Including `RCPFullAWSAccess`, which is always attached.
    package static let rcpsPerNode = 5
    package static let rcpCharacters = 5_120
    package static let unitDepth = 5
    package static let managedPolicyCharacters = 6_144
    package static let trustPolicyCharacters = 8_192
    package static let vpcEndpointPolicyCharacters = 20_480
    package static let userNameCharacters = 64
    package static let roleNameCharacters = 64
    package static let policyNameCharacters = 128
    package static let pathCharacters = 512
    package static let groupsPerUser = 10
    /// Of one entity or resource (STS-11).
    package static let tags = 50
    /// Amazon S3 User Guide, "Bucket policies", and KMS Developer Guide, "Quotas" (KMS-9).
    package static let bucketPolicyCharacters = 20_480
    package static let keyPolicyCharacters = 32_768
    /// IAM Identity Center User Guide, "Quotas" (IDC-10).
    package static let permissionSetInlineCharacters = 10_240
    package static let permissionSetManagedPolicies = 25
    package static let user = Permissions(inlineCharacters: 2_048, managed: 20)
    package static let group = Permissions(inlineCharacters: 5_120, managed: 10)
    package static let role = Permissions(inlineCharacters: 10_240, managed: 25)
    package static let roleSessionSeconds = 3_600...43_200
    package static let permissionSetSessionSeconds: ClosedRange<Int64> = 3_600...43_200

    /// What one user, group or role may carry, at the highest adjustable value (ENT-2, ENT-4).
    package struct Permissions: Sendable {
        /// Characters of all inline policies together.
        package let inlineCharacters: Int
        /// Attached managed policies.
        package let managed: Int
    }
}
