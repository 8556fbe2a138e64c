import OrganizationModel
import PolicyLanguage

extension Evaluation {
    /// The policy of the endpoint a call travels through must allow it; it never grants.
    ///
    /// Source: AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies"
    /// (VPCE-1, VPCE-2).
    var endpointLayer: AskedLayer {
        // Calls that services make do not pass the customer's endpoint (VPCE-3).
        if isCallOfService { return .not(.callOfService) }
        if request.without.contains(.vpcEndpointPolicy) { return .not(.leftOut) }
        guard let endpoint = request.endpoint else { return .not(.noEndpoint) }
        guard let policy = endpointResource?.policy else { return .not(.defaultEndpointPolicy) }
        return .policies([policy], target: endpoint.description)
    }

    private var isCallOfService: Bool {
        if case .service = subject.kind { return true }
        return request.viaService != nil
    }

    /// Whether the endpoint's policy reads accounts as a gateway's does.
    var passesGatewayEndpoint: Bool { endpointResource?.isGatewayEndpoint ?? false }

    private var endpointResource: Resource? {
        request.endpoint.flatMap { keys.organization.listed($0.description)?.resource }
    }
}
