import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import SecurityTokens

extension RequestResolver {
    /// Makes a session call; nil, with diagnostics, where a name means nothing.
    func obtain(
        _ call: SessionCall,
        by caller: Caller,
        _ circumstances: Circumstances,
        _ diagnostics: inout [Diagnostic]
    ) -> SecurityTokenService.Outcome? {
        guard
            case .call(let token, let call, _) = question(
                call,
                by: caller,
                circumstances,
                &diagnostics
            )
        else { return nil }
        return SecurityTokenService(engine, at: instant).obtain(token, by: call)
    }

    /// A session call as a question that any engine can be asked; nil, with diagnostics, where a
    /// name means nothing.
    func question(
        _ call: SessionCall,
        by caller: Caller,
        _ circumstances: Circumstances,
        _ diagnostics: inout [Diagnostic]
    ) -> Question? {
        let before = diagnostics.count
        let request = tokenRequest(call, by: caller, &diagnostics)
        var endpoint: ARN?
        if let through = circumstances.endpoint {
            endpoint = self.endpoint(through, &diagnostics)
        }
        guard let request, diagnostics.count == before else { return nil }
        let call = SecurityTokenService.Call(
            caller,
            context: circumstances.context,
            endpoint: endpoint,
            unknownKeys: circumstances.unknownKeys,
            without: circumstances.without
        )
        return .call(request, call, at: instant)
    }

    /// A session call with every name looked up; problems are reported at their places.
    private func tokenRequest(
        _ call: SessionCall,
        by caller: Caller?,
        _ diagnostics: inout [Diagnostic]
    ) -> TokenRequest? {
        switch call.verb {
        case .assumeRole:
            return assumeRole(call, &diagnostics).map { .assumeRole($0) }
        case .assumeRoleWithSAML:
            guard let role = assumeRole(call, &diagnostics), let federation = federation(call)
            else {
                return nil
            }
            return .assumeRoleWithSAML(role, federation)
        case .assumeRoleWithWebIdentity:
            guard let role = assumeRole(call, &diagnostics), let federation = federation(call)
            else {
                return nil
            }
            return .assumeRoleWithWebIdentity(role, federation)
        case .getSessionToken:
            var token = TokenRequest.GetToken(name: "")
            token.parameters = parameters(call, owner: nil, &diagnostics)
            return .getSessionToken(token)
        case .getFederationToken:
            var token = TokenRequest.GetToken(name: call.sessionName ?? "")
            token.parameters = parameters(call, owner: owner(of: caller), &diagnostics)
            return .getFederationToken(token)
        case .assumeRoot: return assumeRoot(call, &diagnostics).map { .assumeRoot($0) }
        case .signIn: return signIn(call, &diagnostics).map { .signIn($0) }
        }
    }

    private func owner(of caller: Caller?) -> Account? {
        switch caller {
        case .user(let entity, _), .role(let entity, _):
            engine.organization.account(entity.account)
        case .root(let id, _), .federatedUser(let id, _, _), .assumedRoot(let id, _):
            engine.organization.account(id)
        case .service, .federation, .anonymous, .outsider, nil: nil
        }
    }

    private func assumeRole(
        _ call: SessionCall,
        _ diagnostics: inout [Diagnostic]
    ) -> TokenRequest.AssumeRole? {
        guard let name = call.role else { return nil }
        let found = resolve(at: name.span, &diagnostics) {
            () throws(CallerResolver.Problem) in try resolver.role(name.text)
        }
        guard let found else { return nil }
        var request = TokenRequest.AssumeRole(
            role: found.role.entity,
            roleARN: found.role.arn.description,
            roleSessionName: call.sessionName ?? CallerResolver.directSessionName
        )
        request.externalID = call.externalID
        request.parameters = parameters(call, owner: found.account, &diagnostics)
        return request
    }

    private func parameters(
        _ call: SessionCall,
        owner: Account?,
        _ diagnostics: inout [Diagnostic]
    ) -> SessionParameters {
        var parameters = SessionParameters()
        parameters.policy = call.policy.map { Policy(name: nil, document: $0) }
        parameters.managedPolicies = call.policyARNs.compactMap { arn in
            let policies = owner?.settings.managedPolicies.values.sorted {
                $0.arn ?? "" < $1.arn ?? ""
            }
            if let policy = policies?.first(where: { $0.arn == arn.text }) { return policy }
            if let policy = engine.organization.managedPolicies[arn.text] { return policy }
            if let policy = BuiltInPolicies.policy(arn.text) { return policy }
            let message = "'\(arn.text)' is no managed policy of the role's account or of AWS"
            diagnostics.append(.error("session.unknown-policy", message, at: arn.span))
            return nil
        }
        parameters.tags = Tags(call.tags.map { Tags.Tag(key: $0.key, value: $0.value) })
        parameters.transitiveTagKeys = call.transitiveTagKeys
        parameters.sourceIdentity = call.sourceIdentity
        parameters.durationSeconds = call.durationSeconds
        parameters.hasMFA = call.hasMFA
        return parameters
    }

    private func federation(_ call: SessionCall) -> TokenRequest.Federation? {
        guard let arn = call.provider.flatMap({ ARN($0.text) }) else { return nil }
        return TokenRequest.Federation(
            provider: arn,
            audience: call.audience,
            subject: call.subject,
            claims: call.claims.map { .init(name: $0.name, value: $0.value) }
        )
    }

    /// The target is an account by name or id, or the ARN of its root.
    private func assumeRoot(
        _ call: SessionCall,
        _ diagnostics: inout [Diagnostic]
    ) -> TokenRequest.AssumeRoot? {
        guard let target = call.target else { return nil }
        let name = ARN(target.text)?.account ?? target.text
        let account = resolve(at: target.span, &diagnostics) {
            () throws(CallerResolver.Problem) in try resolver.account(name)
        }
        return account.map {
            .init(
                target: $0.id,
                taskPolicyARN: call.taskPolicyARN ?? "",
                durationSeconds: call.durationSeconds
            )
        }
    }

    private func signIn(
        _ call: SessionCall,
        _ diagnostics: inout [Diagnostic]
    ) -> TokenRequest.SignIn? {
        guard let user = call.user, let set = call.permissionSet, let account = call.account else {
            return nil
        }
        let person = resolve(at: user.span, &diagnostics) {
            () throws(CallerResolver.Problem) in try resolver.identityCenterUser(user.text)
        }
        let permissionSet = resolve(at: set.span, &diagnostics) {
            () throws(CallerResolver.Problem) in try resolver.permissionSet(set.text)
        }
        let place = resolve(at: account.span, &diagnostics) {
            () throws(CallerResolver.Problem) in try resolver.account(account.text)
        }
        guard let person, let permissionSet, let place else { return nil }
        return .init(user: person.name, permissionSet: permissionSet.name, account: place.id)
    }
}
