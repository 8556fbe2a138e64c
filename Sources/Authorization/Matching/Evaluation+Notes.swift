import OrganizationModel
import PolicyLanguage
import ServiceCatalog

extension Decider {
    /// What the model cannot know about a request, and what contradicts itself in it.
    mutating func notes(_ evaluation: Evaluation) -> [String] {
        let (request, target) = (evaluation.request, evaluation.target)
        var notes: [String] = []
        if let note = Self.ownerNote(target) { notes.append(note) }
        func isGiven(_ key: ConditionKey) -> Bool { request.context.entry(key)?.value != nil }
        if request.endpoint != nil, isGiven("aws:SourceIp") {
            notes.append("a call through a VPC endpoint carries no aws:SourceIp")
        }
        if request.viaService != nil, isGiven("aws:SourceVpc") || isGiven("aws:SourceVpce") {
            notes.append("a call that a service makes carries no VPC keys of the first call")
        }
        let action = actions.number(request.action, &symbols)
        let facts = actions.all[Int(action)]
        let note = targets.catalogNote(evaluation.resource) {
            Self.note(on: facts, request.resource, target)
        }
        return note.map { notes + [$0] } ?? notes
    }

    static func ownerNote(_ target: ResourceTarget) -> String? {
        guard let owner = target.ownerID, target.owner == nil else { return nil }
        return "the account \(owner) is not in the file, so its policies are not known"
    }

    /// Where the catalog has something to say about the action on this resource (RES-7).
    static func note(
        on facts: ActionTable.Facts,
        _ resource: @autoclosure () -> String,
        _ target: ResourceTarget
    ) -> String? {
        let action = facts.action
        guard let known = facts.catalog.listed else {
            return "the catalog of \(ServiceCatalog.date) does not know \(action); it is taken to"
                + " work on the resource named"
        }
        if target.use != .some, resource() != "*" {
            return "\(action) works on no resource, so it is decided on *"
        }
        if let arn = target.arn, !facts.accepted.contains(arn) {
            let types = known.resourceTypeNames
            let others = types.count > 5 ? " and \(types.count - 5) more types" : ""
            let list = types.prefix(5).joined(separator: ", ")
            return "\(action) works on \(list)\(others), not on \(arn)"
        }
        return nil
    }
}
