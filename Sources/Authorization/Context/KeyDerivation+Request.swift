import OrganizationModel
import PolicyLanguage
import ServiceCatalog

extension KeyDerivation {
    /// Keys about the resource's owner.
    func valueOfResource(_ key: DerivedKey) -> KeyValue {
        let service = request.action.service
        if service == "ebs" {
            // EBS direct APIs do not carry the owner (semantics 3.1).
            return key == .s3ResourceAccount ? .unsaid : .absent
        }
        guard let id = target.ownerID else { return .unsaid }
        switch key {
        case .resourceAccount: return .single(id.description)
        case .s3ResourceAccount: return service == "s3" ? .single(id.description) : .unsaid
        case .resourceOrgID:
            return target.owner.map { .single(organization.organizationID(of: $0)) } ?? .unsaid
        case .resourceOrgPaths: return target.owner.map(paths) ?? .unsaid
        default: return .unsaid
        }
    }

    /// Keys about the way the call takes.
    func valueOfNetwork(_ key: DerivedKey) -> KeyValue {
        // Calls that a service makes carry none of them (KEY-4, SVC-4).
        if case .service = subject.kind, request.viaService == nil { return .absent }
        if request.viaService != nil { return key == .sourceIP ? .unsaid : .absent }
        guard let endpoint = request.endpoint else {
            // Keys about an endpoint's owner that the service would not carry anyway are absent.
            guard let ownerKey = key.endpointOwnerKey else { return .unsaid }
            return ServiceCatalog.vpceKeys(of: request.action).contains(ownerKey)
                ? .unsaid : .absent
        }
        switch key {
        case .vpcSourceIP: return .unsaid
        case .sourceVPCE: return .single(String(endpoint.resourceName))
        case .sourceVPC: return .single(organization.listed(endpoint.description)?.resource.vpc)
        default: return ofEndpointOwner(key, endpoint)
        }
    }

    /// The owner of the endpoint, for the services that carry it (KEY-15).
    private func ofEndpointOwner(_ key: DerivedKey, _ endpoint: ARN) -> KeyValue {
        guard let ownerKey = key.endpointOwnerKey,
            ServiceCatalog.vpceKeys(of: request.action).contains(ownerKey),
            let owner = organization.listed(endpoint.description)?.account
        else { return .absent }
        switch key {
        case .vpceAccount: return .single(owner.id.description)
        case .vpceOrgID: return .single(organization.organizationID(of: owner))
        default: return .set(organization.organizationPath(of: owner).map { [$0] })
        }
    }

    /// Keys about the call itself.
    func valueOfCall(_ key: DerivedKey) -> KeyValue {
        let via = request.viaService
        switch key {
        case .currentTime: return .single(request.instant.description)
        case .epochTime: return .single(String(request.instant.seconds))
        case .secureTransport: return .single("true")
        case .viaAWSService: return .single(via == nil ? "false" : "true")
        case .calledVia: return .set(via.map { [$0] })
        case .calledViaFirst, .calledViaLast: return .single(via)
        case .requestedRegion: return requestedRegion.map { .single($0) } ?? .unsaid
        case .kmsCallerAccount where request.action.service == "kms":
            return .single(subject.account?.id.description)
        case .kmsViaService where request.action.service == "kms": return .single(kmsViaService)
        default: return .unsaid
        }
    }

    /// The Region of the ARN, of the listed bucket, or of a service without Regions.
    private var requestedRegion: String? {
        if let region = target.arn?.region, !region.isEmpty { return region }
        if let region = target.governing?.region { return region }
        return ServiceCatalog.globalRegion(of: request.action.service)
    }

    /// Source: KMS Developer Guide, "Condition keys for AWS KMS" (KMS-7).
    private var kmsViaService: String? {
        guard let label = request.viaService?.split(separator: ".").first,
            let region = target.arn?.region, !region.isEmpty
        else { return nil }
        return "\(label).\(region).amazonaws.com"
    }
}

extension DerivedKey {
    fileprivate var endpointOwnerKey: ServiceCatalog.VPCEndpointOwnerKeys? {
        switch self {
        case .vpceAccount: .account
        case .vpceOrgID: .organizationID
        case .vpceOrgPaths: .organizationPaths
        default: nil
        }
    }
}
