import Authorization
import Explaining
import OrganizationModel
import PolicyLanguage

/// What an organization tells of a recorded call that the record leaves open, and the reverse.
struct RecordedKnowledge {
    private let event: RecordedEvent
    private let resource: String
    private let organization: Organization
    private let callerARN: ARN?
    /// The role that the caller has a session of.
    private let role: IAMRole?
    private static let tagSession = ActionName("sts:TagSession")

    init(_ event: RecordedEvent, _ resource: String, in organization: Organization) {
        self.event = event
        self.resource = resource
        self.organization = organization
        callerARN = event.principal.text(in: organization).flatMap { ARN($0) }
        role = callerARN.flatMap { organization.role(ofCaller: $0) }
    }

    /// Keys about whose resource it is.
    static let keysOfOwner: Set = [
        "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths",
    ]
}

extension RecordedKnowledge {
    /// Keys that no record holds and that follow from the organization all the same.
    var settledKeys: Set<String> {
        var keys: Set<String> = []
        if hasOwnTagsOnly { keys.insert("aws:PrincipalTag/*") }
        if let tags = resourceTags, tags.isWhole { keys.insert("aws:ResourceTag/*") }
        return keys
    }

    /// Keys that follow from caller and resource for most, and not for these.
    func furtherUnknownKeys(telling distinctions: RequestText.Distinctions) -> Set<String> {
        var keys: Set<String> = []
        if isOwnerUnknown { keys.formUnion(Self.keysOfOwner) }
        if let role, isLetInByProvider(role) {
            // Sessions of SAML and OIDC carry no MFA key, others do (semantics 3.2).
            keys.insert("aws:MultiFactorAuthPresent")
        }
        guard isOutside else { return keys }
        keys.insert(MissingPolicy.keys)
        // The file has every account of its organization, so his is another one or none.
        if distinctions.amongOrganizations || organization.identity == nil {
            keys.formUnion(["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"])
        }
        if case .stranger = event.principal { keys.insert("aws:PrincipalArn") }
        keys.insert("aws:MultiFactorAuthPresent")
        return keys
    }

    /// A bucket that nobody lists, or an image, may be anybody's.
    private var isOwnerUnknown: Bool {
        guard let arn = ARN(resource), arn.accountID == nil else { return false }
        return organization.owner(ofUnnamed: arn) == nil
    }
}

// Tags.
extension RecordedKnowledge {
    /// Whether the caller's tags are those of his user or role: a user's credentials take no others
    /// along, and nobody passes tags to a role whose trust policy does not let him (STS-10, STS-12,
    /// STS-16).
    private var hasOwnTagsOnly: Bool {
        guard !isOutside, let arn = callerARN else { return false }
        if arn.service == "iam", ["user", "root"].contains(arn.resourceType) { return true }
        guard let role, let action = Self.tagSession else { return false }
        return !role.trustPolicy.document.statements.contains {
            $0.effect == .allow && $0.actions.covers(action)
        }
    }

    private func isLetInByProvider(_ role: IAMRole) -> Bool {
        let entries = role.trustPolicy.document.statements.flatMap { $0.principal?.entries ?? [] }
        return entries.contains { if case .federated = $0 { true } else { false } }
    }

    /// The resource's tags; of a listed one without any it may be that nobody asked for them.
    private var resourceTags: (tags: Tags, isWhole: Bool)? {
        organization.tags(of: resource)
    }
}

extension Organization {
    fileprivate func role(ofCaller arn: ARN) -> IAMRole? {
        guard let account = arn.accountID.flatMap({ account($0) }) else { return nil }
        if arn.service == "sts", arn.resourceType == "assumed-role" {
            let parts = arn.resource.split(separator: "/")
            return parts.count > 1 ? account.role(parts[1]) : nil
        }
        return arn.resourceType == "role" ? account.role(arn.resourceName) : nil
    }

    /// The tags of a resource, and whether they are known to be all.
    fileprivate func tags(of resource: String) -> (tags: Tags, isWhole: Bool)? {
        if let listed = listed(resource)?.resource { return (listed.tags, !listed.tags.isEmpty) }
        guard let arn = ARN(resource), arn.service == "iam",
            let account = arn.accountID.flatMap({ account($0) })
        else { return nil }
        let role = arn.resourceType == "role" ? account.role(arn.resourceName) : nil
        let user = arn.resourceType == "user" ? account.user(arn.resourceName) : nil
        return (role?.tags ?? user?.tags).map { ($0, true) }
    }
}

// Callers of accounts that stand in no file.
extension RecordedKnowledge {
    private var isOutside: Bool {
        switch event.principal {
        case .stranger(let id, _): organization.account(id) == nil
        case .named(let text):
            ARN(text)?.accountID.map { organization.account($0) == nil } ?? false
        case .service, .federation, .unknown: false
        }
    }

    /// Nil for a caller of an account that is there.
    func outsider(
        on resourceAccount: AccountID?
    ) throws(RequestText.Missing) -> Outsider? {
        // Of what goes on outside nothing is known on either side.
        if isOutside || hasNoAccount && ARN(resource) != nil, !isResourceInside(resourceAccount) {
            throw RequestText.Missing(
                sentence: hasNoAccount
                    ? "the account of the resource is not in the file"
                    : "neither the account of the caller nor that of the resource is in the file"
            )
        }
        guard isOutside else { return nil }
        switch event.principal {
        case .named(let text): return named(text)
        case .stranger(let account, let uniqueID):
            if policyNamesPrincipals(of: account) {
                throw RequestText.Missing(
                    sentence: "a policy names principals of the account \(account), and the record "
                        + "does not tell which of them called"
                )
            }
            let parts = uniqueID.split(separator: ":", maxSplits: 1).map(String.init)
            let isUser = parts[0].hasPrefix("AIDA") && parts.count == 1
            return ARN("arn:aws:iam::\(account):\(isUser ? "user" : "role")/\(parts[0])").map {
                Outsider(
                    account: account,
                    arn: $0,
                    uniqueID: parts[0],
                    session: isUser ? nil : parts.count > 1 ? parts[1] : "unrecorded"
                )
            }
        case .service, .federation, .unknown: return nil
        }
    }

    /// Whether the caller is of no account: the resource's side decides alone.
    private var hasNoAccount: Bool {
        switch event.principal {
        case .service, .federation: true
        case .named(let text): text == "anonymous"
        case .stranger, .unknown: false
        }
    }

    private func isResourceInside(_ recorded: AccountID?) -> Bool {
        guard let arn = ARN(resource) else { return false }
        let owner = arn.accountID ?? recorded ?? organization.owner(ofUnnamed: arn)
        return owner.map { organization.account($0) != nil } ?? false
    }

    private func named(_ text: String) -> Outsider? {
        guard let arn = ARN(text), let account = arn.accountID else { return nil }
        let ids = (event.callerID ?? "").split(separator: ":").map(String.init)
        let id = ids.first ?? "unrecorded"
        switch (arn.service, arn.resourceType) {
        case ("iam", "user"):
            return Outsider(account: account, arn: arn, uniqueID: id, session: nil)
        case ("iam", "role"):
            return Outsider(account: account, arn: arn, uniqueID: id, session: "unrecorded")
        case ("sts", "assumed-role"):
            let parts = arn.resource.split(separator: "/", maxSplits: 2).map(String.init)
            guard parts.count == 3 else { return nil }
            let short = "arn:\(arn.partition):iam::\(account):role/\(parts[1])"
            return (event.issuer.flatMap { ARN($0) } ?? ARN(short)).map {
                Outsider(account: account, arn: $0, uniqueID: id, session: parts[2])
            }
        default: return nil
        }
    }

    /// Whether the policy of the resource speaks of somebody of an account, not of all of it.
    private func policyNamesPrincipals(of account: AccountID) -> Bool {
        guard let arn = ARN(resource) else { return false }
        let trust = arn.accountID.flatMap { organization.account($0) }
            .flatMap { $0.role(arn.resourceName)?.trustPolicy }
        let listed = organization.listed(resource)?.resource
        let policies = [
            arn.resourceType == "role" ? trust : nil,
            (listed ?? organization.governing(unlisted: arn)?.resource)?.policy,
        ]
        let entries = policies.compactMap(\.self).flatMap(\.document.statements)
            .flatMap { $0.principal?.entries ?? [] }
        return entries.contains { entry in
            switch entry {
            case .user(let arn), .role(let arn), .assumedRole(let arn), .federatedUser(let arn):
                arn.accountID == account
            case .everyone, .account, .uniqueID, .service, .federated, .canonicalUser: false
            }
        }
    }
}

extension Organization {
    /// Whose a resource is whose ARN names no account, where somebody lists it.
    fileprivate func owner(ofUnnamed arn: ARN) -> AccountID? {
        (listed(arn.description) ?? governing(unlisted: arn))?.account.id
    }
}
