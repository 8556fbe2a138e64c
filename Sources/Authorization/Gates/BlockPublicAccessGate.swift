import OrganizationModel
import PolicyLanguage

extension Evaluation {
    /// RestrictPublicBuckets closes a bucket with a public policy to everyone but AWS services
    /// and the owner's account.
    ///
    /// Source: S3 User Guide, "Blocking public access to your Amazon S3 storage" (S3-2, S3-3).
    var isPublicAccessBlocked: Bool {
        guard target.isClosedToPublic(for: request.action),
            !request.without.contains(.blockPublicAccess)
        else { return false }
        if case .service = subject.kind { return false }
        if let account = subject.account, account.id == target.ownerID { return false }
        return true
    }

    var publicAccessBlock: Reason {
        Reason(
            .blockPublicAccess,
            .explicitDeny,
            target: target.governing?.arn.description,
            explanation: "RestrictPublicBuckets is on and the bucket policy is public"
        )
    }
}

extension ResourceTarget {
    /// Whether RestrictPublicBuckets closes the resource to callers of other accounts.
    func isClosedToPublic(for action: ActionName) -> Bool {
        guard action.service == "s3", let bucket = governing, let policy = bucket.policy,
            arn?.service == "s3"
        else { return false }
        let isRestricted =
            bucket.blockPublicAccess.restrictPublicBuckets
            || owner?.blockPublicAccess.restrictPublicBuckets == true
        return isRestricted && PublicPolicy.isPublic(policy.document)
    }
}
