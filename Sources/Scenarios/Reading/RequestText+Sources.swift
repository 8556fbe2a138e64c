package import Explaining
package import OrganizationModel
import PolicyLanguage
import Authorization
import JSONSource

extension RequestText {
    /// The request that AWS's own message is about.
    package init(_ message: PastedMessage) {
        self.init(
            principal: message.principal,
            action: message.action.description,
            resource: message.resource
        )
    }

    /// The request for one action that a record tells of; a sentence where it does not tell who
    /// called or what for.
    package init(
        _ event: RecordedEvent,
        _ need: RecordedEvent.Need,
        in organization: Organization
    ) throws(Missing) {
        let who = event.principal.text(in: organization)
        guard let who else {
            throw Missing(sentence: event.principal.whyNobody)
        }
        self.init(principal: who, action: need.action.description, resource: need.resource.text)
        if case .service(let name, let account, let arn) = event.principal {
            principal = .service(name, account: account, arn: arn)
        }
        if need.resource == .unrecorded {
            throw Missing(sentence: "the record does not tell what \(need.action) was for")
        }
        resourceAccount = need.resourceAccount?.description
        viaService = event.viaService
        if let arn = event.endpoint?.arn.description, organization.listed(arn) != nil {
            endpoint = arn
        }
        recorded = event.context
        let known = Set(event.context.entries.map(\.key.canonical))
        unknownKeys = event.unrecordedKeys.filter { !known.contains($0.lowercased()) }
    }

    /// What a record lacks for a request, as a sentence.
    package struct Missing: Error {
        package let sentence: String
    }
}

extension RecordedEvent.Principal {
    fileprivate var whyNobody: String {
        switch self {
        case .unknown(let why): why
        case .federation:
            "whoever called had a token or an assertion and no role yet"
        case .stranger(let account, let uniqueID):
            "the caller is '\(uniqueID)' of the account \(account), whom the organization does not know"
        case .named, .service: "the record does not tell who called"
        }
    }
}

extension JSONValue {
    fileprivate static func service(_ name: String, account: String?, arn: String?) -> JSONValue {
        let fields = [("service", name), ("sourceAccount", account), ("sourceArn", arn)]
        let members = fields.compactMap { key, text in
            text.map { JSONMember(key: key, keySpan: .nowhere, value: .text($0)) }
        }
        return JSONValue(.object(members), at: .nowhere)
    }
}
