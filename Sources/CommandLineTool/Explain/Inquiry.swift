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
        case reason(StatedReason?)
        case allowed
        /// What a record says of itself that has nothing to do with permissions.
        case failure(String)
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

    /// Whether AWS and this organization agree, in a sentence; nil where there is nothing to say.
    func remark(on decision: Decision) -> String? {
        switch stated {
        case nil: nil
        case .allowed:
            decision.outcome == .allowed
                ? "the record says that AWS allowed it; so does this organization"
                : "the record says that AWS allowed it; this organization does not"
        case .failure(let code):
            "the record says \(code), which does not tell whether the call was authorized"
        case .reason(nil):
            decision.outcome == .allowed
                ? "AWS denied it; this organization allows it" : nil
        case .reason(let reason?):
            switch reason.agreement(with: decision) {
            case .agrees(let note): note ?? "AWS names the same reason"
            case .differs(let sentence): sentence
            case .isSilent: nil
            }
        }
    }
}
