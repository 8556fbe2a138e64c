/// Fills in the condition keys that follow from a request (semantics section 3).
struct RequestContextBuilder {
    let organization: Organization
    let now: Int
    private(set) var context = RequestContext()

    init(organization: Organization, now: Int) {
        self.organization = organization
        self.now = now
    }

    /// The keys of every request.
    mutating func addRequestKeys(_ request: Request) {
        let instant = TimeText.iso8601(now)
        context.set("aws:CurrentTime", instant)
        context.set("aws:EpochTime", String(now))
        context.set("aws:SecureTransport", "true")
        context.set("aws:ViaAWSService", "false")
        addRegion(request)
    }

    private mutating func addRegion(_ request: Request) {
        let inARN = request.segment(3)
        if !inARN.isEmpty {
            context.set("aws:RequestedRegion", inARN)
        } else if let region = request.listed?.region {
            context.set("aws:RequestedRegion", region)
        } else if ActionFacts.globalServices.contains(request.service) {
            context.set("aws:RequestedRegion", "us-east-1")
        }
    }

    /// The keys about the caller (semantics section 3.2).
    mutating func addCallerKeys(_ caller: Caller) {
        if case .service(let name) = caller.kind {
            addServiceKeys(caller, name: name)
            return
        }
        // STS-16: the call is not signed; whom the provider vouches for is in other keys.
        if case .federated = caller.kind {
            return
        }
        guard let account = caller.account else {
            context.set("aws:PrincipalType", "Anonymous")
            context.set("aws:userid", "anonymous")
            context.set("aws:PrincipalAccount", "anonymous")
            return
        }
        context.set("aws:PrincipalIsAWSService", "false")
        context.set("aws:PrincipalAccount", account.id)
        context.set("aws:PrincipalOrgID", account.organizationID)
        context.set("aws:PrincipalOrgPaths", list: account.organizationPath.map { [$0] })
        for (key, value) in caller.entity?.tags ?? [:] {
            context.set("aws:PrincipalTag/\(key)", value)
        }
        // KEY-3.1: session tags stand over the role's own.
        for (key, value) in caller.sessionTags {
            context.set("aws:PrincipalTag/\(key)", value)
        }
        switch caller.kind {
        case .root:
            context.set("aws:PrincipalArn", caller.entityARN)
            context.set("aws:PrincipalType", "Account")
            context.set("aws:userid", account.id)
        case .user:
            context.set("aws:PrincipalArn", caller.entityARN)
            context.set("aws:PrincipalType", "User")
            context.set("aws:userid", caller.entity?.uniqueID)
            context.set("aws:username", caller.entity?.name)
        case .role:
            context.set("aws:PrincipalArn", caller.entityARN)
            context.set("aws:PrincipalType", "AssumedRole")
            let unique = caller.entity?.uniqueID ?? ""
            context.set("aws:userid", "\(unique):\(caller.sessionName)")
            context.set("aws:TokenIssueTime", TimeText.iso8601(now))
            // KEY-12: present and false; absent for Identity Center (IDC-11).
            if caller.session == nil, caller.entity?.isOfIdentityCenter == false {
                context.set("aws:MultiFactorAuthPresent", "false")
            }
        case .federatedUser:
            context.set("aws:PrincipalArn", caller.sessionARN)
            context.set("aws:PrincipalType", "FederatedUser")
            context.set("aws:userid", "\(account.id):\(caller.federatedName)")
            context.set("aws:TokenIssueTime", TimeText.iso8601(now))
        case .service, .federated, .anonymous:
            break
        }
        if let session = caller.session {
            addSessionKeys(session)
        }
    }

    /// What the credentials carry (semantics section 3.2).
    private mutating func addSessionKeys(_ session: SessionFacts) {
        context.set("aws:TokenIssueTime", TimeText.iso8601(session.issued))
        switch session.mfa {
        case .unknown:
            break
        case .absent:
            context.set("aws:MultiFactorAuthPresent", "false")
        case .used(let instant):
            context.set("aws:MultiFactorAuthPresent", "true")
            context.set("aws:MultiFactorAuthAge", String(now - instant))
        }
        // STS-14
        context.set("aws:SourceIdentity", session.sourceIdentity)
        if session.isAssumedRoot {
            context.set("aws:AssumedRoot", "true")
        }
        addKeys(session.keys)
    }

    /// Keys that a call or its credentials bring along.
    mutating func addKeys(_ keys: [String: RequestContext.Value]) {
        for (key, value) in keys {
            context.set(key, value)
        }
    }

    private mutating func addServiceKeys(_ caller: Caller, name: String) {
        context.set("aws:PrincipalIsAWSService", "true")
        context.set("aws:PrincipalServiceName", name)
        context.set("aws:PrincipalServiceNamesList", list: [name])
        context.set("aws:SourceAccount", caller.sourceAccountID)
        context.set("aws:SourceArn", caller.sourceARN)
        context.set("aws:SourceOrgID", caller.sourceAccount?.organizationID)
        context.set(
            "aws:SourceOrgPaths",
            list: caller.sourceAccount?.organizationPath.map { [$0] }
        )
    }

    /// The keys about the resource.
    mutating func addResourceKeys(_ request: Request) {
        context.set("aws:ResourceAccount", request.ownerID)
        context.set("aws:ResourceOrgID", request.owner?.organizationID)
        context.set("aws:ResourceOrgPaths", list: request.owner?.organizationPath.map { [$0] })
        // Tags are those of the exact resource, never its parent's.
        if let listed = request.listed, listed.arn == request.resource {
            for (key, value) in listed.tags {
                context.set("aws:ResourceTag/\(key)", value)
            }
        }
        // KEY-11
        for (key, value) in (request.role ?? request.user)?.tags ?? [:] {
            context.set("aws:ResourceTag/\(key)", value)
            context.set("iam:ResourceTag/\(key)", value)
        }
        // KMS-7
        if request.service == "kms" {
            context.set("kms:CallerAccount", request.caller.account?.id)
        }
    }

    /// The keys of a call through a VPC endpoint (KEY-3.1, KEY-15).
    mutating func addEndpointKeys(_ request: Request) {
        guard let arn = request.endpointARN else {
            return
        }
        let name = ARNText.segment(5, of: arn).split(separator: "/").last.map(String.init)
        context.set("aws:SourceVpce", name)
        context.set("aws:SourceVpc", request.endpoint?.vpc)
        // KEY-15: not for iam:PassRole.
        if request.service == "iam", request.name == "passrole" {
            return
        }
        let ownerID = ARNText.segment(4, of: arn)
        let owner = organization.account(ownerID)
        let hasAccount = ActionFacts.withEndpointAccount.contains(request.service)
        if hasAccount {
            context.set("aws:VpceAccount", ownerID)
        }
        if hasAccount || ActionFacts.withEndpointOrganization.contains(request.service) {
            context.set("aws:VpceOrgID", owner?.organizationID)
        }
        if hasAccount || ActionFacts.withEndpointPaths.contains(request.service) {
            context.set("aws:VpceOrgPaths", list: owner?.organizationPath.map { [$0] })
        }
    }

    /// The keys of a forward access session (SVC-4).
    mutating func addForwardedKeys(_ request: Request, via service: String) {
        context.set("aws:ViaAWSService", "true")
        context.set("aws:CalledVia", list: [service])
        context.set("aws:CalledViaFirst", service)
        context.set("aws:CalledViaLast", service)
        if request.caller.kind == .user, request.caller.session == nil {
            context.set("aws:MultiFactorAuthPresent", "false")
        }
        // KMS-7: the service's first label and the key's Region.
        if request.service == "kms", let label = service.split(separator: ".").first {
            let region = request.segment(3)
            if !region.isEmpty {
                context.set("kms:ViaService", "\(label).\(region).amazonaws.com")
            }
        }
    }

    /// The keys of the request itself; those only AWS sets need to be overridden on purpose.
    mutating func addGivenKeys(_ json: JSON) {
        let overrides = json["overrideContext"]?.isTrue ?? false
        guard case .object(let given)? = json["context"] else {
            return
        }
        for (key, value) in given.sorted(by: { $0.key < $1.key }) {
            let name = key.lowercased()
            let isReserved =
                Self.reserved.contains(name) || name.hasPrefix("aws:principaltag/")
            if overrides || !isReserved {
                context.set(key, given: value)
            }
        }
    }

    private static let reserved: Set<String> = [
        "aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
        "aws:principaltype", "aws:principalisawsservice", "aws:principalservicename",
        "aws:principalservicenameslist", "aws:userid", "aws:username", "aws:assumedroot",
        "aws:tokenissuetime", "aws:sourceidentity", "aws:federatedprovider", "aws:resourceaccount",
        "aws:resourceorgid", "aws:resourceorgpaths",
    ]
}

/// Instants as text.
enum TimeText {
    /// `2026-01-15T09:00:00Z` for seconds since 1970.
    static func iso8601(_ seconds: Int) -> String {
        var year = 1970
        var days = seconds / 86400
        func length(_ year: Int) -> Int {
            year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
        }
        while days >= length(year) {
            days -= length(year)
            year += 1
        }
        let months = [31, length(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var month = 0
        while days >= months[month] {
            days -= months[month]
            month += 1
        }
        func two(_ number: Int) -> String {
            number < 10 ? "0\(number)" : "\(number)"
        }
        let rest = seconds % 86400
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map(two).joined(separator: ":")
        return "\(year)-\(two(month + 1))-\(two(days + 1))T\(clock)Z"
    }
}
