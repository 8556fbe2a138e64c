import OrganizationModel
import PolicyLanguage
import ServiceCatalog

extension Evaluation {
    /// What the model cannot know about this request, and what contradicts itself in it.
    var notes: [String] {
        var notes: [String] = []
        if let owner = target.ownerID, target.owner == nil {
            notes.append("the account \(owner) is not in the file, so its policies are not known")
        }
        let given = Set(request.context.entries.filter { $0.value != nil }.map(\.key.canonical))
        if request.endpoint != nil, given.contains("aws:sourceip") {
            notes.append("a call through a VPC endpoint carries no aws:SourceIp")
        }
        if request.viaService != nil, !given.isDisjoint(with: ["aws:sourcevpc", "aws:sourcevpce"]) {
            notes.append("a call that a service makes carries no VPC keys of the first call")
        }
        if let note = noteOnAction { notes.append(note) }
        return notes
    }

    /// Where the catalog has something to say about the action on this resource (RES-7).
    private var noteOnAction: String? {
        let action = request.action
        guard let known = ServiceCatalog.action(action) else {
            return "the catalog of \(ServiceCatalog.date) does not know \(action); it is taken to"
                + " work on the resource named"
        }
        if request.resource != "*", target.use != .some {
            return "\(action) works on no resource, so it is decided on *"
        }
        if let arn = target.arn, !known.accepts(arn) {
            let types = known.resourceTypeNames
            let others = types.count > 5 ? " and \(types.count - 5) more types" : ""
            let list = types.prefix(5).joined(separator: ", ")
            return "\(action) works on \(list)\(others), not on \(arn)"
        }
        return nil
    }
}
