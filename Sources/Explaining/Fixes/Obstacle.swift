import Authorization
import JSONSource

/// Something that stands in the way of one request of a question.
struct Obstacle: Hashable {
    /// Which of the question's requests.
    let request: Int
    let reason: Reason

    // A statement is known by where it was written: its index changes with the others of its
    // document.
    static func == (left: Obstacle, right: Obstacle) -> Bool {
        left.request == right.request && left.reason.policyType == right.reason.policyType
            && left.reason.kind == right.reason.kind && left.reason.policy == right.reason.policy
            && left.reason.target == right.reason.target && left.reason.span == right.reason.span
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(request)
        hasher.combine(reason.policyType)
        hasher.combine(reason.kind)
        hasher.combine(reason.policy)
        hasher.combine(reason.target)
        hasher.combine(reason.span)
    }

    var isDenial: Bool { reason.kind == .explicitDeny }
}

extension Answer {
    /// Everything that stands in the way, request by request; nil where no policy can be asked.
    func obstacles(_ engine: Engine) -> [Obstacle]? {
        switch decision.outcome {
        case .allowed: return []
        case .invalid, .expiredToken: return nil
        case .explicitDeny, .implicitDeny, .undetermined: break
        }
        var found: [Obstacle] = []
        for (index, request) in requests.enumerated() {
            let decision = engine.decide(request)
            switch decision.outcome {
            case .allowed: continue
            case .invalid, .expiredToken: return nil
            case .explicitDeny, .implicitDeny, .undetermined:
                found += decision.reasons.map { Obstacle(request: index, reason: $0) }
            }
        }
        if found.isEmpty { found = decision.reasons.map { Obstacle(request: 0, reason: $0) } }
        return found
    }
}
