import OrganizationModel
import PolicyLanguage

extension Evaluation {
    /// RestrictPublicBuckets closes a bucket with a public policy to everyone but AWS services
    /// and the owner's account.
    ///
    /// Source: S3 User Guide, "Blocking public access to your Amazon S3 storage" (S3-2, S3-3).
    var isPublicAccessBlocked: Bool {
        guard target.mayBeClosedToPublic(for: request.action),
            !request.without.contains(.blockPublicAccess)
        else { return false }
        if case .service = subject.kind { return false }
        if let account = subject.account, account.id == target.ownerID { return false }
        if target.isClosedToPublic(for: request.action) { return true }
        guard let reason = target.unknownPublicAccess else { return false }
        return !fits(MissingPolicy.key(reason), MissingPolicy.allows)
    }

    var publicAccessBlock: Reason {
        Reason(
            .blockPublicAccess,
            .explicitDeny,
            target: target.governing?.arn.description,
            explanation: target.isClosedToPublic(for: request.action)
                ? "RestrictPublicBuckets is on and the bucket policy is public"
                : "RestrictPublicBuckets may be on and the bucket policy is public"
        )
    }
}

extension ResourceTarget {
    /// Whether RestrictPublicBuckets closes the resource to callers of other accounts.
    func isClosedToPublic(for action: ActionName) -> Bool {
        isRestricted && isPublic(for: action)
    }

    /// Whether it does so or nobody knows.
    func mayBeClosedToPublic(for action: ActionName) -> Bool {
        (isRestricted || unknownPublicAccess != nil) && isPublic(for: action)
    }

    private var isRestricted: Bool {
        governing?.blockPublicAccess.restrictPublicBuckets == true
            || owner?.blockPublicAccess.restrictPublicBuckets == true
    }

    private func isPublic(for action: ActionName) -> Bool {
        guard action.service == "s3", let policy = governing?.policy, arn?.service == "s3" else {
            return false
        }
        return PublicPolicy.isPublic(policy.document)
    }
}
