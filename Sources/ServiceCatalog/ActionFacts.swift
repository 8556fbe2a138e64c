package import PolicyLanguage

/// What the catalog says of an action, worked out in one go for who decides many requests for it.
///
/// There are facts of every action; of one that the catalog does not know, those of its service.
package struct ActionFacts: Sendable {
    /// The number among the actions of all services; nil where AWS is newer than the catalog.
    package let number: Int?
    /// Nil as ``number``.
    package let listed: CatalogAction?
    package let resourceUse: ServiceCatalog.ResourceUse
    package let isReachedByRCPs: Bool
    package let isBeyondSCPs: Bool
    package let unsignedCalls: ServiceCatalog.UnsignedCalls
    package let vpceKeys: ServiceCatalog.VPCEndpointOwnerKeys
    package let globalRegion: String?
    package let hasOwnResourceTagKey: Bool
    /// The action with whose tables keys are compared; nil where they do not tell what requests
    /// carry.
    let tellingAction: CatalogAction?

    package init(_ action: ActionName) {
        let number = ServiceCatalog.actionNumber(of: action)
        let listed = number.map { ServiceCatalog.action(number: $0) }
        self.number = number
        self.listed = listed
        resourceUse = ServiceCatalog.resourceUse(of: action)
        isReachedByRCPs = ServiceCatalog.isReachedByRCPs(action.service)
        isBeyondSCPs = ServiceCatalog.isBeyondSCPs(action.service)
        unsignedCalls = ServiceCatalog.unsignedCalls(action)
        vpceKeys = ServiceCatalog.vpceKeys(of: action)
        globalRegion = ServiceCatalog.globalRegion(of: action.service)
        hasOwnResourceTagKey = ServiceCatalog.hasOwnResourceTagKey(action.service)
        // Trust policies speak of keys of identity providers and of IAM, and those of one call are
        // looked at for several actions.
        let isSilent =
            action.service == "sts"
            || ServiceCatalog.actionsOnUnlistedResources.contains(action.canonical)
        tellingAction = isSilent ? nil : listed
    }

    /// The ARNs that can be those of resources the action works on, made ready anew each time.
    package var acceptedARNs: AcceptedARNs { listed?.acceptedARNs ?? .all }
}
