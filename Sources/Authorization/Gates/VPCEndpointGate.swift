import OrganizationModel
import PolicyLanguage

extension Evaluation {
    /// The policy of the endpoint a call travels through must allow it; it never grants.
    ///
    /// Source: AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies"
    /// (VPCE-1, VPCE-2).
    mutating func endpointPolicy(in organization: Organization) -> [Reason] {
        guard let endpoint = request.endpoint, !request.without.contains(.vpcEndpointPolicy),
            let resource = organization.listed(endpoint.description)?.resource,
            let policy = resource.policy
        else {
            let isLeftOut = request.without.contains(.vpcEndpointPolicy)
            let why =
                request.endpoint == nil
                ? "the call travels through no VPC endpoint"
                : "the endpoint's policy is the default one, which allows everything"
            skip(.vpcEndpointPolicy, isLeftOut ? Self.leftOut : why)
            return []
        }
        let reading: PrincipalReading = resource.isGatewayEndpoint ? .gatewayEndpoint : .graded
        let target = endpoint.description
        let layer = layer(
            Stack(
                policyType: .vpcEndpointPolicy,
                target: target,
                policies: [policy],
                principals: reading
            )
        )
        var reasons = layer.denies.map { Reason.statement(.vpcEndpointPolicy, $0, target: target) }
        if !layer.isAllowed { reasons.append(.silent(.vpcEndpointPolicy, target: target)) }
        return reasons
    }
}
