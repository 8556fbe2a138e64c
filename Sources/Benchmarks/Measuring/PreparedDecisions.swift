import Authorization

/// Decides prepared requests one after another: the one place where rows meet the engine.
// INVARIANT: used by one thread at a time.
final class PreparedDecisions: @unchecked Sendable {
    private var decider: Decider
    /// Another one, whose requests are forgotten.
    private var whole: Decider
    private let requests: [Request]
    private let prepared: [PreparedRequest]

    init(engine: Engine, requests: [Request]) {
        self.requests = requests
        var decider = engine.decider()
        prepared = requests.map { decider.prepareForTrace($0) }
        self.decider = decider
        whole = engine.decider()
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

    /// Prepares and decides every request, and makes a decision with reasons and notes of it.
    @discardableResult
    func decideWhole() -> Int { Self.decideWhole(requests, &whole) }

    private static func decideWhole(_ requests: [Request], _ decider: inout Decider) -> Int {
        var allowed = 0
        for request in requests
        where decider.decision(on: request, telling: .reasons).outcome == .allowed {
            allowed += 1
        }
        decider.forgetRequests()
        return allowed
    }

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
