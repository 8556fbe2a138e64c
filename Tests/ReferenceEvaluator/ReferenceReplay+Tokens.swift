// GetSessionToken, GetFederationToken, AssumeRoot and the sign-in of Identity Center
extension ReferenceReplay {
    /// ENT-17: twelve hours if nobody asks; root gets an hour at most; nil outside the limits.
    private func tokenDuration(_ verb: JSON, caller: Caller) -> Int? {
        let seconds = verb["durationSeconds"]?.wholeNumber ?? 43200
        guard (900...129_600).contains(seconds) else {
            return nil
        }
        return caller.kind == .root ? min(seconds, 3600) : seconds
    }

    func getSessionToken(_ verb: JSON, caller: Caller, step: JSON) -> Outcome {
        guard let seconds = tokenDuration(verb, caller: caller) else {
            return .only(.invalid)
        }
        let decision = decide(
            ["sts:GetSessionToken"],
            on: "*",
            caller: caller,
            keys: [:],
            step: step,
            verb: verb
        )
        guard decision.decision == "allowed" else {
            return .only(decision)
        }
        var session = caller
        session.session = SessionFacts(
            issued: now,
            mfa: SessionParameters(verb).usesMFA ? .used(at: now) : .absent
        )
        return Outcome(
            decision: decision,
            session: SavedSession(caller: session, expires: now + seconds)
        )
    }

    func getFederationToken(_ verb: JSON, caller: Caller, step: JSON) -> Outcome {
        let parameters = SessionParameters(verb)
        let name = verb["name"]?.text ?? ""
        guard let seconds = tokenDuration(verb, caller: caller),
            SessionParameters.isName(name, length: 2...32), parameters.hasGoodTags,
            parameters.hasGoodPolicies
        else {
            return .only(.invalid)
        }
        let decision = decide(
            ["sts:GetFederationToken"] + (parameters.tags.isEmpty ? [] : ["sts:TagSession"]),
            on: "arn:aws:sts::\(caller.account?.id ?? ""):federated-user/\(name)",
            caller: caller,
            keys: parameters.keys,
            step: step,
            verb: verb
        )
        guard decision.decision == "allowed", let account = caller.account else {
            return .only(decision)
        }
        var session = Caller(
            kind: .federatedUser,
            account: account,
            entity: caller.entity ?? Self.root(of: account)
        )
        // STS-33: passed tags stand over the user's; they go no further.
        session.sessionTags = parameters.tags
        session.session = SessionFacts(
            issued: now,
            policies: parameters.policies(of: account, managed: managed),
            federatedName: name
        )
        return Outcome(
            decision: decision,
            session: SavedSession(caller: session, expires: now + seconds)
        )
    }

    /// ROOT-1: the root user as one who may do everything, for his federated sessions.
    private static func root(of account: Account) -> Entity {
        let everything = PolicyDocument(AWSManagedPolicies.allowEverything)
        return Entity(
            arn: "arn:aws:iam::\(account.id):root",
            name: "root",
            uniqueID: account.id,
            tags: [:],
            policies: [NamedPolicy(name: "", document: everything)],
            boundary: nil,
            trustPolicy: nil,
            isServiceLinked: false,
            isOfIdentityCenter: false,
            maximumDuration: 3600
        )
    }
}

extension ReferenceReplay {
    /// A privileged session in a member account (ROOT-7).
    func assumeRoot(_ verb: JSON, caller: Caller, step: JSON) -> Outcome {
        let seconds = verb["durationSeconds"]?.wholeNumber ?? 900
        guard (0...900).contains(seconds), let task = verb["taskPolicyArn"]?.text,
            let policy = RootTask.policy(task)
        else {
            return .only(.invalid)
        }
        let given = verb["targetPrincipal"]?.text ?? ""
        let name = given.hasPrefix("arn:") ? ARNText.segment(4, of: given) : given
        guard let target = evaluator.organization.account(name) else {
            return .only(.unreadable)
        }
        guard mayOpenRootSessions(caller), target.isMember, !target.isManagement else {
            return .only(.serviceRule)
        }
        let decision = decide(
            ["sts:AssumeRoot"],
            on: "arn:aws:iam::\(target.id):root",
            caller: caller,
            keys: ["sts:TaskPolicyArn": .single(task)],
            step: step,
            verb: verb
        )
        guard decision.decision == "allowed" else {
            return .only(decision)
        }
        var session = Caller(kind: .root, account: target)
        session.session = SessionFacts(
            issued: now,
            policies: [policy],
            sourceIdentity: caller.session?.sourceIdentity,
            isAssumedRoot: true
        )
        return Outcome(
            decision: decision,
            session: SavedSession(caller: session, expires: now + seconds)
        )
    }

    /// Users and roles of the management account or of IAM's delegated administrator.
    private func mayOpenRootSessions(_ caller: Caller) -> Bool {
        guard evaluator.organization.allowsRootSessions, let account = caller.account,
            caller.kind == .user || caller.kind == .role, account.isMember
        else {
            return false
        }
        let administrators = evaluator.organization.rootAdministrators
        return account.isManagement || administrators.contains(account.name)
            || administrators.contains(account.id)
    }

    /// IDC-2 to IDC-8: who holds the set where it is provisioned gets its role.
    func signIn(_ verb: JSON) -> Outcome {
        let user = verb["user"]?.text ?? ""
        let set = verb["permissionSet"]?.text ?? ""
        let account = verb["account"]?.text ?? ""
        let person = JSON.object(["principal": .string("sso:\(user)/\(set)@\(account)")])
        guard var session = evaluator.caller(person), let role = session.entity else {
            return .only(.serviceRule)
        }
        // ROOT-9
        if session.account?.isSuspended ?? false {
            return .only(.invalid)
        }
        // IDC-11: neither username nor MFA keys.
        session.session = SessionFacts(issued: now)
        return Outcome(
            decision: ReferenceDecision(decision: "allowed", reasons: []),
            session: SavedSession(caller: session, expires: now + role.maximumDuration)
        )
    }
}
