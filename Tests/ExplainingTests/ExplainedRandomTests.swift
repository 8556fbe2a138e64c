import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import ReferenceEvaluator
import Reports
import Scenarios
import Testing

/// Explanations of random requests: they agree with the decision, and every text can be printed.
@Suite("Explanations of random requests")
struct ExplainedRandomTests {
    private static let now = Instant(seconds: Int64(RandomOrganization.now))

    private func requests(seed: UInt64, _ count: Int) throws -> (ExplainedWorld, [Request]) {
        let organization = RandomOrganization(seed: seed)
        let world = try ExplainedWorld(warned: organization.organizationText())
        let requests = (0..<count).compactMap { number in
            try? RequestLine.read(
                Array(organization.request(number).utf8),
                engine: world.engine,
                at: Self.now
            )
        }
        #expect(requests.count > count / 2)
        return (world, requests)
    }

    @Test("marks agree with the reasons (EVAL-2, EVAL-3)", arguments: 0..<5)
    func agree(slice: Int) throws {
        for seed in UInt64(slice * 5)..<UInt64(slice * 5 + 5) {
            let (world, requests) = try requests(seed: seed, 30)
            for (number, request) in requests.enumerated() {
                let explanation = Explanation(of: request, by: world.engine)
                explanation.expectAgreement("seed \(seed), request \(number)")
                #expect(explanation.decision.reasons == world.engine.decide(request).reasons)
            }
        }
    }

    @Test("with unknown keys no layer is said to stand in the way for certain", arguments: 0..<3)
    func unknown(slice: Int) throws {
        for seed in UInt64(slice * 5)..<UInt64(slice * 5 + 5) {
            let (world, requests) = try requests(seed: seed, 20)
            for var request in requests {
                request.unknownKeys.insert("*")
                let explanation = Explanation(of: request, by: world.engine)
                let isOpen = explanation.decision.outcome == .undetermined
                let told = Set(explanation.layers.flatMap(\.reasons))
                #expect(told == Set(explanation.decision.reasons))
                #expect(!isOpen || !explanation.layers.contains { $0.mark == .blocks })
                // What a layer says may hang on them where the verdict does not, unless all allow.
                let open = explanation.layers.filter { $0.mark == .depends }
                #expect(isOpen || open.allSatisfy(\.reasons.isEmpty))
                #expect(explanation.decision.outcome != .allowed || open.isEmpty)
                #expect(!world.text(explanation, .trace).isEmpty)
            }
        }
    }
}
