import OrganizationModel
import PolicyLanguage

extension PreparedRequest {
    /// What is missing for a grant, by who calls and from where (semantics 4.2, 4.3, 10).
    @inline(__always)
    func missing(_ findings: Findings) -> Missing {
        let best = strongest(findings.grade)
        guard flags.contains(.hasIdentitySide) else { return best == nil ? .resource : [] }
        return flags.contains(.isSameAccount)
            ? missingInAccount(best, findings) : missingAcrossAccounts(best, findings)
    }

    /// The strongest of statements and KMS grants.
    func strongest(_ grade: Grade?) -> Grade? {
        Grade(rawValue: max(grade?.rawValue ?? 0, grantGrade))
    }

    /// One account: a strong grant is enough, a weaker one needs the caller's limits to allow.
    private func missingInAccount(_ best: Grade?, _ findings: Findings) -> Missing {
        // A source identity taken along needs the identity policy beside a strong grant (STS-14).
        let policy: Missing =
            flags.contains(.needsIdentityAllow) && !identityAllows(findings) ? .identity : []
        return switch best {
        case .direct: policy
        case .limited: policy.union(missingLimits(findings))
        case .delegation: missingIdentity(findings)
        case nil: flags.contains(.needsExplicitGrant) ? .resource : missingIdentity(findings)
        }
    }

    /// Two accounts: both sides must allow, whatever the grade (XACC-1, XACC-2).
    private func missingAcrossAccounts(_ best: Grade?, _ findings: Findings) -> Missing {
        // The grantee of a KMS grant needs no identity policy (KMS-6).
        switch Grade(rawValue: grantGrade) {
        case .direct: return []
        case .limited: return missingLimits(findings)
        case .delegation: return missingIdentity(findings)
        case nil: return (best == nil ? Missing.resource : []).union(missingIdentity(findings))
        }
    }

    /// The root user needs no policy in his own account (ROOT-1), nobody to change what the account
    /// lets every user change (ENT-12).
    func identityAllows(_ findings: Findings) -> Bool {
        findings.identityAllows || flags.contains(.needsNoIdentityPolicy)
    }

    /// The caller's side in full: identity policies always count.
    private func missingIdentity(_ findings: Findings) -> Missing {
        missingLimits(findings).union(identityAllows(findings) ? [] : .identity)
    }

    /// The policies of the caller that exist and do not allow.
    func missingLimits(_ findings: Findings) -> Missing {
        var missing: Missing = findings.boundaryAllows ? [] : .boundary
        // The task policy of AssumeRoot only denies.
        if !findings.sessionAllows, !flags.contains(.actsAsRoot) { missing.insert(.session) }
        return missing
    }
}
