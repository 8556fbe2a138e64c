import OrganizationModel
import PolicyLanguage

extension KeyDerivation {
    /// What follows for a key: the tables of semantics 3.1 and 3.2.
    func value(of key: DerivedKey) -> KeyValue {
        switch key {
        case .principalARN: .single(names.arn?.description)
        case .principalType: .single(names.type)
        case .userID: .single(names.id)
        case .userName: .single(isUser ? subject.entity?.name : nil)
        case .assumedRoot: .single(isAssumedRoot ? "true" : nil)
        case .principalAccount: .single(names.account)
        case .principalOrgID: .single(subject.account.flatMap(organization.organizationID(of:)))
        case .principalOrgPaths: subject.account.map(paths) ?? .absent
        case .principalIsAWSService:
            .single(service != nil ? "true" : subject.account == nil ? nil : "false")
        case .principalServiceName: .single(service?.name)
        case .principalServiceNamesList: .set(service.map { [$0.name] })
        case .sourceAccount: source(service?.sourceAccount?.description)
        case .sourceARN: source(service?.sourceARN)
        case .sourceOrgID: sourceOrganization { .single(organization.organizationID(of: $0)) }
        case .sourceOrgPaths: sourceOrganization(paths)
        case .tokenIssueTime: .single(subject.session?.issuedAt.description)
        case .sourceIdentity: .single(subject.session?.sourceIdentity)
        case .federatedProvider: .absent
        case .multiFactorAuthPresent: .single(isMFAPresent)
        case .multiFactorAuthAge: .single(mfaAge)
        case .resourceAccount, .s3ResourceAccount, .resourceOrgID, .resourceOrgPaths:
            valueOfResource(key)
        case .sourceIP, .sourceVPC, .sourceVPCE, .sourceVPCARN, .vpcSourceIP, .vpceAccount,
            .vpceOrgID, .vpceOrgPaths:
            valueOfNetwork(key)
        case .currentTime, .epochTime, .secureTransport, .viaAWSService, .calledVia,
            .calledViaFirst, .calledViaLast, .requestedRegion, .kmsCallerAccount, .kmsViaService:
            valueOfCall(key)
        }
    }

    /// The organization paths of an account, which are known of our own organization only.
    func paths(_ account: Account) -> KeyValue {
        guard account.isMember || organization.organizationID(of: account) == nil else {
            return .unsaid
        }
        return .set(organization.organizationPath(of: account).map { [$0] })
    }
}

// Who calls.
extension KeyDerivation {
    private var service: ServiceCaller? {
        if case .service(let service) = subject.kind { service } else { nil }
    }

    private var isUser: Bool { if case .user = subject.kind { true } else { false } }

    private var isAssumedRoot: Bool {
        if case .assumedRoot = subject.kind { true } else { false }
    }

    private struct Names {
        var arn: ARN?
        var account: String?
        var type: String?
        var id: String?
    }

    private var names: Names {
        guard let account = subject.account else {
            guard case .anonymous = subject.kind else { return Names() }
            return Names(account: "anonymous", type: "Anonymous", id: "anonymous")
        }
        let id = account.id.description
        let session = subject.session?.name ?? ""
        func named(_ arn: ARN?, _ type: String, _ userID: String?) -> Names {
            Names(arn: arn, account: id, type: type, id: userID)
        }
        return switch subject.kind {
        // What sessions of AssumeRoot report as type and id is not documented.
        case .root, .assumedRoot: named(subject.arn, "Account", id)
        case .user: named(subject.entity?.arn, "User", subject.entity?.uniqueID)
        case .role:
            named(
                subject.entity?.arn,
                "AssumedRole",
                subject.entity.map { Self.userID($0.uniqueID, session) }
            )
        case .federatedUser: named(subject.arn, "FederatedUser", "\(id):\(session)")
        case .service, .federation, .anonymous: Names()
        }
    }

    /// What `aws:userid` shows of a session of a role.
    static func userID(_ uniqueID: String, _ session: String) -> String {
        "\(uniqueID):\(session)"
    }

    /// Only a service that calls for itself says on whose behalf (KEY-3).
    private func source(_ text: String?) -> KeyValue {
        if let text { return .value(.single(text)) }
        return service == nil ? .absent : .unsaid
    }

    private func sourceOrganization(_ value: (Account) -> KeyValue) -> KeyValue {
        guard let service else { return .absent }
        return service.sourceAccount.flatMap { organization.account($0) }.map(value) ?? .unsaid
    }
}

// The session.
extension KeyDerivation {
    private var isMFAPresent: String? {
        guard let session = subject.session else {
            // A service that reuses a long-term key says so in this way (SVC-4).
            return isUser && request.viaService != nil ? "false" : nil
        }
        // Credentials of GetFederationToken carry no MFA key (semantics 3.2).
        if case .federatedUser = subject.kind { return nil }
        return switch session.mfa {
        case .notCarried: nil
        case .notUsed: "false"
        case .used: "true"
        }
    }

    /// In seconds.
    private var mfaAge: String? {
        if case .federatedUser = subject.kind { return nil }
        guard case .used(let instant)? = subject.session?.mfa else { return nil }
        return String(max(0, request.instant.seconds - instant.seconds))
    }
}
