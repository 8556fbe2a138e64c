package import OrganizationModel
package import PolicyLanguage
import ServiceCatalog

/// Both sides of a request, as messages and reports name them.
package struct RequestParties: Sendable, Hashable {
    package let caller: CallerKind
    /// The ARN that `Principal` elements and messages use (KEY-9); nil where there is none.
    package let callerARN: ARN?
    /// Nil for services, identity providers and anonymous callers.
    package let callerAccount: AccountID?
    /// Nil when nothing says whose the resource is.
    package let resourceAccount: AccountID?
    /// What the request is decided on: `*` where the action works on nothing in particular.
    package let resource: String
    /// Whether caller and resource belong to one account.
    package let areInOneAccount: Bool
    /// Whether they belong to one account or to two of one organization.
    package let areInOneOrganization: Bool

    /// What kind of caller it is, as far as messages differ.
    package enum CallerKind: Sendable, Hashable {
        case principal
        case service
        case identityProvider
        case anonymous
    }
}

extension Request {
    /// Both sides of the request; nil when the caller does not exist any more.
    package func parties(in organization: Organization) -> RequestParties? {
        guard let subject = Subject(caller, in: organization) else { return nil }
        let target = ResourceTarget(self, subject: subject, in: organization)
        let isOneAccount = subject.account != nil && subject.account?.id == target.ownerID
        let organizations = [subject.account, target.owner].map { account in
            account.flatMap { organization.organizationID(of: $0) }
        }
        return RequestParties(
            caller: subject.kind.party,
            callerARN: subject.arn,
            callerAccount: subject.account?.id,
            resourceAccount: target.ownerID,
            resource: target.use == .some ? resource : "*",
            areInOneAccount: isOneAccount,
            areInOneOrganization: isOneAccount
                || organizations[0] != nil && organizations[0] == organizations[1]
        )
    }
}

extension Subject.Kind {
    fileprivate var party: RequestParties.CallerKind {
        switch self {
        case .root, .user, .role, .federatedUser, .assumedRoot: .principal
        case .service: .service
        case .federation: .identityProvider
        case .anonymous: .anonymous
        }
    }
}
