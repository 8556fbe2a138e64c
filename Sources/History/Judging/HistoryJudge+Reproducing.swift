import Authorization
import Explaining
import PolicyLanguage

// A call against its record.
extension HistoryJudge {
    /// How what AWS did and what is decided here stand to each other.
    func reproduction(
        _ asked: [AskedRequest],
        _ event: RecordedEvent,
        _ who: CallerName
    ) -> (Reproduction, [DisagreementKey]) {
        guard asked.count == event.needs.count, !asked.isEmpty else { return (.notModelled, []) }
        if case .failed = event.outcome { return (.untold, []) }
        let meant = asked.filter { $0.recorded != nil }
        guard !meant.isEmpty else {
            // One of several actions was denied, the record does not tell which.
            if asked.contains(where: { $0.decision.isAllowed == false && $0.doubt == nil }) {
                return (.reproduced, [])
            }
            if asked.contains(where: { $0.decision.isAllowed != true || $0.doubt != nil }) {
                return (.consistent, [])
            }
            guard case .denied(let denial) = event.outcome else { return (.untold, []) }
            let found = asked.compactMap { one in
                Disagreement(one.decision, [], recorded: denial).map { key($0, one, who) }
            }
            return (.contradicted, found)
        }
        var keys: [DisagreementKey] = []
        var worst: Reproduction = .reproduced
        for one in meant {
            let disagreement = Disagreement(
                one.decision,
                one.possibleBlockers,
                recorded: one.denial
            )
            if one.doubt != nil, disagreement != nil { return (.notModelled, []) }
            if let disagreement {
                let key = key(disagreement, one, who)
                if !keys.contains(key) { keys.append(key) }
                if worst != .contradicted { worst = disagreement.reproduction }
            } else if one.isOpen, worst == .reproduced {
                worst = .consistent
            }
        }
        return (worst, keys)
    }

    private func key(
        _ found: Disagreement,
        _ one: AskedRequest,
        _ who: CallerName
    ) -> DisagreementKey {
        DisagreementKey(
            reproduction: found.reproduction,
            principal: who.principal,
            action: one.need.action.description,
            account: who.account,
            recorded: found.recorded,
            simulated: found.simulated,
            missingPiece: found.missingPiece
        )
    }
}
