package import Authorization

extension StatedReason {
    /// Whether what AWS says of a denial and what was decided here are the same.
    package enum Agreement: Sendable, Hashable {
        /// The decision has the reason that AWS names; with a note where a detail is another.
        case agrees(note: String?)
        /// One sentence without period.
        case differs(String)
        /// AWS names no kind of policy.
        case isSilent
    }

    package func agreement(with decision: Decision) -> Agreement {
        guard let policyType else {
            if decision.outcome == .allowed {
                return .differs("AWS denies this; here it is allowed")
            }
            let denies =
                decision.outcome == .explicitDeny
                || decision.reasons.contains { $0.kind == .explicitDeny }
            guard kind == .explicitDeny, !denies else { return .isSilent }
            return .differs("AWS names an explicit deny; here no statement denies")
        }
        let alike = decision.reasons.filter {
            $0.kind != .allow && $0.policyType.isAlike(policyType)
        }
        if alike.contains(where: { kind == nil || $0.kind == kind }) {
            return .agrees(note: noteOnPolicy(alike))
        }
        let name = policyType.inMessages
        let verb = kind == .implicitDeny ? "that allows nothing" : "that denies"
        let said = "AWS names \(name.article) \(name.name)" + (kind == nil ? "" : " " + verb)
        guard alike.isEmpty else {
            // Service control policies are the case that is known (MSG-10).
            return .agrees(
                note: kind == .explicitDeny
                    ? "\(said); here none denies, and none allows either"
                    : "\(said); here one denies"
            )
        }
        switch decision.outcome {
        case .allowed: return .differs("\(said); here the request is allowed")
        case .undetermined: return .differs("\(said), which cannot be in the way here")
        case .expiredToken: return .differs("\(said); here the session has expired")
        case .invalid: return .differs("\(said); here the call is refused before any policy")
        case .explicitDeny, .implicitDeny:
            let here = decision.blockedBy.map(\.rawValue).joined(separator: ", ")
            return .differs("\(said), which is not in the way here; here it is \(here)")
        }
    }

    /// Whether a reason may be the one that AWS names.
    package func mayMean(_ reason: Reason) -> Bool {
        guard reason.kind != .allow else { return false }
        return policyType.map { reason.policyType.isAlike($0) } ?? true
    }

    /// Where AWS names a policy by its ARN and another one is at fault here.
    private func noteOnPolicy(_ reasons: [Reason]) -> String? {
        let known = reasons.compactMap(\.policyARN)
        guard let policyARN, !known.isEmpty, !known.contains(policyARN) else { return nil }
        return "AWS names \(policyARN); here it is \(known.joined(separator: ", "))"
    }
}

extension PolicyType {
    /// Whether AWS may use the words of one for the other: a trust policy is a resource-based
    /// policy, and RestrictPublicBuckets reads like one (MSG-8).
    fileprivate func isAlike(_ stated: PolicyType) -> Bool {
        let resourceSide: Set<PolicyType> = [.resourcePolicy, .trustPolicy, .blockPublicAccess]
        return self == stated || resourceSide.contains(self) && resourceSide.contains(stated)
    }
}
