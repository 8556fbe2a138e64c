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
        if let service = target.arn?.service, !ServiceCatalog.fits(request.action, service) {
            notes.append("\(request.action) does not work on a resource of \(service)")
        }
        if request.resource != "*", ServiceCatalog.resourceUse(of: request.action) != .some {
            notes.append("\(request.action) works on no resource, so it is decided on *")
        }
        return notes
    }
}
