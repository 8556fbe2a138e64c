import Foundation
import JSONSource
import Mutation
import Parallelism
import Scenarios
import Testing

/// The scenarios that come with the tool, and what they let through.
@Suite("Faults in the shipped policies")
struct ShippedScenarioTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    private static func plan() throws -> MutationPlan {
        let sources = SourceMap()
        let reader = FileReader { path in
            FileManager.default.contents(atPath: project + path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: project + "Scenarios")
        let files = names.filter { $0.hasSuffix(".json") }.sorted().map { "Scenarios/" + $0 }
        var scenarioReader = ScenarioReader(
            loader: DocumentLoader(reader: reader, sources: sources)
        )
        let scenarios = scenarioReader.read(files, by: .one).compactMap { $0 }
        #expect(scenarios.count == files.count)
        return MutationPlan(scenarios, types: Set(MutationPlan.types), sources: sources)
    }

    /// What survives, by the sentence about it, with the reason why it may.
    private static let survivors: [String: String] = [:]

    @Test("nine of ten faults are noticed, and what is not is explained")
    func survivors() throws {
        let result = MutationRun(try Self.plan(), suggests: false).result(by: Workers(2)) { _ in }
        #expect(result.killed * 10 >= result.counted * 9)
        let survived = result.policies.flatMap { policy in
            policy.mutants.compactMap { one in
                if case .survived = one.fate {
                    "\(policy.title): \(one.mutant.sentence)"
                } else {
                    nil
                }
            }
        }
        #expect(survived.sorted() == Self.survivors.keys.sorted())
    }

    @Test("the checks that can notice a fault come out as all checks do")
    func selection() throws {
        let plan = try Self.plan()
        let sample = plan.every(11)
        let fates = [MutationRun.Checks.reached, .all].map { checks in
            MutationRun(sample, asking: checks, suggests: false).result(by: Workers(2)) { _ in }
                .policies.flatMap(\.mutants).map { one in
                    guard case .killed(let step) = one.fate else { return "\(one.mutant.id) lives" }
                    return "\(one.mutant.id) \(step.file) \(step.step)"
                }
        }
        #expect(fates[0] == fates[1])
        #expect(fates[0].count > 60)
    }
}
