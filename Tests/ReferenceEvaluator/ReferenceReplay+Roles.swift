// AssumeRole and its kin
extension ReferenceReplay {
    /// The role a call is about, with its account.
    private func role(_ text: String) -> (entity: Entity, account: Account)? {
        let arn = evaluator.resourceARN(text)
        for account in evaluator.organization.accounts {
            if let role = account.roles.values.first(where: { $0.arn == arn }) {
                return (entity: role, account: account)
            }
        }
        return nil
    }

    /// STS-8, STS-9: the seconds a session lasts; nil where AWS refuses so many.
    private func duration(_ parameters: SessionParameters, role: Entity, caller: Caller) -> Int? {
        let seconds = parameters.duration ?? 3600
        var limit = role.maximumDuration
        if case .service = caller.kind {
            // ENT-17
            limit = 43200
        } else if caller.kind == .role {
            limit = 3600
        }
        return (900...limit).contains(seconds) ? seconds : nil
    }

    /// The pairs of a call (STS-10, STS-12, STS-14).
    private func pairs(_ first: String, _ parameters: SessionParameters, caller: Caller) -> [String]
    {
        var actions = [first]
        if !parameters.tags.isEmpty || !(caller.session?.transitiveTags ?? [:]).isEmpty {
            actions.append("sts:TagSession")
        }
        if parameters.sourceIdentity != nil || caller.session?.sourceIdentity != nil {
            actions.append("sts:SetSourceIdentity")
        }
        return actions
    }

    func assumeRole(_ verb: JSON, caller: Caller, step: JSON) -> Outcome {
        let parameters = SessionParameters(verb)
        guard let role = role(parameters.role) else {
            return .only(.unreadable)
        }
        let inherited = caller.session?.transitiveTags ?? [:]
        let inheritedKeys = Set(inherited.keys.map { $0.lowercased() })
        guard parameters.areWellFormed,
            duration(parameters, role: role.entity, caller: caller) != nil,
            // STS-12: what was inherited cannot be overridden.
            !parameters.tags.keys.contains(where: { inheritedKeys.contains($0.lowercased()) })
        else {
            return .only(.invalid)
        }
        // STS-14: once set it cannot change.
        let carried = caller.session?.sourceIdentity
        if let carried, let wanted = parameters.sourceIdentity, wanted != carried {
            return .only(.invalid)
        }
        return giveOut(
            parameters,
            role: role,
            caller: caller,
            action: "sts:AssumeRole",
            facts: SessionFacts(
                issued: now,
                // KEY-12: present and false, whatever the call came with.
                mfa: .absent,
                sourceIdentity: parameters.sourceIdentity ?? carried,
                transitiveTags: inherited
            ),
            keys: [:],
            step: step,
            verb: verb
        )
    }

    /// STS-16: the provider must exist; its ARN names the account it is in.
    private func hasProvider(_ arn: String, kind: String, where isKnown: (Account) -> Bool) -> Bool
    {
        guard ARNText.segment(5, of: arn).hasPrefix(kind + "/"),
            let account = evaluator.organization.account(ARNText.segment(4, of: arn))
        else {
            return false
        }
        return isKnown(account)
    }

    func assumeRoleWithSAML(_ verb: JSON, step: JSON) -> Outcome {
        let parameters = SessionParameters(verb)
        guard let role = role(parameters.role) else {
            return .only(.unreadable)
        }
        let caller = Caller(kind: .federated(provider: parameters.provider))
        let name = String(ARNText.segment(5, of: parameters.provider).dropFirst(14))
        guard parameters.areWellFormed,
            duration(parameters, role: role.entity, caller: caller) != nil,
            hasProvider(
                parameters.provider,
                kind: "saml-provider",
                where: { $0.samlProviders.contains(name) }
            )
        else {
            return .only(.invalid)
        }
        let subject: [String: RequestContext.Value] =
            parameters.subject.map { ["saml:sub": .single($0)] } ?? [:]
        var keys = subject
        keys["saml:aud"] = parameters.audience.map { .single($0) }
        return giveOut(
            parameters,
            role: role,
            caller: caller,
            action: "sts:AssumeRoleWithSAML",
            // KEY-8: the subject stays.
            facts: SessionFacts(
                issued: now,
                sourceIdentity: parameters.sourceIdentity,
                keys: subject
            ),
            keys: keys,
            step: step,
            verb: verb
        )
    }

    func assumeRoleWithWebIdentity(_ verb: JSON, step: JSON) -> Outcome {
        let parameters = SessionParameters(verb)
        guard let role = role(parameters.role) else {
            return .only(.unreadable)
        }
        let provider = parameters.provider
        let caller = Caller(kind: .federated(provider: provider))
        let isBuiltIn = Self.builtInProviders.contains(provider)
        let host = isBuiltIn ? provider : String(ARNText.segment(5, of: provider).dropFirst(14))
        let isKnown =
            isBuiltIn
            || hasProvider(provider, kind: "oidc-provider") { account in
                // STS-17: the audience is checked even where no policy asks for it.
                account.oidcProviders[host]?.contains(parameters.audience ?? "") ?? false
            }
        guard parameters.areWellFormed,
            duration(parameters, role: role.entity, caller: caller) != nil, isKnown
        else {
            return .only(.invalid)
        }
        var lasting: [String: RequestContext.Value] = ["aws:FederatedProvider": .single(provider)]
        lasting["\(host):sub"] = parameters.subject.map { .single($0) }
        lasting["\(host):aud"] = parameters.audience.map { .single($0) }
        var keys = lasting
        for (name, value) in parameters.claims?.members ?? [:] {
            if let list = value.elements {
                keys["\(host):\(name)"] = .multiple(list.compactMap(\.scalarText))
            } else {
                keys["\(host):\(name)"] = value.scalarText.map { .single($0) }
            }
        }
        // KEY-7: always there; nothing here lets the provider choose roles.
        keys["sts:RoleAuthorizedByIdp"] = .single("false")
        return giveOut(
            parameters,
            role: role,
            caller: caller,
            action: "sts:AssumeRoleWithWebIdentity",
            facts: SessionFacts(
                issued: now,
                sourceIdentity: parameters.sourceIdentity,
                keys: lasting
            ),
            keys: keys,
            step: step,
            verb: verb
        )
    }

    /// The providers that no account has to set up (PRIN-12).
    private static let builtInProviders = [
        "cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com",
        "accounts.google.com",
    ]

    /// Decides the call and makes the session of it.
    private func giveOut(
        _ parameters: SessionParameters,
        role: (entity: Entity, account: Account),
        caller: Caller,
        action: String,
        facts: SessionFacts,
        keys: [String: RequestContext.Value],
        step: JSON,
        verb: JSON
    ) -> Outcome {
        var keys = keys.merging(parameters.keys) { first, _ in first }
        keys["sts:RoleSessionName"] = .single(parameters.name)
        let decision = decide(
            pairs(action, parameters, caller: caller),
            on: role.entity.arn,
            caller: caller,
            keys: keys,
            step: step,
            verb: verb
        )
        guard decision.decision == "allowed",
            let seconds = duration(parameters, role: role.entity, caller: caller)
        else {
            return .only(decision)
        }
        var facts = facts
        facts.policies = parameters.policies(of: role.account, managed: managed)
        let inherited = facts.transitiveTags
        facts.transitiveTags.merge(parameters.transitiveTags) { first, _ in first }
        var session = Caller(
            kind: .role,
            account: role.account,
            entity: role.entity,
            sessionName: parameters.name
        )
        // STS-12: inherited tags stand over the role's own like those passed.
        session.sessionTags = inherited.merging(parameters.tags) { first, _ in first }
        session.session = facts
        return Outcome(
            decision: decision,
            session: SavedSession(caller: session, expires: now + seconds)
        )
    }
}
