import Authorization
package import Explaining
import JSONSource
package import OrganizationModel
import PolicyLanguage

extension RequestText {
    /// The request that AWS's own message is about.
    package init(_ message: PastedMessage) {
        self.init(
            principal: message.principal,
            action: message.action.description,
            resource: message.resource
        )
    }

    /// What the policies of all organizations that a record is decided under can tell apart.
    package struct Distinctions: Sendable {
        /// Whether some policy speaks of one resource whose ARN begins so, and not of all of them.
        package let amongResources: @Sendable (String) -> Bool
        /// Whether some policy speaks of another organization than theirs.
        package let amongOrganizations: Bool

        package init(
            amongResources: @escaping @Sendable (String) -> Bool,
            amongOrganizations: Bool
        ) {
            self.amongResources = amongResources
            self.amongOrganizations = amongOrganizations
        }

        /// As if no policy told one resource from another: what comes out holds for some of them.
        package var forExample: Distinctions {
            Distinctions(
                amongResources: { _ in false },
                amongOrganizations: amongOrganizations
            )
        }

        /// Everything may be told apart.
        package static let all = Distinctions(
            amongResources: { _ in true },
            amongOrganizations: true
        )
    }

    /// The request for one action that a record tells of; a sentence where it does not tell who
    /// called or what for.
    package init(
        _ event: RecordedEvent,
        _ need: RecordedEvent.Need,
        in organization: Organization,
        telling distinctions: Distinctions = .all
    ) throws(Missing) {
        let resource = try Self.resource(of: need, in: organization, telling: distinctions)
        let knowledge = RecordedKnowledge(event, resource, in: organization)
        let who = event.principal.text(in: organization)
        let outsider = try knowledge.outsider(on: need.resourceAccount)
        guard let name = who ?? outsider?.arn.description ?? event.principal.provider else {
            throw Missing(sentence: event.principal.whyNobody)
        }
        self.init(principal: name, action: need.action.description, resource: resource)
        if case .service(let name, let account, let arn) = event.principal {
            principal = .service(name, account: account, arn: arn)
        }
        caller = outsider.map { .outsider($0) } ?? event.principal.federation
        resourceAccount = need.resourceAccount?.description
        viaService = event.viaService
        if let arn = event.endpoint?.arn.description, organization.listed(arn) != nil {
            endpoint = arn
        }
        recorded = event.context
        for key in need.absentKeys where !key.hasSuffix("*") {
            recorded.set(ConditionKey(key), to: nil)
        }
        // PERF: a list of few dozen, in order, for every request of a history.
        let (settled, absent) = (knowledge.settledKeys, need.absentKeys)
        unknownKeys = event.unrecordedKeys
        if !settled.isEmpty || !absent.isEmpty {
            unknownKeys.removeAll { settled.contains($0) || absent.contains($0) }
        }
        for key in knowledge.furtherUnknownKeys(telling: distinctions).sorted() {
            let isOfOwner = RecordedKnowledge.keysOfOwner.contains(key)
            if isOfOwner, need.resourceAccount != nil { continue }
            if settled.contains(key) || absent.contains(key) || unknownKeys.contains(key) {
                continue
            }
            if recorded.entry(ConditionKey(key)) == nil { unknownKeys.append(key) }
        }
    }

    private static func resource(
        of need: RecordedEvent.Need,
        in organization: Organization,
        telling distinctions: Distinctions
    ) throws(Missing) -> String {
        switch need.resource {
        case .named(let text): return text
        case .none: return "*"
        case .someOf(let prefix, let example):
            if !distinctions.amongResources(prefix) { return example }
        case .roleOf(let profile, let id):
            let account = organization.account(id)
            let name = account?.settings.instanceProfiles[profile]
            if let arn = name.flatMap({ account?.role($0)?.arn }) { return arn.description }
            throw Missing(
                sentence: "the organization does not know the instance profile '\(profile)'"
            )
        case .unrecorded: break
        }
        throw Missing(sentence: "the record does not tell what \(need.action) was for")
    }

    /// What a record lacks for a request, as a sentence.
    package struct Missing: Error {
        package let sentence: String

        init(sentence: String) {
            self.sentence = sentence
        }
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

    /// The identity provider of whoever has no role yet.
    fileprivate var provider: String? {
        if case .federation(let provider, _, _) = self { provider } else { nil }
    }

    /// Somebody with a token; its keys are part of the record's context (KEY-8).
    fileprivate var federation: Caller? {
        provider.map { .federation(provider: $0, keys: []) }
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
