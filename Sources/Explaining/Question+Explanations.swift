package import Authorization
import SecurityTokens

extension Question {
    /// Why the question is answered as it is, request by request: a call that obtains a session may
    /// need several actions (EVAL-33); those that were denied are told, or else all.
    ///
    /// `name` is how people call the caller.
    package func explanations(
        named name: String?,
        action: String,
        resource: String?,
        by engine: Engine
    ) -> [Explanation] {
        if case .request(let request) = self {
            return [Explanation(of: request, named: name, by: engine)]
        }
        let answer = answer(engine)
        guard answer.requests.isEmpty else {
            return answer.requests.map { Explanation(of: $0, named: name, by: engine) }
        }
        let asked = Explanation.Question(principal: name, action: action, resource: resource)
        return [Explanation(asked, answer.decision)]
    }
}

extension Question {
    /// Whether keys are unknown, so that each answer takes many decisions.
    package var hasUnknownKeys: Bool {
        switch self {
        case .request(let request): !request.unknownKeys.isEmpty
        case .call(_, let call, _): !call.unknownKeys.isEmpty
        }
    }

    /// The condition keys that were given with it.
    package var context: GivenContext {
        switch self {
        case .request(let request): request.context
        case .call(_, let call, _): call.context
        }
    }

    /// The same question with policy types taken not to be there and further keys unknown.
    package func leavingOut(_ types: Set<PolicyType>, unknown: UnknownKeys) -> Question {
        switch self {
        case .request(var request):
            request.without.formUnion(types)
            request.unknownKeys.formUnion(unknown)
            return .request(request)
        case .call(let token, let call, let instant):
            var keys = call.unknownKeys
            keys.formUnion(unknown)
            let changed = SecurityTokenService.Call(
                call.caller,
                context: call.context,
                endpoint: call.endpoint,
                unknownKeys: keys,
                without: call.without.union(types)
            )
            return .call(token, changed, at: instant)
        }
    }
}
