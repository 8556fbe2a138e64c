import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import ReferenceEvaluator
import Scenarios
import Testing

/// Verdicts on unknown keys against every value those keys may have.
@Suite("Unknown keys against brute force") struct UnknownAgreementTests {
    /// 5,000 requests over 250 organizations, in slices that run side by side.
    @Test("a verdict on unknown keys is what trying their values gives", arguments: 0..<10)
    func agreesWithBruteForce(slice: Int) throws {
        var undetermined = 0
        for seed in UInt64(slice * 25)..<UInt64(slice * 25 + 25) {
            let organization = RandomOrganization(seed: seed)
            let engine = try RandomEngine.make(organization, seed: seed)
            var asked = 0
            for number in 0..<400 where asked < 20 {
                guard let outcome = try check(organization, engine, seed, number) else { continue }
                asked += 1
                undetermined += outcome == .undetermined ? 1 : 0
            }
            #expect(asked == 20, "seed \(seed)")
        }
        // Otherwise the generator asks nothing that depends on anything.
        #expect(undetermined >= 50)
    }

    /// Keys that statements ask for whose every other element fits.
    private func relevantKeys(_ engine: Engine, _ request: Request) -> Set<String> {
        let statements = engine.trace(request).trace.layers.flatMap(\.statements)
        let near = statements.filter {
            $0.failed.allSatisfy { element in
                if case .condition = element { true } else { false }
            }
        }
        let keys = near.flatMap { $0.statement.conditions.flatMap(\.keysRead) }
        return Set(keys.map(\.canonical))
    }

    private func check(
        _ organization: RandomOrganization,
        _ engine: Engine,
        _ seed: UInt64,
        _ number: Int
    ) throws -> Decision.Outcome? {
        let now = Instant(seconds: Int64(RandomOrganization.now))
        let line = organization.request(number)
        guard let given = try? RequestLine.read(Array(line.utf8), engine: engine, at: now) else {
            Issue.record("seed \(seed), request \(number) is not read: \(line)")
            return nil
        }
        let keys = organization.unknownKeys(number, among: relevantKeys(engine, given))
        if keys.isEmpty { return nil }
        // The first request with these keys alone given; what was given before is forgotten.
        var known = given
        known.context = GivenContext()
        let names = Set(keys.map { ConditionKey($0.name) })
        for entry in given.context.entries where !names.contains(entry.key) {
            known.context.set(entry.key, to: entry.value)
        }
        var asked = known
        for key in keys { asked.unknownKeys.insert(key.name) }
        let decision = engine.decide(asked)
        let read = engine.trace(given).trace.layers.flatMap(\.statements).flatMap { examined in
            examined.statement.conditions.filter { !names.isDisjoint(with: $0.keysRead) }.map {
                let values = $0.operands.map(\.text)
                return "\(examined.statement.effect) \($0.operator) \($0.key) \(values)"
            }
        }
        let place =
            "seed \(seed), request \(number), unknown \(keys.map(\.name)): \(line)\n\(read)"
        let base = engine.trace(known).trace.context
        var outcomes: Set<Decision.Outcome> = []
        for request in BruteForce.requests(known, keys) {
            let outcome = engine.decide(request, telling: .verdict).outcome
            outcomes.insert(outcome)
            guard decision.outcome == .undetermined else { continue }
            var context = base
            for key in keys {
                let key = ConditionKey(key.name)
                context[key] = request.context.entries.first { $0.key == key }?.value
            }
            let isTold = decision.dependsOn.contains { $0.allSatisfy { $0.isMet(in: context) } }
            let values = request.context.entries.map { "\($0.key)=\($0.value?.values ?? [])" }
            #expect(isTold == (outcome == .allowed), "\(place)\n\(decision.dependsOn)\n\(values)")
            // One of them tells enough.
            if isTold != (outcome == .allowed) { break }
        }
        let expected: Decision.Outcome =
            switch (outcomes.contains(.allowed), outcomes.count) {
            case (_, 1): outcomes.first ?? .invalid
            case (true, _): .undetermined
            // Denied in one way or the other.
            case (false, _): .implicitDeny
            }
        #expect(decision.outcome == expected, "\(place)\n\(outcomes)")
        return decision.outcome
    }
}

/// Every combination of values of a few keys.
private enum BruteForce {
    /// Keys that no request lacks.
    private static let alwaysThere: Set = [
        "aws:CurrentTime", "aws:EpochTime", "aws:RequestedRegion", "aws:SecureTransport",
        "aws:ViaAWSService", "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid",
    ]

    static func requests(_ request: Request, _ keys: [RandomUnknownKey]) -> [Request] {
        keys.reduce([request]) { requests, key in
            requests.flatMap { request in
                values(of: key, for: request.action).map { value in
                    var next = request
                    next.context.set(ConditionKey(key.name), to: value)
                    return next
                }
            }
        }
    }

    private static func values(
        of key: RandomUnknownKey,
        for action: ActionName
    ) -> [ContextValue?] {
        let absent: [ContextValue?] = alwaysThere.contains(key.name) ? [] : [nil]
        let singles = key.values.map { ContextValue.single($0) }
        guard key.isMultivalued else { return absent + singles }
        let elements = key.values.filter { !$0.isEmpty }
        let pairs = elements.flatMap { first in
            elements.filter { $0 > first }.map { ContextValue.set([first, $0]) }
        }
        let sets = elements.map { ContextValue.set([$0]) } + pairs
        return absent + sets
    }
}
