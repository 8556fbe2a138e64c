package import JSONSource
package import PolicyLanguage

/// A resource that is listed in the file.
package final class Resource: Sendable {
    package let arn: ARN
    package let policy: Policy?
    package let tags: Tags
    /// Whether nobody knows which tags it has.
    package let hasUnknownTags: Bool
    package let blockPublicAccess: BlockPublicAccess
    package let grants: [KMSGrant]
    /// The VPC of an endpoint.
    package let vpc: String?
    /// Whether an endpoint is a gateway, whose policy reads accounts differently (VPCE-2).
    package let isGatewayEndpoint: Bool
    /// Where the ARN names no Region, as with S3.
    package let region: String?

    init(
        arn: ARN,
        policy: Policy?,
        tags: Tags,
        hasUnknownTags: Bool = false,
        blockPublicAccess: BlockPublicAccess,
        grants: [KMSGrant],
        vpc: String?,
        isGatewayEndpoint: Bool,
        region: String?
    ) {
        self.arn = arn
        self.policy = policy
        self.tags = tags
        self.hasUnknownTags = hasUnknownTags
        self.blockPublicAccess = blockPublicAccess
        self.grants = grants
        self.vpc = vpc
        self.isGatewayEndpoint = isGatewayEndpoint
        self.region = region
    }
}

/// The four switches of S3 Block Public Access; left out they are off.
package struct BlockPublicAccess: Sendable, Hashable {
    package var blockPublicAcls = false
    package var ignorePublicAcls = false
    package var blockPublicPolicy = false
    package var restrictPublicBuckets = false
    /// Why nobody knows how they are set, where nobody does.
    package var missing: String?

    package init() {}
}

/// A grant on a KMS key (KMS-6).
package struct KMSGrant: Sendable {
    package let name: String?
    package let grantee: PrincipalEntry
    /// Operation names in lower case, as in action names.
    package let operations: Set<String>
    /// A service grantee's grant holds only for requests from this ARN.
    package let sourceARN: String?
    package let encryptionContextEquals: [String: String]?
    package let encryptionContextSubset: [String: String]?
    package let span: SourceSpan
}
