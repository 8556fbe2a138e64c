import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios

// A call under an overlay.
extension HistoryJudge {
    /// What an overlay does to a call, and why some of it is not known.
    struct Changes {
        let effect: Effect
        let changes: [ChangeKey]
        let problems: [String]
    }

    /// What an overlay does to a call, all of whose requests must be allowed.
    mutating func compare(
        _ asked: [AskedRequest],
        _ event: RecordedEvent,
        _ who: CallerName,
        under overlay: Int
    ) -> Changes {
        let engine = worlds.overlays[overlay]
        var worst = Effect.same
        var problems: [String] = []
        var found: [(one: AskedRequest, comparison: Comparison)] = []
        var verdicts: [Bool?] = []
        for one in asked {
            // What the overlay lists, an endpoint perhaps, is part of the request there.
            if one.doubt != nil {
                worst = min(worst, .notAsked)
                verdicts.append(nil)
                continue
            }
            let request: Request
            switch self.request(
                one.need,
                of: event,
                under: engine,
                telling: worlds.distinctions
            ) {
            case .success(let changed): request = changed.request
            case .failure(let problem):
                worst = min(worst, .notAsked)
                problems.append("with overlay \(overlay + 1), \(problem.message)")
                verdicts.append(nil)
                continue
            }
            let decision = after[overlay].decider.decision(on: request, telling: .reasons)
            verdicts.append(
                one.need.isCertain || decision.isAllowed == true ? decision.isAllowed : nil
            )
            let identity = ReasonIdentity(sources: worlds.sources)
            if one.isContradicted {
                let possible =
                    decision.isAllowed == true
                    ? [] : after[overlay].decider.possibleBlockers(of: request)
                let comparison = Comparison(
                    contradicted: one.possibleBlockers,
                    after: possible,
                    decision,
                    identity
                )
                found.append((one, comparison))
                continue
            }
            let testimony = Testimony(
                recorded: one.recorded,
                isAccountedFor: one.isAccountedFor,
                keepsTags: one.request.hasTags(
                    in: worlds.engine.organization,
                    as: request,
                    in: engine.organization
                ),
                identity: identity
            )
            let comparison = Comparison(before: one.decision, after: decision, testimony)
            found.append((one, one.need.isCertain ? comparison : comparison.inDoubt))
        }
        let call = call(event, asked, after: verdicts)
        var changes: [ChangeKey] = []
        for (one, comparison) in found {
            let comparison = comparison.within(call)
            worst = min(worst, comparison.effect)
            guard comparison.effect.isChange else { continue }
            let key = ChangeKey(
                overlay: overlay,
                effect: comparison.effect,
                statements: statements(comparison.reasons),
                principal: who.principal,
                action: one.need.action.description,
                account: who.account
            )
            if !changes.contains(key) { changes.append(key) }
        }
        return Changes(effect: worst, changes: changes, problems: problems)
    }

    private func call(
        _ event: RecordedEvent,
        _ asked: [AskedRequest],
        after verdicts: [Bool?]
    ) -> CallVerdict {
        let isWhole = asked.count == event.needs.count
        let isAllowed = isWhole && verdicts.allSatisfy { $0 == true }
        let isDenied = verdicts.contains(false)
        switch event.outcome {
        case .succeeded:
            return CallVerdict(wasDenied: false, isDenied: isDenied, isAllowed: isAllowed)
        case .failed:
            let wasDenied = asked.contains { $0.decision.isAllowed == false }
            return CallVerdict(wasDenied: wasDenied, isDenied: isDenied, isAllowed: isAllowed)
        case .denied:
            // Which of several was denied the record may not tell.
            let isClear = asked.contains { $0.recorded == false }
            return CallVerdict(
                wasDenied: true,
                isDenied: isDenied,
                isAllowed: isAllowed && isClear
            )
        }
    }

    private func statements(_ reasons: [Reason]) -> [DecidingStatement] {
        reasons.prefix(Self.statementLimit).map { reason in
            DecidingStatement(
                policyType: reason.policyType.rawValue,
                kind: reason.kind.rawValue,
                policy: reason.policy,
                statement: reason.statement,
                target: reason.target,
                location: worlds.sources.location(of: reason.span)?.description
            )
        }
    }

    /// More than so many statements are not named of one change.
    private static let statementLimit = 8
}
