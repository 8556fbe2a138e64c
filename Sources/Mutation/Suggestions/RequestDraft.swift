import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

/// A request as a step of a scenario would ask it.
struct RequestDraft: Hashable {
    var principal: String
    var action: String
    var resource: String
    var context: [Key]
    let resourceAccount: String?
    let endpoint: String?
    let viaService: String?

    /// A condition key with its value; nil says that it is absent.
    struct Key: Hashable {
        let key: ConditionKey
        let value: ContextValue?
    }

    /// Nil for a request that a step cannot ask on its own: by a session, or with a rarity.
    init?(_ asked: Reach.Asked) {
        let request = asked.request
        guard let principal = asked.principal, !principal.hasPrefix("$"), asked.isFirstState,
            !principal.hasPrefix("service:"), request.unknownKeys.isEmpty,
            request.without.isEmpty, !request.needsIdentityAllow
        else { return nil }
        self.principal = principal
        action = Self.spelled(request.action)
        resource = request.resource
        context = request.context.entries.filter { !GivenContext.isSetByAWS($0.key) }
            .map { Key(key: $0.key, value: $0.value) }
        resourceAccount = request.resourceAccount?.description
        endpoint = request.endpoint?.description
        viaService = request.viaService
    }

    static func spelled(_ action: ActionName) -> String {
        ServiceCatalog.action(action)?.qualifiedName ?? action.description
    }

    mutating func set(_ key: ConditionKey, to value: ContextValue?) {
        context.removeAll { $0.key == key }
        context.append(Key(key: key, value: value))
    }

    /// As a step or a line of NDJSON has it.
    var fields: [JSONOutput.Member] {
        var fields = [
            JSONOutput.Member("principal", .string(principal)),
            JSONOutput.Member("action", .string(action)),
        ]
        if resource != "*" { fields.append(.init("resource", .string(resource))) }
        let optional = [
            ("resourceAccount", resourceAccount), ("through", endpoint), ("viaService", viaService),
        ]
        for (name, value) in optional {
            if let value { fields.append(.init(name, .string(value))) }
        }
        if !context.isEmpty {
            let members = context.map {
                JSONOutput.Member($0.key.description, $0.value.map(Self.output) ?? .null)
            }
            fields.append(.init("context", .object(members)))
        }
        return fields
    }

    private static func output(_ value: ContextValue) -> JSONOutput {
        if value.isMultivalued { return .strings(value.values) }
        return .string(value.values.first ?? "")
    }
}
