import Explaining
import JSONSource
import PolicyLanguage

/// Whom a record is counted with: of a session its role, since sessions have a name each.
struct CallerName {
    let principal: String
    let account: String

    init(_ event: RecordedEvent, _ principal: String?) {
        let text = principal ?? Self.text(of: event.principal)
        guard let arn = ARN(text), let id = arn.accountID else {
            self.principal = text.printable
            account = ""
            return
        }
        account = id.description
        if arn.service == "sts", arn.resourceType == "assumed-role" {
            let role = arn.resource.split(separator: "/").dropFirst().first ?? ""
            self.principal = "\(id):role/\(role)".printable
        } else {
            self.principal = "\(id):\(arn.resource)".printable
        }
    }

    private static func text(of principal: RecordedEvent.Principal) -> String {
        switch principal {
        case .named(let text): text
        case .service(let name, _, _): "service:\(name)"
        case .stranger(let account, let id): "\(account):\(id)"
        case .federation(let provider, _, let subject):
            subject.map { "\(provider):\($0)" } ?? provider
        case .unknown: "unknown"
        }
    }
}
