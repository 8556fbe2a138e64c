import Authorization
import Explaining
import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import ReferenceEvaluator
import Scenarios
import Testing

/// Seeded random organizations: every denial has a fix that holds, or a reason why there is none.
///
/// `ORGSIM_RANDOM_FIXES=10000` asks for more denials than the 200 of a test run.
@Suite struct RandomFixTests {
    private static let wanted =
        ProcessInfo.processInfo.environment["ORGSIM_RANDOM_FIXES"].flatMap { Int($0) } ?? 200
    private static let slices = 4

    @Test("random denials have fixes that hold", arguments: 0..<slices)
    func denialsHaveFixes(slice: Int) throws {
        var count = 0
        var fixed = 0
        var bounded = 0
        var why: [String: Int] = [:]
        var seconds: [Double] = []
        var seed = UInt64(slice)
        while count < Self.wanted / Self.slices {
            let random = RandomOrganization(seed: seed)
            let state = try state(random.organizationText(), seed)
            let engine = Engine(state.organization)
            for number in 0..<20 where count < Self.wanted / Self.slices {
                let line = Array(random.request(number).utf8)
                let now = Instant(seconds: Int64(RandomOrganization.now))
                guard let request = try? RequestLine.read(line, engine: engine, at: now) else {
                    continue
                }
                let decision = engine.decide(request)
                guard decision.outcome == .explicitDeny || decision.outcome == .implicitDeny,
                    decision.blockedBy != [.serviceRule]
                else { continue }
                count += 1
                let question = Question.request(request)
                let clock = ContinuousClock()
                let start = clock.now
                let result = FixSearch(question, on: state, engine: engine).result()
                seconds.append((clock.now - start) / .seconds(1))
                let place = "seed \(seed), request \(number)"
                if result.isBounded { bounded += 1 }
                if result.fixes.isEmpty {
                    let note = result.note ?? ""
                    let general = note.split(separator: "'").enumerated()
                        .map { $0.offset % 2 == 0 ? String($0.element) : "…" }.joined()
                    why[general.filter { !$0.isNumber }, default: 0] += 1
                    #expect(
                        result.note != FixSearch.unexplained,
                        "\(place): \(random.request(number)) \(decision.reasons)"
                    )
                    continue
                }
                fixed += 1
                for fix in result.fixes {
                    FixChecks.confirm(fix, of: question, on: state, place)
                    for statement in FixChecks.addedAllows(fix, on: state) {
                        let widening = FixChecks.widening(in: statement, requests: [request])
                        #expect(widening == nil, "\(place): \(statement.compact)")
                    }
                }
            }
            seed += UInt64(Self.slices)
        }
        seconds.sort()
        let median = seconds[seconds.count / 2] * 1_000
        let longest = (seconds.last ?? 0) * 1_000
        print(
            "random denials, slice \(slice): \(count), with fixes \(fixed), bounded \(bounded), "
                + "median \(Int(median)) ms, longest \(Int(longest)) ms, without: "
                + why.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
                .joined(separator: "; ")
        )
        #expect(fixed * 10 >= count * 8)
    }

    private func state(_ text: String, _ seed: UInt64) throws -> OrganizationState {
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        let loaded = OrganizationState.load(try #require(parsed.value))
        return try #require(loaded.value, "seed \(seed) does not load")
    }
}
