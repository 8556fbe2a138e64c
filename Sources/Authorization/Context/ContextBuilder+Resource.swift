import OrganizationModel
import PolicyLanguage
import ServiceCatalog

extension ContextBuilder {
    /// Keys about the resource and its owner.
    mutating func addResource() {
        // EBS direct APIs do not carry the owner (semantics 3.1).
        if request.action.service == "ebs" {
            known.formUnion(["aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"])
        } else if let id = target.ownerID {
            set("aws:ResourceAccount", id.description)
            if request.action.service == "s3" { set("s3:ResourceAccount", id.description) }
            if let owner = target.owner {
                addOrganization(of: owner, id: "aws:ResourceOrgID", paths: "aws:ResourceOrgPaths")
            }
        }
        guard let tags = target.tags else { return }
        set("aws:ResourceTag/", tags)
        let service = request.action.service
        // AssumeRole shows the tags of the role under both names (KEY-11).
        if ServiceCatalog.hasOwnResourceTagKey(service) { set("\(service):ResourceTag/", tags) }
        if service == "sts" { set("iam:ResourceTag/", tags) }
    }

    /// Keys about the way the call takes.
    mutating func addNetwork() {
        let network: Set = [
            "aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip",
            "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths",
        ]
        // Calls that a service makes carry none of them (KEY-4, SVC-4).
        if request.viaService != nil {
            known.formUnion(network)
            return
        }
        if case .service = subject.kind {
            known.formUnion(network.union(["aws:sourceip"]))
            return
        }
        guard let endpoint = request.endpoint else {
            addMissingEndpointKeys()
            return
        }
        known.formUnion(network.union(["aws:sourceip"]).subtracting(["aws:vpcsourceip"]))
        set("aws:SourceVpce", String(endpoint.resourceName))
        guard let listed = organization.listed(endpoint.description) else { return }
        set("aws:SourceVpc", listed.resource.vpc)
        addEndpointOwner(listed.account)
    }

    /// Keys about an endpoint that the service would not carry anyway.
    private mutating func addMissingEndpointKeys() {
        let keys = ServiceCatalog.vpceKeys(of: request.action)
        if !keys.contains(.account) { known.insert("aws:vpceaccount") }
        if !keys.contains(.organizationID) { known.insert("aws:vpceorgid") }
        if !keys.contains(.organizationPaths) { known.insert("aws:vpceorgpaths") }
    }

    /// The owner of the endpoint, for the services that carry it (KEY-15).
    private mutating func addEndpointOwner(_ owner: Account) {
        let keys = ServiceCatalog.vpceKeys(of: request.action)
        if keys.contains(.account) { set("aws:VpceAccount", owner.id.description) }
        if keys.contains(.organizationID) {
            set("aws:VpceOrgID", organization.organizationID(of: owner))
        }
        if keys.contains(.organizationPaths) {
            set("aws:VpceOrgPaths", all: organization.organizationPath(of: owner).map { [$0] })
        }
    }
}
