import Authorization
import OrganizationModel
import PolicyLanguage

extension Trace.Layer {
    /// Whether a statement decided the request: a Deny that is a reason, or an Allow that the
    /// request, which is allowed, needed or got.
    func isDecided(by examined: Trace.Examined, _ decision: Decision) -> Bool {
        guard examined.applies else { return false }
        guard examined.statement.effect == .allow else {
            return isReason(examined, .explicitDeny, of: decision)
        }
        guard decision.outcome == .allowed else { return false }
        switch policyType {
        case .identityPolicy, .resourcePolicy, .trustPolicy:
            return isReason(examined, .allow, of: decision)
        case .serviceControlPolicy, .resourceControlPolicy, .vpcEndpointPolicy,
            .permissionsBoundary, .sessionPolicy:
            return needsAllow
        case .blockPublicAccess, .serviceRule: return false
        }
    }

    private func isReason(
        _ examined: Trace.Examined,
        _ kind: Reason.Kind,
        of decision: Decision
    ) -> Bool {
        decision.reasons.contains { reason in
            reason.kind == kind && reason.policyType == policyType && reason.target == target
                && reason.span == examined.statement.span
                && reason.statementIndex == examined.statement.index
                && reason.policy == examined.policy.name
        }
    }
}

extension Trace.Examined {
    /// The condition, by its position, that alone made the request come out as it did: had it held,
    /// the statement would have applied and the outcome would have been another one.
    func conditionThatDecides(_ decision: Decision) -> Int? {
        guard wouldDecide, case .condition(let place)? = failed.first else { return nil }
        // With unknown keys the decision is made of several, and nothing decided it.
        switch statement.effect {
        case .deny:
            return decision.outcome == .allowed || decision.outcome == .implicitDeny ? place : nil
        case .allow: return decision.outcome == .implicitDeny ? place : nil
        }
    }
}

extension Policy {
    /// Everything by which the policy may be attached to a holder.
    func keys(for holder: AttachmentKey.Holder) -> [PolicyKey] {
        guard case .permissionSet = holder, let reference else { return [PolicyKey(self)] }
        return [reference]
    }
}
