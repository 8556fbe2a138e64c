package import PolicyLanguage

/// What orgsim knows of AWS's services: small dated tables behind one interface.
///
/// Everything else asks through these functions, so that the tables can grow into the whole
/// Service Authorization Reference without a change elsewhere.
package enum ServiceCatalog {
    /// Whether an action works on resources.
    package enum ResourceUse: Sendable {
        /// It has no resource type and is decided on `*` (RES-7).
        case none
        /// As `none`, but patterns over all buckets cover it as well (RES-7, S3).
        case allBuckets
        /// It names a resource, or the catalog does not know better.
        case some
    }

    /// Source: Service Authorization Reference.
    package static func resourceUse(of action: ActionName) -> ResourceUse {
        if accountLevelS3Actions.contains(action.canonical) { return .allBuckets }
        return actionsWithoutResource.contains(action.canonical) ? .none : .some
    }

    /// Whether the service in an ARN can be one the action works on.
    ///
    /// A few prefixes work on the resources of others; the tables do not know them all, so only
    /// the most used services are judged.
    package static func fits(_ action: ActionName, _ service: String) -> Bool {
        guard servicesWithOwnARNs.contains(action.service) else { return true }
        return action.service == service
    }

    /// Whether resource control policies reach a service (RCP-6).
    package static func isReachedByRCPs(_ service: String) -> Bool {
        servicesReachedByRCPs.contains(service)
    }

    /// Whether no service control policy restricts a service (SCP-8).
    package static func isBeyondSCPs(_ service: String) -> Bool {
        servicesBeyondSCPs.contains(service)
    }

    /// The Region a service without Regions reports as `aws:RequestedRegion`.
    package static func globalRegion(of service: String) -> String? {
        globalServices.contains(service) ? "us-east-1" : nil
    }

    /// Whether a key holds a set of values (COND-12).
    package static func isMultivalued(_ key: ConditionKey) -> Bool {
        multivaluedKeys.contains(key.canonical)
    }

    /// How a service treats calls without a signature (SVC-5).
    package enum UnsignedCalls: Sendable {
        case accepted
        /// Only where the call comes through a Lambda function URL.
        case throughFunctionURL
        case refused
    }

    package static func unsignedCalls(_ action: ActionName) -> UnsignedCalls {
        switch action.canonical {
        case "lambda:invokefunctionurl": .accepted
        case "lambda:invokefunction": .throughFunctionURL
        default: ["s3", "sqs", "sns"].contains(action.service) ? .accepted : .refused
        }
    }

    /// Services with a condition key `SERVICE:ResourceTag/…` of their own.
    package static func hasOwnResourceTagKey(_ service: String) -> Bool {
        servicesWithResourceTagKey.contains(service)
    }

    /// Which of the keys about a VPC endpoint's owner a service carries (KEY-15).
    package static func vpceKeys(of action: ActionName) -> Set<VPCEndpointOwnerKey> {
        var keys: Set<VPCEndpointOwnerKey> = []
        if action.canonical == "iam:passrole" { return keys }
        if servicesWithVpceAccount.contains(action.service) {
            keys = [.account, .organizationID, .organizationPaths]
        }
        if servicesWithVpceOrganizationID.contains(action.service) { keys.insert(.organizationID) }
        if servicesWithVpceOrganizationPaths.contains(action.service) {
            keys.insert(.organizationPaths)
        }
        return keys
    }

    package enum VPCEndpointOwnerKey: Sendable {
        case account
        case organizationID
        case organizationPaths
    }
}
