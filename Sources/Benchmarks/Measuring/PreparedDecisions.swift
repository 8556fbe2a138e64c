import Authorization

/// Decides prepared requests one after another: the one place where rows meet the engine.
struct PreparedDecisions: Sendable {
    let engine: Engine
    let requests: [Request]

    var count: Int { requests.count }

    /// What is recorded of each decision.
    enum Recording: String, CaseIterable, Sendable {
        case verdict = "verdict only"
        case reasons = "with reasons"
        case trace = "with full trace"
    }

    /// Decides every request once; the number of those allowed keeps the work from being left out.
    @discardableResult
    func decideAll(_ recording: Recording) -> Int {
        var allowed = 0
        for request in requests {
            let outcome =
                switch recording {
                case .verdict: engine.decide(request, telling: .verdict).outcome
                case .reasons: engine.decide(request).outcome
                case .trace: engine.trace(request).decision.outcome
                }
            if outcome == .allowed { allowed += 1 }
        }
        return allowed
    }
}
