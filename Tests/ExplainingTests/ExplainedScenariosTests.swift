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
            for explanation in check.explanations { expectAgreement(explanation, place) }
        }
    }

    private func expectAgreement(_ explanation: Explanation, _ place: String) {
        let reasons = explanation.decision.reasons
        let isRoot = explanation.question.principalARN?.hasSuffix(":root") ?? false
        #expect(Set(explanation.layers.flatMap(\.reasons)) == Set(reasons), "\(place)")
        for layer in explanation.layers {
            let here = layer.reasons.contains { $0.kind != .allow }
            #expect((layer.mark == .blocks) == here, "\(place): \(layer.policyType)")
            #expect(layer.mark != .depends, "\(place): \(layer.policyType)")
            #expect(!layer.why.isEmpty, "\(place): \(layer.policyType)")
            if layer.mark == .notAsked || layer.mark == .notNeeded {
                #expect(layer.reasons.isEmpty, "\(place): \(layer.policyType)")
            }
            guard layer.mark == .blocks else { continue }
            // A Deny is told for each explicit reason with a statement, and no other.
            let denies = layer.reasons.filter {
                $0.kind == .explicitDeny && $0.statementIndex != nil
            }
            #expect(
                Set(layer.statements.map(\.span)) == Set(denies.map(\.span)),
                "\(place): \(layer.policyType)"
            )
            for statement in layer.statements { #expect(statement.outcome == .matches, "\(place)") }
            let isSilent = layer.reasons.contains { $0.kind == .implicitDeny }
            #expect(isSilent || layer.nearMisses.isEmpty, "\(place)")
            for miss in layer.nearMisses {
                #expect(!miss.statement.failed.isEmpty, "\(place)")
                #expect(miss.statement.effect == .allow, "\(place)")
            }
        }
        expectRecord(explanation.trace, reasons, isRoot, place)
    }

    /// What the engine recorded applies exactly where the reasons say so.
    private func expectRecord(
        _ trace: Trace,
        _ reasons: [Reason],
        _ isRoot: Bool,
        _ place: String
    ) {
        for layer in trace.layers {
            for examined in layer.statements where examined.applies {
                let isNamed = reasons.contains {
                    $0.policyType == layer.policyType && $0.target == layer.target
                        && $0.statementIndex == examined.statement.index
                        && $0.policy == examined.policy.name
                }
                // A Deny that applies always stands in the way, but for the owner's root (ROOT-2).
                guard examined.statement.effect == .deny, !isNamed else { continue }
                #expect(
                    isRoot && layer.policyType == .resourcePolicy,
                    "\(place): \(layer.policyType) at \(layer.target)"
                )
            }
        }
        for reason in reasons where reason.statementIndex != nil {
            #expect(
                trace.layers.contains { layer in
                    layer.policyType == reason.policyType && layer.target == reason.target
                        && layer.statements.contains {
                            $0.applies && $0.statement.span == reason.span
                        }
                },
                "\(place): \(reason)"
            )
        }
    }
}
