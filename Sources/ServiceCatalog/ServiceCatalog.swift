package import PolicyLanguage

/// What orgsim knows of AWS's services: the Service Authorization Reference, and small dated tables
/// for what it does not say.
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

    package static func resourceUse(of action: ActionName) -> ResourceUse {
        if accountLevelS3Actions.contains(action.canonical) { return .allBuckets }
        if actionsOnUnlistedResources.contains(action.canonical) { return .some }
        return self.action(action)?.hasResourceTypes == false ? .none : .some
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
        if servicesInNorthVirginia.contains(service) { return "us-east-1" }
        return servicesInOregon.contains(service) ? "us-west-2" : nil
    }

    /// Whether a key holds a set of values in requests for an action (COND-12).
    ///
    /// The service of the action has the first word: two services may type a key of one name
    /// differently. Keys of identity providers are listed under `sts`.
    package static func isMultivalued(_ key: ConditionKey, for action: ActionName) -> Bool {
        KeyFacts(key).isMultivalued(for: action)
    }

    /// What is known of a key in requests for an action; nil for one that nobody lists.
    package static func conditionKey(
        _ key: ConditionKey,
        for action: ActionName
    ) -> CatalogConditionKey? {
        KeyFacts(key).listed(for: action)
    }

    /// Whether a key of a service's table holds a set of values.
    package static func isMultivalued(_ key: CatalogConditionKey) -> Bool {
        key.isMultivalued && !listsComparedAsOneValue.contains(key.name.lowercased())
    }

    /// Whether requests for an action are known never to carry a key of some service.
    package static func isForeign(_ key: ConditionKey, to action: ActionName) -> Bool {
        KeyFacts(key).isForeign(to: ActionFacts(action))
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

    /// Whether a service has a condition key `SERVICE:ResourceTag/…` of its own.
    package static func hasOwnResourceTagKey(_ service: String) -> Bool {
        self.service(service)?.hasOwnResourceTagKey ?? false
    }

    /// Which of the keys about a VPC endpoint's owner a service carries (KEY-15).
    package static func vpceKeys(of action: ActionName) -> VPCEndpointOwnerKeys {
        var keys: VPCEndpointOwnerKeys = []
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

    package struct VPCEndpointOwnerKeys: OptionSet, Sendable {
        package static let account = Self(rawValue: 1)
        package static let organizationID = Self(rawValue: 2)
        package static let organizationPaths = Self(rawValue: 4)

        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }
    }
}
