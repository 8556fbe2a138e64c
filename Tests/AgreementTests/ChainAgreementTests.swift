import Authorization
import JSONSource
import ReferenceEvaluator
import Scenarios
import Testing

/// The engine against the literal reference evaluator on random chains of sessions.
@Suite struct ChainAgreementTests {
    /// 5,000 chains: assume, tag, assume again, act, let time pass.
    @Test("engine and reference agree on seeded random chains", arguments: 0..<10)
    func agreesOnRandomChains(slice: Int) throws {
        for seed in UInt64(slice * 500)..<UInt64(slice * 500 + 500) { try expectAgreement(seed) }
    }

    /// Seeds on which the two once disagreed; each stays here for good.
    @Test(
        "chains that once disagreed agree",
        arguments: [UInt64]([11, 61, 70, 94, 106, 361, 472, 503, 774, 1009, 1203, 1565])
    )
    func agreesOnOldDisagreements(seed: UInt64) throws {
        try expectAgreement(seed)
    }

    @Test("the generator makes chains of every kind")
    func generatorCoversChains() {
        var outcomes: [String: Int] = [:]
        var sessions = (asked: 0, allowed: 0)
        for seed in UInt64(0)..<300 {
            for move in RandomChain(seed: seed).moves() {
                guard let decision = move.decision else { continue }
                outcomes[decision.decision, default: 0] += 1
                guard move.step["action"] == nil else { continue }
                sessions.asked += 1
                if decision.decision == "allowed" { sessions.allowed += 1 }
            }
        }
        let kinds = ["allowed", "explicitDeny", "implicitDeny", "invalid", "expiredToken"]
        #expect(Set(kinds).isSubset(of: outcomes.keys))
        #expect(sessions.allowed * 100 >= sessions.asked * 35)
    }

    private func expectAgreement(_ seed: UInt64) throws {
        let chain = RandomChain(seed: seed)
        let moves = chain.moves()
        let steps = moves.map(\.step.serialized).joined(separator: ",\n")
        let text = "{\"organization\": \(chain.organizationText()),\n\"steps\": [\n\(steps)\n]}"
        let reader = FileReader { _ in .success(Array(text.utf8)) }
        let sources = SourceMap()
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        let scenario = scenarios.read("chain.json")
        let problems = DiagnosticRenderer(sources: sources).render(scenarios.diagnostics)
        let replayed = ScenarioReplay.run(try #require(scenario, "chain \(seed): \(problems)"))
        let errors = DiagnosticRenderer(sources: sources).render(replayed.diagnostics)
        #expect(replayed.diagnostics.isEmpty, "chain \(seed): \(errors)")
        for (move, step) in zip(moves, replayed.value.steps) {
            guard let expected = move.decision else { continue }
            let decision = try #require(step.checks.first?.decision, "chain \(seed): no decision")
            let comment = "chain \(seed), step \(step.index): \(move.step.serialized)"
            #expect(Verdict(decision) == Verdict(expected), "\(comment)")
        }
    }
}
