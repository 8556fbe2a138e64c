import Authorization
import Explaining
import OrganizationModel
import PolicyLanguage
import Testing

extension Explanation {
    /// Holds what is told against what was decided.
    func expectAgreement(_ place: String) {
        let reasons = decision.reasons
        let isRoot = question.principalARN?.hasSuffix(":root") ?? false
        // Where unknown keys decide, what may stand in the way is marked as open.
        let isOpen = decision.outcome == .undetermined
        #expect(Set(layers.flatMap(\.reasons)) == Set(reasons), "\(place)")
        for layer in layers {
            let here = layer.reasons.contains { $0.kind != .allow }
            let mark: Mark = isOpen ? .depends : .blocks
            #expect((layer.mark == mark) == here, "\(place): \(layer.policyType)")
            #expect(isOpen || layer.mark != .depends, "\(place): \(layer.policyType)")
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
        expectRecord(trace, reasons, isRoot: isRoot, isOpen: isOpen, place)
    }

    /// What the engine recorded applies exactly where the reasons say so.
    private func expectRecord(
        _ trace: Trace,
        _ reasons: [Reason],
        isRoot: Bool,
        isOpen: Bool,
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
                            ($0.applies || isOpen && $0.failed.isEmpty)
                                && $0.statement.span == reason.span
                        }
                },
                "\(place): \(reason)"
            )
        }
    }
}
