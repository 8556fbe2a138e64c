import Authorization
import Explaining
import OrganizationModel
import PolicyLanguage
import Scenarios

/// One question to explain, with all that it was asked of.
struct Inquiry {
    /// As people call the caller; nil where the organization says it best.
    var name: String?
    let action: String
    let resource: String?
    let question: Question
    let state: OrganizationState
    let engine: Engine
    /// What the message or record says that the question came from.
    var stated: Stated?
    /// Everything that the scenario checks, one array for all inquiries, and which of it this is.
    var checks: [ScenarioReplay.Observation] = []
    var place = 0

    /// AWS's word on the same request.
    enum Stated {
        /// Of a message that somebody pasted.
        case message(StatedReason?)
        /// Of a record; nil where it says that AWS denied it and not why.
        case reason(StatedReason?)
        /// Of a record of a call with several actions: one of them was denied.
        case oneDenied
        case allowed
        /// What a record says of itself that has nothing to do with permissions.
        case failure(String)
    }
}

extension Inquiry.Stated {
    /// What a record says of one action of its call; nil where it speaks of another.
    init?(_ event: RecordedEvent, on action: ActionName) {
        switch event.outcome {
        case .succeeded: self = .allowed
        case .failed(let code): self = .failure(code)
        case .denied(let denial):
            guard event.outcome.statement(of: action) != nil else { return nil }
            let isClear = denial.message != nil || event.needs.count == 1
            self = isClear ? .reason(denial.stated) : .oneDenied
        }
    }
}

extension Inquiry {
    init(_ request: Request, named name: String?, of world: ScenarioReader.World) {
        self.name = name
        action = request.action.description
        resource = request.resource
        question = .request(request)
        state = world.state
        engine = world.engine
    }
}
