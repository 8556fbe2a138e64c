import Authorization
import OrganizationModel
import PolicyLanguage

/// Who holds the policies that speak for a caller.
struct Holders {
    /// The user with his groups, the role, or the permission set it comes from.
    let own: [AttachmentKey.Holder]
    let permissionSet: PermissionSetSession?

    /// A permission set as somebody uses it.
    struct PermissionSetSession {
        let name: String
        let account: Account
        /// Nil where its role is used by another way than signing in.
        let person: IdentityCenter.User?
        let organization: Organization
    }

    init(of caller: Caller, in organization: Organization) {
        var found: (own: [AttachmentKey.Holder], set: PermissionSetSession?) = ([], nil)
        switch caller {
        case .user(let entity, _), .federatedUser(_, user: let entity?, _):
            let groups = organization.account(entity.account)?.user(entity.name)?.groups ?? []
            found.own =
                [.user(entity.account, entity.name)] + groups.map { .group(entity.account, $0) }
        case .role(let entity, let session):
            found.set = Self.session(of: entity, session, organization)
            found.own = [
                found.set.map { .permissionSet($0.name) } ?? .role(entity.account, entity.name)
            ]
        case .root, .federatedUser, .assumedRoot, .service, .federation, .anonymous, .outsider:
            break
        }
        (own, permissionSet) = found
    }

    private static func session(
        of entity: IAMEntity,
        _ session: Session,
        _ organization: Organization
    ) -> PermissionSetSession? {
        guard let center = organization.identityCenter,
            let account = organization.account(entity.account),
            let role = account.role(entity.name), role.isReserved,
            let place = center.provisionedPlaces(in: account.id).first(where: {
                center.provisionedRoles[$0].name == role.name
            })
        else { return nil }
        let provisioned = center.provisionedRoles[place]
        let person = center.user(session.name).flatMap { person in
            center.role(
                of: person,
                permissionSet: provisioned.permissionSet,
                account: account.id
            ) == nil ? nil : person
        }
        return PermissionSetSession(
            name: provisioned.permissionSet,
            account: account,
            person: person,
            organization: organization
        )
    }

    /// Who holds the policies of a layer.
    func of(_ layer: Trace.Layer, isAccount: Bool) -> [AttachmentKey.Holder] {
        switch layer.policyType {
        case .serviceControlPolicy, .resourceControlPolicy:
            [isAccount ? .account(layer.target) : .unit(layer.target)]
        case .identityPolicy, .permissionsBoundary: own
        case .resourcePolicy, .trustPolicy, .vpcEndpointPolicy: [.resource(layer.target)]
        case .sessionPolicy, .blockPublicAccess, .serviceRule: []
        }
    }
}
