package import OrganizationModel
package import PolicyLanguage

/// A request as the engine sees it: what conditions read, whose the resource is, who the caller is.
package struct RequestView: Sendable {
    package let context: RequestContext
    /// What `Resource` patterns are compared with.
    package let requested: RequestedResource
    /// Nil where the action works on no resource.
    package let resource: ARN?
    package let ownerID: AccountID?
    /// Nil also when the owner is not in the file.
    package let owner: Account?
    /// The listed resource whose policy governs the request.
    package let governing: Resource?
    /// The role that the ARN names, if there is one.
    package let role: IAMRole?
    package let callerAccount: Account?
    /// The ARN that `Principal` elements and messages use, of a session its own.
    package let caller: ARN?
    /// The user or role behind the caller.
    package let entity: ARN?
    package let identityPolicies: [Policy]
    package let permissionsBoundary: Policy?
    package let sessionPolicies: [Policy]?
}

extension Engine {
    /// Nil when the caller does not exist any more.
    package func view(of request: Request) -> RequestView? {
        guard let subject = Subject(request.caller, in: organization) else { return nil }
        let target = ResourceTarget(request, subject: subject, in: organization)
        let keys = KeyDerivation(
            request,
            by: CallerProfile(request.caller, subject),
            on: TargetProfile(target),
            in: surroundings
        )
        return RequestView(
            context: FilledContext(keys).context,
            requested: target.requested,
            resource: target.arn,
            ownerID: target.ownerID,
            owner: target.owner,
            governing: target.governing,
            role: target.role,
            callerAccount: subject.account,
            caller: subject.arn,
            entity: subject.entity?.arn,
            identityPolicies: subject.hasIdentityPolicies ? subject.identityPolicies : [],
            permissionsBoundary: subject.hasIdentityPolicies ? subject.permissionsBoundary : nil,
            sessionPolicies: subject.sessionPolicies
        )
    }
}
