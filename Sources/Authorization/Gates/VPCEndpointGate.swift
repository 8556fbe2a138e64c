import OrganizationModel
import PolicyLanguage

extension Evaluation {
    /// The policy of the endpoint a call travels through must allow it; it never grants.
    ///
    /// Source: AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies"
    /// (VPCE-1, VPCE-2).
    mutating func endpointPolicy(in organization: Organization) -> [Reason] {
        guard let endpoint = request.endpoint,
            let resource = organization.listed(endpoint.description)?.resource,
            let policy = resource.policy
        else { return [] }
        let reading: PrincipalReading = resource.isGatewayEndpoint ? .gatewayEndpoint : .graded
        let layer = layer([policy], principals: reading)
        let target = endpoint.description
        var reasons = layer.denies.map { Reason.statement(.vpcEndpointPolicy, $0, target: target) }
        if !layer.isAllowed { reasons.append(.silent(.vpcEndpointPolicy, target: target)) }
        return reasons
    }
}
