import Authorization

/// The order in which AWS goes through the policies of a request.
///
/// Source: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny
/// access" (EVAL-5): explicit denies are looked for in all of them first; then RCPs, SCPs, the
/// resource's policy, identity policies, boundary and session policies. It does not place the
/// policy of a VPC endpoint, which a call passes before its resource, and S3 Block Public Access.
enum LayerOrder {
    private static let types: [PolicyType] = [
        .serviceRule, .resourceControlPolicy, .serviceControlPolicy, .vpcEndpointPolicy,
        .trustPolicy, .resourcePolicy, .identityPolicy, .permissionsBoundary, .sessionPolicy,
        .blockPublicAccess,
    ]

    static func place(of type: PolicyType) -> Int {
        types.firstIndex(of: type) ?? types.count
    }
}
