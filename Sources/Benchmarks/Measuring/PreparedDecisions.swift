import Authorization

/// Decides prepared requests one after another: the one place where rows meet the engine.
// INVARIANT: used by one thread at a time.
final class PreparedDecisions: @unchecked Sendable {
    private var decider: Decider
    private let prepared: [PreparedRequest]

    init(engine: Engine, requests: [Request]) {
        var decider = engine.decider()
        prepared = requests.map { decider.prepare($0) }
        self.decider = decider
    }

    var count: Int { prepared.count }

    /// What is recorded of each decision.
    enum Recording: String, CaseIterable, Sendable {
        case verdict = "verdict only"
        case reasons = "with reasons"
        case trace = "with full trace"
    }

    /// Decides every request once; the number of those allowed keeps the work from being left out.
    @discardableResult
    func decideAll(_ recording: Recording) -> Int { Self.decide(prepared, recording, &decider) }

    private static func decide(
        _ prepared: [PreparedRequest],
        _ recording: Recording,
        _ decider: inout Decider
    ) -> Int {
        var allowed = 0
        switch recording {
        case .verdict:
            for request in prepared where decider.verdict(request) == .allowed { allowed += 1 }
        case .reasons:
            for request in prepared where decider.decide(request) == .allowed { allowed += 1 }
        case .trace:
            for request in prepared where decider.trace(request) == .allowed { allowed += 1 }
        }
        return allowed
    }
}
