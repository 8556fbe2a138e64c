import Authorization
import OrganizationModel
import PolicyLanguage
import ServiceCatalog

extension AccessDeniedMessage {
    /// A sentence being put together from what it names.
    struct Draft {
        private(set) var sentence: String
        private(set) var saysReason = false
        private(set) var policyARN: String?
        private(set) var notes: [String] = []

        /// What a caller of S3 reads who is not to know more (MSG-8).
        private static let plain = "Access Denied"

        /// Nil where it is not known what AWS says.
        init?(
            _ reason: Reason,
            _ request: Request,
            _ parties: RequestParties,
            _ organization: Organization
        ) {
            let action = request.action.registered
            let service = request.action.service
            switch parties.caller {
            case .service: return nil
            case .anonymous:
                guard service == "s3" else { return nil }
                sentence = Self.plain
                notes.append("S3 tells an unsigned caller no reason")
                return
            case .identityProvider:
                sentence = "Not authorized to perform \(action)"
                notes.append("STS names neither the caller nor the reason here")
                return
            case .principal: break
            }
            if service == "s3", let note = Self.hides(reason, parties) {
                sentence = Self.plain
                notes.append(note)
                return
            }
            guard let caller = parties.callerARN else { return nil }
            sentence = "User: \(caller) is not authorized to perform: \(action)"
            sentence += Self.resource(parties.resource, of: service)
            if Self.omitsReason(reason, request, parties) {
                notes.append("STS often gives no reason to a caller of another account")
            } else {
                sentence += " " + reason.clause(of: action)
                saysReason = true
                addPolicyARN(reason, service, parties, organization)
            }
            wrap(for: service, parties)
            addNotes(reason, request, parties)
        }
    }
}

extension AccessDeniedMessage.Draft {
    /// Why S3 says no more than `Access Denied`; nil where it says more (MSG-8).
    private static func hides(_ reason: Reason, _ parties: RequestParties) -> String? {
        if reason.policyType == .vpcEndpointPolicy {
            return "S3 gives no reason for a denial by an endpoint policy"
        }
        return parties.areInOneOrganization
            ? nil : "S3 gives no reason to a caller of another organization"
    }

    private static func resource(_ resource: String, of service: String) -> String {
        if resource == "*", ServiceCatalog.leavesOutMissingResource(service) { return "" }
        return service == "s3" ? #" on resource: "\#(resource)""# : " on resource: \(resource)"
    }

    /// MSG-7: denials of AssumeRole across accounts, where something is merely missing.
    private static func omitsReason(
        _ reason: Reason,
        _ request: Request,
        _ parties: RequestParties
    ) -> Bool {
        request.action.canonical == "sts:assumerole" && reason.kind == .implicitDeny
            && !parties.areInOneAccount
    }

    /// MSG-3: the ARN of the policy with the Deny, for a caller of the same organization.
    private mutating func addPolicyARN(
        _ reason: Reason,
        _ service: String,
        _ parties: RequestParties,
        _ organization: Organization
    ) {
        guard reason.kind == .explicitDeny, parties.areInOneOrganization else { return }
        switch reason.policyType {
        case .serviceControlPolicy, .resourceControlPolicy:
            if let arn = reason.policyARN { return add(arn, service) }
            // AWS makes up the id of a policy, which an organization file does not hold.
            guard let name = reason.policy, let identity = organization.identity else { return }
            let family =
                reason.policyType == .serviceControlPolicy
                ? "service_control_policy" : "resource_control_policy"
            notes.append(
                "AWS may go on with the ARN of '\(name)', arn:aws:organizations::"
                    + "\(identity.managementAccount):policy/\(identity.id)/\(family)/p-…"
            )
        case .identityPolicy, .permissionsBoundary, .sessionPolicy:
            if let arn = reason.policyARN { add(arn, service) }
        case .resourcePolicy, .trustPolicy, .vpcEndpointPolicy, .blockPublicAccess, .serviceRule:
            break
        }
    }

    private mutating func add(_ arn: String, _ service: String) {
        sentence += service == "s3" ? ", with policy ARN: \(arn)" : ": \(arn)"
        policyARN = arn
        notes.append("not every service names the policy yet")
    }

    /// MSG-6: what EC2 says around it.
    private mutating func wrap(for service: String, _ parties: RequestParties) {
        guard service == "ec2" else { return }
        sentence = "You are not authorized to perform this operation. " + sentence
        if parties.resource != "*" {
            sentence += ". Encoded authorization failure message: …"
            notes.append("aws sts decode-authorization-message tells more of the encoded message")
        }
    }

    private mutating func addNotes(
        _ reason: Reason,
        _ request: Request,
        _ parties: RequestParties
    ) {
        if let via = request.viaService {
            notes.append("\(via) makes the call and may report this inside an error of its own")
        }
        if saysReason, reason.kind == .implicitDeny, request.action.canonical == "sts:assumerole" {
            // So in public records of 2023 and 2024, although the page has words for it.
            notes.append("STS may leave the reason out")
        }
        if !parties.areInOneOrganization {
            notes.append("a caller of another organization may read no more than Access Denied")
        }
    }
}

extension ActionName {
    /// As AWS spells it; as written where the catalog does not know it.
    fileprivate var registered: String { ServiceCatalog.action(self)?.qualifiedName ?? description }
}

extension Reason {
    /// MSG-2: how AWS words a reason.
    fileprivate func clause(of action: String) -> String {
        let type = policyType.inMessages
        return kind == .explicitDeny
            ? "with an explicit deny in \(type.article) \(type.name)"
            : "because no \(type.name) allows the \(action) action"
    }
}

extension PolicyType {
    /// The words of AWS's messages for a kind of policy, with their article.
    package var inMessages: (article: String, name: String) {
        switch self {
        case .serviceControlPolicy: ("a", "service control policy")
        case .resourceControlPolicy: ("a", "resource control policy")
        case .vpcEndpointPolicy: ("a", "VPC endpoint policy")
        case .permissionsBoundary: ("a", "permissions boundary")
        case .sessionPolicy: ("a", "session policy")
        // RestrictPublicBuckets reads like a Deny of the bucket policy (MSG-8).
        case .resourcePolicy, .blockPublicAccess: ("a", "resource-based policy")
        case .trustPolicy: ("the", "role trust policy")
        case .identityPolicy, .serviceRule: ("an", "identity-based policy")
        }
    }
}
