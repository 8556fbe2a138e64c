import Authorization
import JSONSource
import PolicyLanguage
import Scenarios
import ServiceCatalog

/// A step as a scenario would have it, without what it expects.
struct RequestDraft: Hashable {
    /// Nil for federation and sign-in, which no principal of the organization calls.
    var principal: JSONOutput?
    var verb: Verb
    var context: [Key]
    /// What a step of a scenario has besides.
    private let others: [JSONOutput.Member]

    enum Verb: Hashable {
        case action(String, resource: String)
        /// A call that obtains a session, with its parameters.
        case call(String, [JSONOutput.Member])
    }

    /// A condition key with its value; nil says that it is absent.
    struct Key: Hashable {
        let key: ConditionKey
        let value: ContextValue?
    }

    /// Nil for what a step cannot ask on its own: a session's request, or one with a rarity.
    init?(_ asked: Reach.Asked, in scenario: Scenario) {
        let request = asked.request
        let written = scenario.writtenSteps
        guard asked.isFirstState, request.unknownKeys.isEmpty, request.without.isEmpty,
            written.indices.contains(asked.step), scenario.steps.indices.contains(asked.step)
        else { return nil }
        let step = written[asked.step]
        switch scenario.steps[asked.step].verb {
        case .action: verb = .action(Self.spelled(request.action), resource: request.resource)
        case .session(let session):
            let name = session.call.verb.rawValue
            guard case .object(let members)? = step[name].map({ JSONOutput($0) }) else {
                return nil
            }
            verb = .call(name, members.filter { $0.key != "context" })
        case .whoCan, .change, .advance, .at: return nil
        }
        if let text = asked.principal {
            guard !text.hasPrefix("$") else { return nil }
            principal = Self.principal(text, in: step)
        }
        // What AWS sets stands there only with leave, which is kept.
        let mayOverride = step["overrideContext"] != nil
        let given: [GivenContext.Entry]
        switch scenario.steps[asked.step].verb {
        case .action(let action): given = action.circumstances.context.entries
        case .session(let session): given = session.circumstances.context.entries
        default: given = []
        }
        context = given.filter { mayOverride || !GivenContext.isSetByAWS($0.key) }
            .map { Key(key: $0.key, value: $0.value) }
        others = ["overrideContext", "resourceAccount", "through", "viaService"].compactMap {
            name in step[name].map { JSONOutput.Member(name, JSONOutput($0)) }
        }
    }

    static func spelled(_ action: ActionName) -> String {
        ServiceCatalog.action(action)?.qualifiedName ?? action.description
    }

    /// A service may be written as an object.
    private static func principal(_ text: String, in step: JSONValue) -> JSONOutput {
        let all = step["principal"]?.elements ?? [step["principal"]].compactMap { $0 }
        let object = all.first { one in
            one["service"]?.string.map { "service:\($0)" == text || $0 == text } ?? false
        }
        return object.map { JSONOutput($0) } ?? .string(text)
    }

    var resource: String {
        if case .action(_, let resource) = verb { resource } else { "*" }
    }
}

extension RequestDraft {
    /// With a value of a condition key, by way of the parameter that AWS makes the key of.
    mutating func set(_ key: ConditionKey, to value: ContextValue?) {
        guard case .call(let name, var members) = verb, let parameter = Self.parameter(key, name)
        else {
            context.removeAll { $0.key == key }
            context.append(Key(key: key, value: value))
            return
        }
        members.removeAll { $0.key == parameter }
        let output = value.map { Self.output($0) }
        if let output { members.append(.init(parameter, output)) }
        verb = .call(name, members)
    }

    private static func parameter(_ key: ConditionKey, _ call: String) -> String? {
        let name = key.canonical
        let isFederated = call == "assumeRoleWithWebIdentity" || call == "assumeRoleWithSAML"
        switch name {
        case "sts:externalid": return "externalId"
        case "sts:rolesessionname": return "roleSessionName"
        case "sts:sourceidentity": return "sourceIdentity"
        default:
            if isFederated, name.hasSuffix(":sub") { return "subject" }
            if isFederated, name.hasSuffix(":aud") { return "audience" }
            return nil
        }
    }

    /// Whether AWS sets the key of what is called, so that a step cannot give it.
    func cannotGive(_ key: ConditionKey) -> Bool {
        GivenContext.isSetByAWS(key) && !others.contains { $0.key == "overrideContext" }
    }

    /// As the step has it.
    var fields: [JSONOutput.Member] {
        var fields: [JSONOutput.Member] = []
        if let principal { fields.append(.init("principal", principal)) }
        switch verb {
        case .action(let action, let resource):
            fields.append(.init("action", .string(action)))
            if resource != "*" { fields.append(.init("resource", .string(resource))) }
        case .call(let name, let members): fields.append(.init(name, .object(members)))
        }
        fields += others
        if !context.isEmpty {
            let members = context.map {
                JSONOutput.Member($0.key.description, $0.value.map { Self.output($0) } ?? .null)
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
