import Authorization
import Explaining
import Foundation
import OrganizationModel
import Scenarios
import Testing

/// Every denial of the conformance suite has a fix, and the engine confirms it.
@Suite struct ConformanceFixTests {
    /// Denials that no edit AWS accepts turns, by file and step, each with the reason.
    static let hopeless: [String: String] = [:]

    @Test(
        "every denied check has a fix",
        arguments: ScenarioFiles.files("Tests/Conformance/scenarios")
    )
    func deniedChecksHaveFixes(path: String) throws {
        let file = URL(filePath: path).lastPathComponent
        for observation in try ScenarioFiles.observations(path) {
            let decision = observation.decision
            guard decision.outcome == .explicitDeny || decision.outcome == .implicitDeny else {
                continue
            }
            let place = "\(file) \(observation.step)"
            let result = FixSearch(
                observation.question,
                on: observation.state,
                engine: observation.engine
            ).result()
            for fix in result.fixes {
                FixChecks.confirm(fix, of: observation.question, on: observation.state, place)
                let requests = observation.question.answer(observation.engine).requests
                for statement in FixChecks.addedAllows(fix, on: observation.state) {
                    let widening = FixChecks.widening(in: statement, requests: requests)
                    #expect(widening == nil, "\(place): \(statement.compact)")
                }
            }
            if decision.blockedBy == [.serviceRule] { continue }
            if Self.hopeless[place] != nil {
                #expect(result.fixes.isEmpty && result.note != nil, "\(place) has a fix now")
            } else {
                let reasons = decision.reasons.map {
                    "\($0.policyType.rawValue) \($0.kind.rawValue) \($0.policy ?? "-") \($0.target ?? "-")"
                }
                #expect(
                    !result.fixes.isEmpty,
                    "\(place): \(result.note ?? "") \(observation.question) \(reasons)"
                )
            }
            if ProcessInfo.processInfo.environment["ORGSIM_SHOW_FIXES"] != nil {
                print("FIX \(place) \(decision.outcome) \(result.isBounded ? "bounded" : "")")
                for fix in result.fixes {
                    print("  - " + fix.edits.map(\.sentence).joined(separator: "; "))
                }
                if let note = result.note { print("  note: \(note)") }
            }
        }
    }

    @Test("allowed checks have guardrails", arguments: ScenarioFiles.files("Tests/Conformance/scenarios"))
    func allowedChecksHaveGuardrails(path: String) throws {
        let file = URL(filePath: path).lastPathComponent
        for observation in try ScenarioFiles.observations(path)
        where observation.decision.outcome == .allowed {
            let place = "\(file) \(observation.step)"
            let result = GuardrailSearch(
                observation.question,
                on: observation.state,
                engine: observation.engine
            ).result()
            for fix in result.fixes {
                FixChecks.confirm(
                    fix,
                    of: observation.question,
                    on: observation.state,
                    wanted: [.explicitDeny, .implicitDeny],
                    place
                )
                #expect(fix.edits.count == 1)
            }
            if ProcessInfo.processInfo.environment["ORGSIM_SHOW_FIXES"] != nil {
                print("GUARD \(place)")
                for fix in result.fixes {
                    print("  - " + fix.edits.map(\.sentence).joined(separator: "; "))
                }
            }
            // Where nothing was asked of a policy there is nothing to write.
            if observation.decision.reasons.isEmpty { continue }
            #expect(
                !result.fixes.isEmpty,
                "\(place): \(result.note ?? "") \(observation.question)"
            )
        }
    }
}
