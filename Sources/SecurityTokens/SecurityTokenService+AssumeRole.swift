import Authorization
import OrganizationModel
import PolicyLanguage

extension SecurityTokenService {
    /// Source: AWS STS API Reference, "AssumeRole" (STS-1…15).
    func assumeRole(_ request: TokenRequest.AssumeRole, by call: Call) -> Outcome {
        let inherited = call.caller.session
        if let problem = problem(request, by: call) { return reject(problem) }
        var call = call
        if request.parameters.hasMFA { call = call.withMFA }
        return assume(
            request,
            as: "sts:AssumeRole",
            by: call,
            inherited: call.caller.isRoleSession ? inherited : nil,
            keys: []
        )
    }

    /// Source: AWS STS API Reference, "AssumeRoleWithSAML" (STS-16).
    func assumeRoleWithSAML(
        _ request: TokenRequest.AssumeRole,
        _ federation: TokenRequest.Federation,
        _ call: Call
    ) -> Outcome {
        let name = String(federation.provider.resource.drop { $0 != "/" }.dropFirst())
        let account = engine.organization.account(request.role.account)
        let isThere =
            federation.provider.accountID == request.role.account
            && (account?.settings.samlProviders.contains(name) ?? false)
        guard isThere else {
            return reject("the account has no SAML provider '\(federation.provider)'")
        }
        var keys: [Session.Key] = federation.claims.map {
            .init(ConditionKey("saml:" + $0.name), $0.value)
        }
        if let subject = federation.subject { keys.append(.init("saml:sub", .single(subject))) }
        let lasting = keys.filter {
            ["saml:sub", "saml:sub_type", "saml:namequalifier"].contains($0.key.canonical)
        }
        if let audience = federation.audience { keys.append(.init("saml:aud", .single(audience))) }
        return federate(
            request,
            as: "sts:AssumeRoleWithSAML",
            .federation(provider: federation.provider.description, keys: keys),
            call,
            lasting: lasting
        )
    }

    /// Source: AWS STS API Reference, "AssumeRoleWithWebIdentity" (STS-16, STS-17).
    func assumeRoleWithWebIdentity(
        _ request: TokenRequest.AssumeRole,
        _ federation: TokenRequest.Federation,
        _ call: Call
    ) -> Outcome {
        let host = String(federation.provider.resource.drop { $0 != "/" }.dropFirst())
        let account = engine.organization.account(request.role.account)
        guard federation.provider.accountID == request.role.account,
            let audiences = account?.settings.oidcProviders[host]
        else { return reject("the account has no OIDC provider '\(federation.provider)'") }
        if let audience = federation.audience, !audiences.contains(audience) {
            return reject("the provider does not list the audience '\(audience)'")
        }
        var keys: [Session.Key] = federation.claims.map {
            .init(ConditionKey("\(host):\($0.name)"), $0.value)
        }
        if let subject = federation.subject {
            keys.append(.init(ConditionKey("\(host):sub"), .single(subject)))
        }
        if let audience = federation.audience ?? (audiences.count == 1 ? audiences[0] : nil) {
            keys.append(.init(ConditionKey("\(host):aud"), .single(audience)))
        }
        keys.append(.init("aws:FederatedProvider", .single(federation.provider.description)))
        let lasting = keys
        keys.append(.init("sts:RoleAuthorizedByIdp", .single("false")))
        return federate(
            request,
            as: "sts:AssumeRoleWithWebIdentity",
            .federation(provider: federation.provider.description, keys: keys),
            call,
            lasting: lasting
        )
    }

    private func federate(
        _ request: TokenRequest.AssumeRole,
        as action: String,
        _ caller: Caller,
        _ call: Call,
        lasting: [Session.Key]
    ) -> Outcome {
        let call = call.with(caller, call.context)
        if let problem = problem(request, by: call) { return reject(problem) }
        return assume(request, as: action, by: call, inherited: nil, keys: lasting)
    }
}

extension SecurityTokenService {
    /// Why STS rejects the call before it authorizes it.
    private func problem(_ request: TokenRequest.AssumeRole, by call: Call) -> String? {
        if let problem = ParameterRules.problem(sessionName: request.roleSessionName)
            ?? ParameterRules.problem(externalID: request.externalID)
            ?? ParameterRules.problem(request.parameters)
        {
            return problem
        }
        return durationProblem(request, by: call) ?? chainProblem(request, by: call)
    }

    /// STS-8, STS-9: 900 seconds to the role's maximum, one hour along a chain.
    private func durationProblem(_ request: TokenRequest.AssumeRole, by call: Call) -> String? {
        guard let seconds = request.parameters.durationSeconds else { return nil }
        let role = engine.organization.account(request.role.account)?.role(request.role.name)
        var limit = role?.maxSessionDuration ?? 3_600
        // The services that assume roles do not mind the role's maximum (ENT-17).
        if case .service = call.caller { limit = 43_200 }
        if call.caller.isRoleSession { limit = min(limit, 3_600) }
        return (900...limit).contains(seconds)
            ? nil : "\(seconds) seconds is not a duration of 900 to \(limit) seconds"
    }

    /// STS-12, STS-14: what a chain has set cannot be changed on the way.
    private func chainProblem(_ request: TokenRequest.AssumeRole, by call: Call) -> String? {
        guard call.caller.isRoleSession, let session = call.caller.session else { return nil }
        if let own = session.sourceIdentity, let wanted = request.parameters.sourceIdentity,
            own != wanted
        {
            return "the source identity is '\(own)' and cannot be changed"
        }
        let inherited = session.transitiveTagKeys
        let tags = request.parameters.tags.pairs
        guard let tag = tags.first(where: { inherited.contains($0.key.lowercased()) }) else {
            return nil
        }
        return "the inherited tag '\(tag.key)' cannot be overridden"
    }

    /// Decides all actions of the call and makes the session.
    private func assume(
        _ request: TokenRequest.AssumeRole,
        as action: String,
        by call: Call,
        inherited: Session?,
        keys: [Session.Key]
    ) -> Outcome {
        let parameters = request.parameters
        let transitive = inherited?.transitiveTags ?? Tags()
        let sourceIdentity = parameters.sourceIdentity ?? inherited?.sourceIdentity
        let call = call.adding(contextKeys(request))
        var pairs = [decide(action, request, call)]
        if !parameters.tags.isEmpty || !transitive.isEmpty {
            pairs.append(decide("sts:TagSession", request, call))
        }
        if sourceIdentity != nil {
            let isCarried = inherited?.sourceIdentity != nil
            pairs.append(
                decide("sts:SetSourceIdentity", request, call, needsIdentityAllow: isCarried)
            )
        }
        let session = Session(
            name: request.roleSessionName,
            issuedAt: instant,
            expiresAt: instant.adding(seconds: Int64(parameters.durationSeconds ?? 3_600)),
            mfa: call.caller.isFederation ? .notCarried : .notUsed,
            tags: parameters.tags.overlaid(with: transitive),
            transitiveTagKeys: transitive.keys
                .union(parameters.transitiveTagKeys.map { $0.lowercased() }),
            sourceIdentity: sourceIdentity,
            policies: parameters.policies,
            keys: keys,
            origin: .call(action, by: call.caller)
        )
        return combined(pairs, .role(request.role, session))
    }

    private func decide(
        _ action: String,
        _ request: TokenRequest.AssumeRole,
        _ call: Call,
        needsIdentityAllow: Bool = false
    ) -> Decided {
        guard let name = ActionName(action) else {
            preconditionFailure("the actions of STS are well-formed")
        }
        var wanted = self.request(name, request.roleARN, call)
        wanted.needsIdentityAllow = needsIdentityAllow
        return Decided(request: wanted, decision: engine.decide(wanted))
    }

    /// KEY-7, KEY-11: what the call itself puts into the context.
    private func contextKeys(_ request: TokenRequest.AssumeRole) -> GivenContext {
        let parameters = request.parameters
        var keys = GivenContext()
        keys.set("sts:RoleSessionName", to: .single(request.roleSessionName))
        keys.set("sts:ExternalId", to: request.externalID.map { .single($0) })
        // The value requested; one that is carried along shows as aws:SourceIdentity (STS-14).
        keys.set("sts:SourceIdentity", to: parameters.sourceIdentity.map { .single($0) })
        keys.set(tags: parameters.tags)
        let transitive = parameters.transitiveTagKeys
        keys.set("sts:TransitiveTagKeys", to: transitive.isEmpty ? nil : .set(transitive))
        return keys
    }
}

extension GivenContext {
    /// `aws:RequestTag/…` and `aws:TagKeys` of a call that passes tags.
    mutating func set(tags: Tags) {
        for tag in tags.pairs {
            set(ConditionKey("aws:RequestTag/" + tag.key), to: .single(tag.value))
        }
        set("aws:TagKeys", to: tags.isEmpty ? nil : .set(tags.pairs.map(\.key)))
    }
}

extension SecurityTokenService.Call {
    /// The call with keys that follow from its parameters; what is given wins.
    func adding(_ keys: GivenContext) -> Self {
        var following = GivenContext()
        // A key that is absent by its parameter may still be unknown on purpose.
        for entry in keys.entries where entry.value != nil || !unknownKeys.name(entry.key) {
            following.set(entry.key, to: entry.value)
        }
        return with(caller, following.overlaid(with: context))
    }

    /// The same call by somebody else, with another context.
    func with(_ caller: Caller, _ context: GivenContext) -> Self {
        Self(
            caller,
            context: context,
            endpoint: endpoint,
            unknownKeys: unknownKeys,
            without: without
        )
    }

    /// With the keys of an MFA code that came with the call (KEY-11).
    var withMFA: Self {
        var keys = GivenContext()
        keys.set("aws:MultiFactorAuthPresent", to: .single("true"))
        keys.set("aws:MultiFactorAuthAge", to: .single("0"))
        return adding(keys)
    }
}

extension Caller {
    /// Assuming a role from a role session is chaining (STS-9).
    var isRoleSession: Bool { if case .role = self { true } else { false } }

    var isFederation: Bool { if case .federation = self { true } else { false } }
}

extension Session {
    /// Tags that go on to the next role of a chain (STS-12).
    fileprivate var transitiveTags: Tags {
        Tags(tags.pairs.filter { transitiveTagKeys.contains($0.key.lowercased()) })
    }
}

extension Tags {
    fileprivate var keys: Set<String> { Set(pairs.map { $0.key.lowercased() }) }
}
