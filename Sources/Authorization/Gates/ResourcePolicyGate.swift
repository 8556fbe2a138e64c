import OrganizationModel
import PolicyLanguage

extension Evaluation {
    /// Whether caller and resource are in one account.
    private var isSameAccount: Bool {
        if target.isDecidedByCallerAlone { return true }
        return subject.account != nil && subject.account?.id == target.ownerID
    }

    /// Denies of the resource's policy, but for the owner's root who mends it (ROOT-2).
    func resourceDenials(_ grant: ResourceGrant) -> [Reason] {
        if isOwnersRootMendingPolicy { return [] }
        return grant.layer.denies.map {
            .statement(target.policyType, $0, target: target.name)
        }
    }

    /// What is missing for a grant, by who calls and from where (semantics 4.2, 4.3, 10).
    func missingGrant(_ grant: ResourceGrant, _ side: IdentitySide) -> [Reason] {
        let silentResource = Reason.silent(target.policyType, target: target.name)
        guard subject.hasIdentityPolicies || subject.actsAsRoot else {
            return grant.grade == nil ? [silentResource] : []
        }
        return isSameAccount
            ? missingInAccount(grant, side, silentResource)
            : missingAcrossAccounts(grant, side, silentResource)
    }

    /// One account: a strong grant is enough, a weaker one needs the caller's limits to allow.
    private func missingInAccount(
        _ grant: ResourceGrant,
        _ side: IdentitySide,
        _ silentResource: Reason
    ) -> [Reason] {
        // A source identity taken along needs the identity policy beside a strong grant (STS-14).
        let silentPolicy: [Reason] =
            request.needsIdentityAllow && !side.allows
            ? [.silent(.identityPolicy, target: subject.name)] : []
        return switch grant.grade {
        case .direct: silentPolicy
        case .limited: silentPolicy + silentLimits(side)
        case .delegation: silentIdentity(side)
        case nil: target.needsExplicitGrant ? [silentResource] : silentIdentity(side)
        }
    }

    /// Two accounts: both sides must allow, whatever the grade (XACC-1, XACC-2).
    private func missingAcrossAccounts(
        _ grant: ResourceGrant,
        _ side: IdentitySide,
        _ silentResource: Reason
    ) -> [Reason] {
        // The grantee of a KMS grant needs no identity policy (KMS-6).
        if let best = grant.grants.map(\.grade).max() {
            switch best {
            case .direct: return []
            case .limited: return silentLimits(side)
            case .delegation: return silentIdentity(side)
            }
        }
        return (grant.grade == nil ? [silentResource] : []) + silentIdentity(side)
    }

    /// The Allow statements and grants that let the request through, each strong enough alone or
    /// needed together with the others.
    func granted(_ grant: ResourceGrant, _ side: IdentitySide) -> [Reason] {
        let limitsAllow = silentLimits(side).isEmpty
        let delegates = grant.layer.allows.contains { $0.grade == .delegation }
        // Where only the resource can grant, identity policies count by its delegation alone.
        let identityGrants =
            !isSameAccount || request.needsIdentityAllow
            || limitsAllow && side.allows && (!target.needsExplicitGrant || delegates)
        func counts(_ grade: Grade) -> Bool {
            guard isSameAccount, !request.needsIdentityAllow else { return true }
            return switch grade {
            case .direct: true
            case .limited: limitsAllow
            case .delegation: target.needsExplicitGrant && identityGrants
            }
        }
        var reasons = grant.layer.allows.filter { counts($0.grade) }.map {
            Reason.statement(target.policyType, $0, target: target.name)
        }
        for found in grant.grants where counts(found.grade) {
            let name = found.grant.name ?? "grant \(found.index)"
            reasons.append(Reason(.resourcePolicy, .allow, policy: name, target: target.name))
        }
        guard identityGrants else { return reasons }
        reasons += side.identity.allows.map {
            .statement(.identityPolicy, $0, target: subject.name)
        }
        if side.isImplicitlyAllowed {
            let rule = "the account lets every user change his own password"
            reasons.append(Reason(.serviceRule, .allow, explanation: rule))
        }
        return reasons
    }
}
