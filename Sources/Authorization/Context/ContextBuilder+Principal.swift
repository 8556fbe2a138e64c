import OrganizationModel
import PolicyLanguage

extension ContextBuilder {
    /// Keys about the principal: the table of semantics 3.2.
    mutating func addPrincipal() {
        known.formUnion([
            "aws:principalarn", "aws:principalaccount", "aws:principalorgid",
            "aws:principaltype", "aws:principalisawsservice", "aws:principalservicename",
            "aws:principalservicenameslist", "aws:userid", "aws:username", "aws:assumedroot",
            "aws:principaltag/*",
        ])
        switch subject.kind {
        case .anonymous:
            known.insert("aws:principalorgpaths")
            set("aws:PrincipalAccount", "anonymous")
            set("aws:PrincipalType", "Anonymous")
            set("aws:userid", "anonymous")
        case .service(let service):
            addService(service)
            return
        case .federation(_, let keys):
            known.insert("aws:principalorgpaths")
            for key in keys { context[key.key] = typed(key.value, as: key.key) }
        case .root, .user, .role, .federatedUser, .assumedRoot:
            addIdentity()
        }
        // Only a service that calls for itself says on whose behalf (KEY-3).
        known.formUnion([
            "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths",
        ])
    }

    private mutating func addIdentity() {
        guard let account = subject.account else { return }
        set("aws:PrincipalAccount", account.id.description)
        set("aws:PrincipalIsAWSService", "false")
        addOrganization(of: account, id: "aws:PrincipalOrgID", paths: "aws:PrincipalOrgPaths")
        let session = subject.session?.name ?? ""
        switch subject.kind {
        case .root: addNames(arn: subject.arn, type: "Account", id: account.id.description)
        case .assumedRoot:
            // What these sessions report as type and id is not documented.
            addNames(arn: subject.arn, type: "Account", id: account.id.description)
            set("aws:AssumedRoot", "true")
        case .user:
            addNames(arn: subject.entity?.arn, type: "User", id: subject.entity?.uniqueID)
            set("aws:username", subject.entity?.name)
        case .role:
            let id = subject.entity.map { "\($0.uniqueID):\(session)" }
            addNames(arn: subject.entity?.arn, type: "AssumedRole", id: id)
        case .federatedUser:
            addNames(arn: subject.arn, type: "FederatedUser", id: "\(account.id):\(session)")
        case .service, .federation, .anonymous: return
        }
        if let entity = subject.entity {
            let tags = entity.tags.overlaid(with: subject.session?.tags ?? Tags())
            set("aws:PrincipalTag/", tags)
        }
    }

    private mutating func addNames(arn: ARN?, type: String, id: String?) {
        set("aws:PrincipalArn", arn?.description)
        set("aws:PrincipalType", type)
        set("aws:userid", id)
    }

    /// Keys of a service that calls for itself; those about a person are absent.
    private mutating func addService(_ service: ServiceCaller) {
        known.formUnion(["aws:principalorgpaths"])
        set("aws:PrincipalIsAWSService", "true")
        set("aws:PrincipalServiceName", service.name)
        set("aws:PrincipalServiceNamesList", all: [service.name])
        if let source = service.sourceARN { set("aws:SourceArn", source) }
        guard let id = service.sourceAccount else { return }
        set("aws:SourceAccount", id.description)
        if let account = organization.account(id) {
            addOrganization(of: account, id: "aws:SourceOrgID", paths: "aws:SourceOrgPaths")
        }
    }

    /// The organization of an account; the path is known of our own only.
    mutating func addOrganization(of account: Account, id: ConditionKey, paths: ConditionKey) {
        let organizationID = organization.organizationID(of: account)
        set(id, organizationID)
        if account.isMember || organizationID == nil {
            set(paths, all: organization.organizationPath(of: account).map { [$0] })
        }
    }

    /// Keys that temporary credentials carry.
    mutating func addSession() {
        for key: ConditionKey in [
            "aws:TokenIssueTime", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge",
            "aws:SourceIdentity", "aws:FederatedProvider",
        ] {
            known.insert(key.canonical)
        }
        guard let session = subject.session else {
            // A service that reuses a long-term key says so in this way (SVC-4).
            if case .user = subject.kind, request.viaService != nil {
                set("aws:MultiFactorAuthPresent", "false")
            }
            return
        }
        set("aws:TokenIssueTime", session.issuedAt.description)
        set("aws:SourceIdentity", session.sourceIdentity)
        for key in session.keys { context[key.key] = key.value }
        // Credentials of GetFederationToken carry no MFA key (semantics 3.2).
        if case .federatedUser = subject.kind { return }
        switch session.mfa {
        case .notCarried: return
        case .notUsed: set("aws:MultiFactorAuthPresent", "false")
        case .used(let instant):
            set("aws:MultiFactorAuthPresent", "true")
            let age = request.instant.seconds - instant.seconds
            set("aws:MultiFactorAuthAge", String(max(0, age)))
        }
    }
}
