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
    package static let scps = 10_000
    package static let rcps = 2_000
    package static let controlPolicyNameCharacters = 128
    package static let unitDepth = 5
    package static let units = 2_000
    package static let managedPolicyCharacters = 6_144
    package static let trustPolicyCharacters = 8_192
    package static let vpcEndpointPolicyCharacters = 20_480
    package static let userNameCharacters = 64
    package static let roleNameCharacters = 64
    package static let policyNameCharacters = 128
    package static let pathCharacters = 512
    package static let groupsPerUser = 10
    /// Of a user and of root; accounts with more exist (ENT-3).
    package static let accessKeys = 2
    package static let mfaDevices = 8
    /// Client ids of one OIDC provider.
    package static let audiences = 100
    /// Entities of one account by the field that lists them, at the highest adjustable value
    /// (ENT-1).
    package static let entities = [
        ("users", 5_000), ("groups", 500), ("roles", 10_000), ("managedPolicies", 10_000),
        ("instanceProfiles", 10_000), ("oidcProviders", 700),
    ]
    /// Of one entity or resource (STS-11).
    package static let tags = 50
    package static let tagKeyCharacters = 128
    package static let tagValueCharacters = 256
    /// By service: Amazon S3 User Guide, "Bucket policies"; KMS Developer Guide, "Quotas" (KMS-9);
    /// Secrets Manager User Guide, "Quotas"; Lambda Developer Guide, "Quotas"; DynamoDB Developer
    /// Guide, "Resource-based policy considerations".
    package static let resourcePolicyCharacters = [
        "dynamodb": 20_480, "kms": 32_768, "lambda": 20_480, "s3": 20_480,
        "secretsmanager": 20_480,
    ]
    /// IAM Identity Center User Guide, "Quotas" (IDC-10).
    package static let permissionSetInlineCharacters = 10_240
    package static let permissionSetManagedPolicies = 25
    package static let permissionSets = 3_500
    package static let permissionSetNameCharacters = 32
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
