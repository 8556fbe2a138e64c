/// RestrictPublicBuckets (S3-3) and the question whether a bucket policy is public (S3-4).
enum PublicBucket {
    /// Whether Block Public Access shuts the caller out.
    static func blocks(_ request: Request) -> Bool {
        guard request.service == "s3", let bucket = request.listed,
            ARNText.segment(2, of: bucket.arn) == "s3", let policy = bucket.policy
        else {
            return false
        }
        // The stricter of bucket and account counts.
        guard bucket.restrictsPublicBuckets || request.owner?.blocksPublicBuckets ?? false else {
            return false
        }
        // S3-3: service principals and the owner's account still get in.
        if case .service = request.caller.kind {
            return false
        }
        return !request.isSameAccount && isPublic(policy)
    }

    static func isPublic(_ policy: PolicyDocument) -> Bool {
        policy.statements.contains { statement in
            guard statement.effect == .allow else {
                return false
            }
            // Named principals are fixed values.
            guard statement.principals?.isEveryone ?? true else {
                return false
            }
            return !statement.conditions.contains(where: narrows)
        }
    }

    private static let narrowingKeys: Set<String> = [
        "aws:principalorgid", "aws:principalaccount", "aws:principalarn", "aws:principalorgpaths",
        "aws:principalservicename", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce",
        "aws:sourceowner", "aws:sourceaccount", "aws:userid", "s3:dataaccesspointarn",
        "s3:dataaccesspointaccount",
    ]

    /// Whether a condition limits a statement to fixed values.
    private static func narrows(_ condition: Condition) -> Bool {
        let key = condition.key.lowercased()
        guard !condition.ifExists, condition.setOperator != .forAllValues else {
            return false
        }
        if key == "aws:sourceip" {
            return condition.base == .ipAddress && condition.plainValues.allSatisfy(isNarrow)
        }
        let positive: [Condition.Base] = [
            .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike,
        ]
        guard let base = condition.base, positive.contains(base), narrowingKeys.contains(key) else {
            return false
        }
        return condition.plainValues.allSatisfy { value in
            !value.contains("*") && !value.contains("?") && !value.contains("${")
        }
    }

    /// Wider than /8 or /32 is public.
    private static func isNarrow(_ text: String) -> Bool {
        guard let range = AddressRange(text) else {
            return false
        }
        return range.prefixLength >= (range.isVersion4 ? 8 : 32)
    }
}
