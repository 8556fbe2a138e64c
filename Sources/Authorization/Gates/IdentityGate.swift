import OrganizationModel
import PolicyLanguage

// What the caller's own policies say (EVAL-30).
extension Evaluation {
    var identityLayer: AskedLayer {
        guard subject.hasIdentityPolicies else { return .not(.noIdentityPolicies) }
        if request.without.contains(.identityPolicy) { return .not(.leftOut) }
        return .policies(subject.identityPolicies, target: subject.name)
    }

    var boundaryLayer: AskedLayer {
        if request.without.contains(.permissionsBoundary) { return .not(.leftOut) }
        guard let policy = subject.permissionsBoundary, subject.hasIdentityPolicies else {
            return .not(.noBoundary)
        }
        return .policies([policy], target: subject.name)
    }

    /// What limits the session.
    var sessionLayer: AskedLayer {
        if request.without.contains(.sessionPolicy) { return .not(.leftOut) }
        var policies = subject.sessionPolicies
        // The task policy of AssumeRoot denies what the task does not cover (ROOT-7).
        if case .assumedRoot = subject.kind { policies = subject.session?.policies ?? [] }
        guard let policies else { return .not(.noSessionPolicy) }
        return .policies(policies, target: subject.name)
    }
}
