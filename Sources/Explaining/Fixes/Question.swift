package import Authorization
import JSONSource
import OrganizationModel
package import PolicyLanguage
package import SecurityTokens

/// What is asked of an engine, so that it can be asked of another one, or a little differently.
package enum Question: Sendable {
    case request(Request)
    /// A call that obtains a session, with everything it is asked of.
    case call(TokenRequest, SecurityTokenService.Call, at: Instant)
}

/// What an engine says to a question.
package struct Answer: Sendable {
    package let decision: Decision
    /// The requests that each must be allowed; empty where the call was settled before.
    package let requests: [Request]
}

extension Question {
    package var caller: Caller {
        switch self {
        case .request(let request): request.caller
        case .call(_, let call, _): call.caller
        }
    }

    package var instant: Instant {
        switch self {
        case .request(let request): request.instant
        case .call(_, _, let instant): instant
        }
    }

    package func answer(_ engine: Engine) -> Answer {
        switch self {
        case .request(let request):
            return Answer(decision: engine.decide(request), requests: [request])
        case .call(let token, let call, let instant):
            let outcome = SecurityTokenService(engine, at: instant).obtain(token, by: call)
            return Answer(decision: outcome.decision, requests: outcome.requests)
        }
    }

    /// The same question with other keys, or by a caller in another session.
    func with(context: GivenContext, caller: Caller) -> Question {
        switch self {
        case .request(var request):
            request.context = request.context.overlaid(with: context)
            request.caller = caller
            return .request(request)
        case .call(let token, let call, let instant):
            let changed = SecurityTokenService.Call(
                caller,
                context: call.context.overlaid(with: context),
                endpoint: call.endpoint,
                unknownKeys: call.unknownKeys,
                without: call.without
            )
            return .call(token, changed, at: instant)
        }
    }

    /// The answer once the caller has made the edits; nil when he cannot.
    package func answer(_ engine: Engine, with edits: CallEdits) -> Answer? {
        if edits.isEmpty { return answer(engine) }
        var caller = caller
        if !edits.sessionPolicies.isEmpty {
            guard let changed = caller.changing(edits.sessionPolicies) else { return nil }
            caller = changed
        }
        if let role = edits.role {
            guard
                let question = Question.assuming(
                    role,
                    by: caller,
                    with: edits.context,
                    at: instant,
                    in: engine
                ),
                case .call(let token, let call, _) = question,
                let session = SecurityTokenService(engine, at: instant)
                    .obtain(token, by: call).caller
            else { return nil }
            caller = session
        }
        return with(context: edits.context, caller: caller).answer(engine)
    }

    /// Whether a caller may assume a role.
    static func assuming(
        _ role: IAMEntity,
        by caller: Caller,
        with context: GivenContext = GivenContext(),
        at instant: Instant,
        in engine: Engine
    ) -> Question? {
        guard let found = engine.organization.account(role.account)?.role(role.name) else {
            return nil
        }
        let token = TokenRequest.AssumeRole(
            role: found.entity,
            roleARN: found.arn.description,
            roleSessionName: CallerResolver.directSessionName
        )
        let call = SecurityTokenService.Call(caller, context: context)
        return .call(.assumeRole(token), call, at: instant)
    }
}

extension Caller {
    /// The caller in a session that was obtained with other policies; nil where none are passed.
    fileprivate func changing(_ edits: [SessionPolicyEdit]) -> Caller? {
        guard let session, let changed = session.changing(edits) else {
            return nil
        }
        switch self {
        case .role(let role, _): return .role(role, changed)
        case .federatedUser(let account, let user, _):
            return .federatedUser(account, user: user, changed)
        case .root, .user, .assumedRoot, .service, .federation, .anonymous, .outsider: return nil
        }
    }
}

extension Session {
    fileprivate func changing(_ edits: [SessionPolicyEdit]) -> Session? {
        var policies = self.policies ?? []
        var removed: [Int: Set<Int>] = [:]
        for edit in edits {
            switch edit {
            case .adding(let statement):
                let text = JSONOutput.fields([
                    "Version": .string("2012-10-17"), "Statement": .array([statement]),
                ])
                let document = PolicyParser.parse(JSONValue(written: text), as: .session).value
                guard let document else { return nil }
                policies.append(Policy(name: nil, document: document))
            case .removing(let policy, let statement):
                removed[policy, default: []].insert(statement)
            }
        }
        for (place, statements) in removed {
            guard policies.indices.contains(place) else { return nil }
            let policy = policies[place]
            policies[place] = Policy(
                name: policy.name,
                arn: policy.arn,
                document: policy.document.without(statements),
                writtenAt: policy.writtenAt
            )
        }
        return Session(
            name: name,
            issuedAt: issuedAt,
            expiresAt: expiresAt,
            mfa: mfa,
            tags: tags,
            transitiveTagKeys: transitiveTagKeys,
            sourceIdentity: sourceIdentity,
            policies: policies,
            keys: keys,
            origin: origin
        )
    }
}

extension PolicyDocument {
    fileprivate func without(_ indices: Set<Int>) -> PolicyDocument {
        PolicyDocument(
            version: version,
            id: id,
            statements: statements.filter { !indices.contains($0.index) },
            at: span,
            size: size
        )
    }
}
