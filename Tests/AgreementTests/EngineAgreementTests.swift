import Authorization
import PolicyLanguage
import ReferenceEvaluator
import Scenarios
import Testing

/// The engine against the literal reference evaluator on random organizations.
@Suite struct EngineAgreementTests {
    /// 21,000 requests over 300 organizations, in slices that run side by side.
    @Test("engine and reference agree on seeded random requests", arguments: 0..<10)
    func agreesOnRandomRequests(slice: Int) throws {
        for seed in UInt64(slice * 30)..<UInt64(slice * 30 + 30) {
            let organization = RandomOrganization(seed: seed)
            try expectAgreement(organization, seed: seed, requests: 70)
        }
    }

    /// Seeds on which the two once disagreed; each stays here for good.
    @Test("seeds that once disagreed agree", arguments: [UInt64]([3, 14, 19, 28, 32, 65]))
    func agreesOnOldDisagreements(seed: UInt64) throws {
        try expectAgreement(RandomOrganization(seed: seed), seed: seed, requests: 300)
    }

    @Test("the generator reaches every policy type, every operator and both outcomes")
    func generatorCoversTheLanguage() throws {
        var coverage = RandomCoverage()
        for seed in UInt64(0)..<60 {
            let organization = RandomOrganization(seed: seed)
            let json = try ReferenceJSONParser.parse(organization.organizationText())
            coverage.add(organization: json)
            let reference = ReferenceEvaluator(organization: json, now: RandomOrganization.now)
            for number in 0..<70 {
                coverage.add(
                    reference.decide(try ReferenceJSONParser.parse(organization.request(number)))
                )
            }
        }
        #expect(coverage.baseOperators == RandomCoverage.allBaseOperators)
        let denied =
            coverage.percentage(of: "explicitDeny") + coverage.percentage(of: "implicitDeny")
        #expect(coverage.percentage(of: "allowed") >= 20)
        #expect(denied >= 20)
        let types = Set(coverage.reasons.keys.map { String($0.prefix { $0 != " " }) })
        let expected = PolicyType.allCases.map(\.rawValue).filter { $0 != "sessionPolicy" }
        #expect(types.isSuperset(of: expected))
    }

    private func expectAgreement(
        _ organization: RandomOrganization,
        seed: UInt64,
        requests: Int
    ) throws {
        let text = organization.organizationText()
        let engine = try RandomEngine.make(organization, seed: seed)
        let json = try ReferenceJSONParser.parse(text)
        let reference = ReferenceEvaluator(organization: json, now: RandomOrganization.now)
        let now = Instant(seconds: Int64(RandomOrganization.now))
        for number in 0..<requests {
            let request = organization.request(number)
            let line = RequestLine(Array(request.utf8), engine: engine, at: now)
            let expected = Verdict(reference.decide(try ReferenceJSONParser.parse(request)))
            guard case .decision(let decision) = line.answer else {
                Issue.record(
                    "seed \(seed), request \(number) is not read: \(line.answer)\n\(request)"
                )
                continue
            }
            #expect(Verdict(decision) == expected, "seed \(seed), request \(number): \(request)")
        }
    }
}
