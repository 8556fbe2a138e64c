import Authorization
import OrganizationModel
import PolicyLanguage

// What an organization itself gives to both sides of a request, and a change may take away.
extension Request {
    /// Whether caller and resource have the same tags as in another request in another organization.
    func hasTags(
        in organization: Organization,
        as other: Request,
        in changed: Organization
    ) -> Bool {
        callerTags(in: organization) == other.callerTags(in: changed)
            && organization.tags(of: resource) == changed.tags(of: other.resource)
    }

    private func callerTags(in organization: Organization) -> Tags? {
        switch caller {
        case .user(let entity, _), .federatedUser(_, .some(let entity), _):
            organization.account(entity.account)?.user(entity.name)?.tags
        case .role(let entity, _): organization.account(entity.account)?.role(entity.name)?.tags
        case .root, .federatedUser, .assumedRoot, .service, .federation, .anonymous, .outsider: nil
        }
    }
}

extension Organization {
    fileprivate func tags(of resource: String) -> Tags? {
        if let listed = listed(resource) { return listed.resource.tags }
        guard let arn = ARN(resource), arn.service == "iam",
            let account = arn.accountID.flatMap({ account($0) })
        else { return nil }
        switch arn.resourceType {
        case "role": return account.role(arn.resourceName)?.tags
        case "user": return account.user(arn.resourceName)?.tags
        default: return nil
        }
    }
}
