import Authorization
import OrganizationModel
import PolicyLanguage
import ServiceCatalog

extension SecurityTokenService {
    private static let tokenSeconds = 900...129_600

    /// How long a token lasts: the root user gets an hour at most, without complaint (STS-30).
    private func seconds(_ parameters: SessionParameters, by caller: Caller) -> Int? {
        let wanted = parameters.durationSeconds ?? 43_200
        guard Self.tokenSeconds.contains(wanted) else { return nil }
        if case .root = caller { return min(wanted, 3_600) }
        return wanted
    }

    /// Source: AWS STS API Reference, "GetSessionToken" (STS-20, STS-30).
    func getSessionToken(_ request: TokenRequest.GetToken, by call: Call) -> Outcome {
        guard let seconds = seconds(request.parameters, by: call.caller) else {
            return reject("a session token lasts 900 to 129600 seconds")
        }
        let session = Session(
            name: "",
            issuedAt: instant,
            expiresAt: instant.adding(seconds: Int64(seconds)),
            mfa: request.parameters.hasMFA ? .used(at: instant) : .notUsed,
            origin: .call("sts:GetSessionToken", by: call.caller)
        )
        let caller: Caller? =
            switch call.caller {
            case .root(let account, _): .root(account, session)
            case .user(let user, _): .user(user, session)
            case .role, .federatedUser, .assumedRoot, .service, .federation, .anonymous, .outsider:
                nil
            }
        return combined([decide("sts:GetSessionToken", "*", call)], caller)
    }

    /// Source: AWS STS API Reference, "GetFederationToken" (STS-32, STS-33).
    func getFederationToken(_ request: TokenRequest.GetToken, by call: Call) -> Outcome {
        let parameters = request.parameters
        guard let seconds = seconds(parameters, by: call.caller) else {
            return reject("a federation token lasts 900 to 129600 seconds")
        }
        if let problem = ParameterRules.problem(sessionName: request.name, limit: 32)
            ?? ParameterRules.problem(parameters)
        {
            return reject(problem)
        }
        let account: AccountID
        let user: IAMEntity?
        switch call.caller {
        case .root(let id, _): (account, user) = (id, nil)
        case .user(let entity, _): (account, user) = (entity.account, entity)
        case .role(let entity, _): (account, user) = (entity.account, nil)
        case .federatedUser(let id, _, _), .assumedRoot(let id, _): (account, user) = (id, nil)
        case .service, .federation, .anonymous, .outsider:
            return combined([decide("sts:GetFederationToken", "*", call)], nil)
        }
        var keys = GivenContext()
        keys.set(tags: parameters.tags)
        let call = call.adding(keys)
        let resource = "arn:aws:sts::\(account):federated-user/\(request.name)"
        var pairs = [decide("sts:GetFederationToken", resource, call)]
        if !parameters.tags.isEmpty { pairs.append(decide("sts:TagSession", resource, call)) }
        let session = Session(
            name: request.name,
            issuedAt: instant,
            expiresAt: instant.adding(seconds: Int64(seconds)),
            mfa: .notCarried,
            tags: parameters.tags,
            policies: parameters.policies,
            origin: .call("sts:GetFederationToken", by: call.caller)
        )
        return combined(pairs, .federatedUser(account, user: user, session))
    }

    /// Source: AWS STS API Reference, "AssumeRoot" (ROOT-7).
    func assumeRoot(_ request: TokenRequest.AssumeRoot, by call: Call) -> Outcome {
        let seconds = request.durationSeconds ?? 900
        guard (0...900).contains(seconds) else {
            return reject("a session of AssumeRoot lasts 0 to 900 seconds")
        }
        guard let task = taskPolicy(request.taskPolicyARN) else {
            return reject("'\(request.taskPolicyARN)' is not one of the five task policies")
        }
        if let rule = rootRule(request, by: call.caller) { return refuse(rule) }
        var keys = GivenContext()
        keys.set("sts:TaskPolicyArn", to: .single(request.taskPolicyARN))
        let resource = "arn:aws:iam::\(request.target):root"
        let pair = decide("sts:AssumeRoot", resource, call.adding(keys))
        let session = Session(
            name: "",
            issuedAt: instant,
            expiresAt: instant.adding(seconds: Int64(seconds)),
            mfa: .notCarried,
            sourceIdentity: call.caller.session?.sourceIdentity,
            policies: [task],
            origin: .call("sts:AssumeRoot", by: call.caller)
        )
        return combined([pair], .assumedRoot(request.target, session))
    }

    private static let tasks = [
        "IAMAuditRootUserCredentials", "IAMCreateRootUserPassword",
        "IAMDeleteRootUserCredentials", "S3UnlockBucketPolicy", "SQSUnlockQueuePolicy",
    ]

    private func taskPolicy(_ arn: String) -> Policy? {
        let known = Self.tasks.map { "arn:aws:iam::aws:policy/root-task/" + $0 }
        return known.contains(arn) ? BuiltInPolicies.policy(arn) : nil
    }

    /// Who may open such a session at all: an IAM principal of the management account or of the
    /// delegated administrator, into a member account, with the feature turned on.
    private func rootRule(_ request: TokenRequest.AssumeRoot, by caller: Caller) -> String? {
        let organization = engine.organization
        let account: AccountID
        switch caller {
        case .user(let entity, _), .role(let entity, _): account = entity.account
        case .root, .federatedUser, .assumedRoot, .service, .federation, .anonymous, .outsider:
            return "only IAM users and roles can call AssumeRoot"
        }
        let administrators = organization.delegatedAdministrators["iam.amazonaws.com"] ?? []
        guard
            account == organization.identity?.managementAccount || administrators.contains(account)
        else {
            return "AssumeRoot is for the management account and the delegated administrator of IAM"
        }
        guard organization.centralizedRootAccess.rootSessions else {
            return "the organization has not turned on root sessions"
        }
        guard let target = organization.account(request.target), target.isMember,
            !organization.isManagementAccount(target)
        else { return "AssumeRoot reaches member accounts only" }
        return nil
    }

    /// Source: IAM Identity Center User Guide, "Permission sets" (IDC-2, IDC-15).
    func signIn(_ request: TokenRequest.SignIn) -> Outcome {
        let organization = engine.organization
        guard let center = organization.identityCenter, let user = center.user(request.user),
            let account = organization.account(request.account)
        else {
            if let missing = organization.identityCenter?.missingAssignments {
                let note = "whether '\(request.user)' may sign in is not known: \(missing)"
                return Outcome(decision: Decision(.undetermined, notes: [note]), caller: nil)
            }
            return refuse("there is no such person or account")
        }
        if !account.isUsable { return reject("the account is \(account.status.rawValue)") }
        let set = center.permissionSets.first { $0.name == request.permissionSet }
        let provisioned = center.role(
            of: user,
            permissionSet: request.permissionSet,
            account: request.account
        )
        guard let set, let provisioned, let role = account.role(provisioned.name) else {
            let what = "'\(request.permissionSet)' in '\(account.name)'"
            if let missing = center.missingAssignments {
                let note = "whether '\(request.user)' is assigned \(what) is not known: \(missing)"
                return Outcome(decision: Decision(.undetermined, notes: [note]), caller: nil)
            }
            return refuse("'\(request.user)' is not assigned \(what)")
        }
        let session = Session(
            name: user.name,
            issuedAt: instant,
            expiresAt: instant.adding(seconds: Int64(set.sessionDuration)),
            mfa: .notCarried,
            tags: center.sessionTags(of: user),
            origin: .signIn(person: user.name, permissionSet: set.name)
        )
        return Outcome(decision: Decision(.allowed), caller: .role(role.entity, session))
    }

    private func decide(_ action: String, _ resource: String, _ call: Call) -> Decided {
        guard let name = ActionName(action) else {
            preconditionFailure("the actions of STS are well-formed")
        }
        let request = request(name, resource, call)
        return Decided(request: request, decision: engine.decide(request))
    }
}
