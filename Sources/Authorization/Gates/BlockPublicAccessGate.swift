import OrganizationModel
import PolicyLanguage

extension Evaluation {
    /// RestrictPublicBuckets closes a bucket with a public policy to everyone but AWS services
    /// and the owner's account.
    ///
    /// Source: S3 User Guide, "Blocking public access to your Amazon S3 storage" (S3-2, S3-3).
    var isPublicAccessBlocked: Bool {
        guard request.action.service == "s3", let bucket = target.governing,
            let policy = bucket.policy, target.arn?.service == "s3",
            !request.without.contains(.blockPublicAccess)
        else { return false }
        let isRestricted =
            bucket.blockPublicAccess.restrictPublicBuckets
            || target.owner?.blockPublicAccess.restrictPublicBuckets == true
        guard isRestricted, PublicPolicy.isPublic(policy.document) else { return false }
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
