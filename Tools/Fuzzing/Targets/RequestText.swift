import JSONSource

/// Requests as NDJSON, made of the steps of a scenario.
enum RequestText {
    /// A line for each step that asks; sessions that steps saved are obtained in the line.
    static func lines(ofScenario value: JSONValue) -> [String] {
        var saved: [String: [JSONOutput.Member]] = [:]
        var lines: [String] = []
        for step in value["steps"]?.elements ?? [] {
            let step = step.merging(over: value["defaults"])
            var members = [JSONOutput.Member("id", .integer(lines.count))]
            for member in step.members ?? [] where fields.contains(member.key) {
                members.append(.init(member.key, JSONOutput(member.value.first)))
            }
            if let verb = step.members?.first(where: { verbs.contains($0.key) }) {
                let session = JSONOutput.object([.init(verb.key, JSONOutput(verb.value))])
                members.append(.init("session", session))
                if let name = step["saveAs"]?.string { saved["$" + name] = members }
                members.append(.init("action", .string("sts:GetCallerIdentity")))
            } else if step["action"] == nil {
                continue
            } else if let name = step["principal"]?.first.string, let session = saved[name] {
                // A session of a session stays what it is: a name that nobody knows.
                members.removeAll { $0.key == "principal" }
                members += session.filter { ["principal", "session"].contains($0.key) }
            }
            lines.append(JSONOutput.object(members).compact)
        }
        return lines
    }

    /// An object with its members in the opposite order; two of one name stay as they are.
    static func reversed(_ value: JSONValue) -> [UInt8] {
        guard case .object(let members) = JSONOutput(value),
            Set(members.map(\.key)).count == members.count
        else { return Array(JSONOutput(value).compact.utf8) }
        return Array(JSONOutput.object(members.reversed()).compact.utf8)
    }

    private static let fields = [
        "principal", "action", "resource", "context", "resourceAccount", "through", "viaService",
        "overrideContext", "unknownKeys", "without",
    ]
    private static let verbs = [
        "assumeRole", "assumeRoleWithSAML", "assumeRoleWithWebIdentity", "getSessionToken",
        "getFederationToken", "assumeRoot", "signIn",
    ]
}

extension JSONValue {
    /// The first of a list, for fields that may hold one or more.
    fileprivate var first: JSONValue { elements?.first ?? self }

    /// The fields of a step with what the scenario says for all.
    fileprivate func merging(over defaults: JSONValue?) -> JSONValue {
        defaults?.merging(self) ?? self
    }
}
