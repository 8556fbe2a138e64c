import Authorization
import Explaining
import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios
import Testing

/// Every check of every scenario, explained: what is told is what was decided.
@Suite("Explanations of all scenarios")
struct ExplainedScenariosTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    private static func files(_ folder: String) -> [String] {
        let path = project + folder
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        return (names ?? []).filter { $0.hasSuffix(".json") }.sorted().map { path + "/" + $0 }
    }

    static let scenarios =
        files("Tests/Conformance/scenarios") + files("Tests/RuleScenarios") + files("Scenarios")

    @Test(
        "marks agree with the reasons, and the record with both (EVAL-2, EVAL-3)",
        arguments: scenarios
    )
    func agree(path: String) throws {
        let reader = FileReader { path in
            FileManager.default.contents(atPath: path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        let loader = DocumentLoader(reader: reader, sources: SourceMap())
        var scenarios = ScenarioReader(loader: loader)
        let read = scenarios.read(path)
        let scenario = try #require(read)
        let result = ScenarioReplay.run(scenario, explaining: .all).value
        for check in result.steps.flatMap(\.checks) {
            guard let decision = check.decision else { continue }
            let place = "\(check.principal ?? "") \(check.action) \(check.resource ?? "")"
            #expect(!check.explanations.isEmpty, "\(place)")
            let told = Set(check.explanations.flatMap(\.decision.reasons))
            #expect(told == Set(decision.reasons), "\(place)")
            for explanation in check.explanations { explanation.expectAgreement(place) }
        }
    }
}
