import Authorization
import Explaining

/// One request of a record, decided.
struct AskedRequest {
    let need: RecordedEvent.Need
    let request: Request
    let principal: String?
    let decision: Decision
    /// What stands, or may stand, in the way of what AWS decided otherwise or for a reason.
    let possibleBlockers: [Reason]
    /// Whether AWS allowed it; nil where the record does not tell.
    let recorded: Bool?
    let denial: RecordedEvent.Denial?
    /// Why the resource may be another one, which policies tell from this.
    let doubt: String?

    /// Whether the organization does as AWS did only with some values of what no record tells.
    var isOpen: Bool {
        guard decision.isAllowed == false, let stated = denial?.stated else {
            return decision.isAllowed == nil || doubt != nil
        }
        return doubt != nil || !decision.blockers.contains { stated.mayMean($0) }
    }

    var isContradicted: Bool { recorded == true && decision.isAllowed == false }

    /// Whether what AWS names is, or may be, in the way here as well.
    var isAccountedFor: Bool {
        guard recorded == false else { return true }
        guard let stated = denial?.stated else { return decision.isAllowed != true }
        return possibleBlockers.contains { stated.mayMean($0) }
    }
}
