import Authorization
import OrganizationModel
import PolicyLanguage

/// Callers as people name them.
enum CallerText {
    static func name(of caller: Caller, in organization: Organization) -> String {
        func account(_ id: AccountID) -> String { organization.account(id)?.name ?? id.description }
        return switch caller {
        case .root(let id, _): "\(account(id)):root"
        case .assumedRoot(let id, _): "\(account(id)):root in a session of AssumeRoot"
        case .user(let entity, _): "\(account(entity.account)):user/\(entity.name)"
        case .role(let entity, _): "\(account(entity.account)):role/\(entity.name)"
        case .federatedUser(let id, _, let session):
            "\(account(id)):federated-user/\(session.name)"
        case .service(let service): "service:\(service.name)"
        case .federation(let provider, _): "somebody of \(provider)"
        case .anonymous: "anonymous"
        case .outsider(let outsider):
            "\(outsider.account):\(outsider.arn.resource), of an account that is not in the file"
        }
    }
}
