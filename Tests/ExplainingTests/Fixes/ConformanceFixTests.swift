import Authorization
import Explaining
import Foundation
import JSONSource
import OrganizationModel
import Scenarios
import Testing

/// Every denial of the conformance suite has a fix, and the engine confirms it.
@Suite struct ConformanceFixTests {
    /// Denials that no edit AWS accepts turns, by file and step, each with the reason.
    static let hopeless = [
        "assume-root.json 2": "a task policy is AWS's own",
        "identity-center.json 12": "the trust policy of a reserved role is AWS's own",
        "root-and-management.json 15": "EC2 has no resource policies, root assumes no role",
        "service-linked-roles.json 4": "the policies of a service-linked role are its service's",
        "service-linked-roles.json 10": "so is its trust policy",
    ]

    /// Permissions that nothing stops: beyond control policies, on what takes no other policy.
    static let unstoppable = [
        "rcp-and-sts.json 1": "a service assumes its service-linked role",
        "service-linked-roles.json 0": "a service-linked role calls what has no resource policy",
    ]

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
            let place = "\(file) \(observation.step.index)"
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
                #expect(result.fixes.isEmpty, "\(place) has a fix now")
                #expect(result.note != nil && result.note != FixSearch.unexplained)
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

    @Test(
        "allowed checks have guardrails, which stop nobody else (NOTP-4, PRIN-3)",
        arguments: ScenarioFiles.files("Tests/Conformance/scenarios")
    )
    func allowedChecksHaveGuardrails(path: String) throws {
        let file = URL(filePath: path).lastPathComponent
        for observation in try ScenarioFiles.observations(path)
        where observation.decision.outcome == .allowed {
            let place = "\(file) \(observation.step.index)"
            let result = GuardrailSearch(
                observation.question,
                on: observation.state,
                engine: observation.engine
            ).result()
            let neighbours = Neighbours(
                of: observation.question.answer(observation.engine).requests.first,
                in: observation.engine
            )
            for fix in result.fixes {
                let changed = FixChecks.confirm(
                    fix,
                    of: observation.question,
                    on: observation.state,
                    wanted: [.explicitDeny, .implicitDeny],
                    place
                )
                #expect(fix.edits.count == 1)
                if let changed { neighbours.areSpared(by: fix, in: changed, place) }
            }
            if ProcessInfo.processInfo.environment["ORGSIM_SHOW_FIXES"] != nil {
                print("GUARD \(place)")
                for fix in result.fixes {
                    print("  - " + fix.edits.map(\.sentence).joined(separator: "; "))
                }
            }
            // Where nothing was asked of a policy there is nothing to write.
            if observation.decision.reasons.isEmpty { continue }
            if Self.unstoppable[place] != nil {
                #expect(result.fixes.isEmpty && result.note != nil)
                continue
            }
            #expect(
                !result.fixes.isEmpty,
                "\(place): \(result.note ?? "") \(observation.question)"
            )
        }
    }

    @Test("a fix can be pasted as the change of a scenario (formats, section 5)")
    func changesReadAsSteps() throws {
        let path = try #require(
            ScenarioFiles.files("Tests/Conformance/scenarios").first {
                $0.hasSuffix("scp-levels.json")
            }
        )
        var count = 0
        for observation in try ScenarioFiles.observations(path) {
            let result = FixSearch(
                observation.question,
                on: observation.state,
                engine: observation.engine
            ).result()
            for fix in result.fixes where !fix.changes.isEmpty {
                let file = JSONOutput.fields([
                    "organization": JSONOutput(observation.state.value),
                    "steps": .array([.fields(["change": fix.changeStep])]),
                ])
                let text = Array(file.compact.utf8)
                let reader = FileReader { _ in .success(text) }
                var scenarios = ScenarioReader(
                    loader: DocumentLoader(reader: reader, sources: SourceMap())
                )
                let scenario = scenarios.read("fix.json")
                let replayed = ScenarioReplay.run(try #require(scenario, "\(file.compact)"))
                #expect(replayed.value.status == .passed, "\(fix.changeStep.compact)")
                count += 1
            }
        }
        #expect(count > 10)
    }
}
