import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// Statements for exactly what some requests ask, as narrow as the grammar of a policy allows.
struct Grant {
    let actions: [String]
    let resource: String
    let view: RequestView
    let caller: Caller

    /// Of requests that differ by their actions alone.
    init(_ requests: [Request], _ view: RequestView) {
        var names: [String] = []
        for request in requests where !names.contains(Self.spelled(request.action)) {
            names.append(Self.spelled(request.action))
        }
        actions = names
        switch view.requested {
        case .none, .named("arn:aws:s3:::*"): resource = "*"
        // A variable's marks in the name of a resource stand for themselves.
        case .named(let text):
            resource = text.split(separator: "${", omittingEmptySubsequences: false)
                .joined(separator: "${$}{")
        }
        self.view = view
        caller = requests[0].caller
    }

    /// The action as AWS spells it.
    private static func spelled(_ action: ActionName) -> String {
        ServiceCatalog.action(action)?.qualifiedName ?? action.description
    }

    /// "s3:GetObject on 'arn:…'", as sentences say it.
    var what: String {
        let list = actions.joined(separator: " and ")
        return resource == "*" ? list : "\(list) on '\(resource)'"
    }

    /// "Allow-s3-GetObject".
    func policyName(_ verb: String) -> String {
        "\(verb)-" + actions[0].map { $0 == ":" ? "-" : $0 }
    }

    private func sid(_ verb: String) -> String {
        let parts = actions[0].split { $0 == ":" || $0 == "-" }
        return verb + parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private var actionElement: JSONOutput {
        actions.count == 1 ? .string(actions[0]) : .strings(actions)
    }

    /// For identity, session and service control policies.
    func statement(_ effect: Statement.Effect, condition: [Exemption] = []) -> JSONOutput {
        .fields([
            "Sid": .string(sid(effect.rawValue)), "Effect": .string(effect.rawValue),
            "Action": actionElement, "Resource": .string(resource),
            "Condition": Exemption.element(condition),
        ])
    }

    /// For policies that name principals; trust policies have no `Resource`.
    func statement(
        _ effect: Statement.Effect,
        for principal: JSONOutput,
        hasResource: Bool,
        condition: [Exemption] = []
    ) -> JSONOutput {
        .fields([
            "Sid": .string(sid(effect.rawValue)), "Effect": .string(effect.rawValue),
            "Principal": principal, "Action": actionElement,
            "Resource": hasResource ? .string(resource) : nil,
            "Condition": Exemption.element(condition),
        ])
    }

    static func document(_ statement: JSONOutput) -> JSONOutput {
        .fields(["Version": .string("2012-10-17"), "Statement": .array([statement])])
    }
}

/// One operator, key and value that tell a caller from everybody else.
struct Exemption: Sendable {
    let `operator`: String
    let key: String
    let value: String

    static func element(_ conditions: [Exemption]) -> JSONOutput? {
        guard !conditions.isEmpty else { return nil }
        var groups: [JSONOutput.Member] = []
        for name in conditions.map(\.operator) where !groups.contains(where: { $0.key == name }) {
            let own = conditions.filter { $0.operator == name }
            groups.append(.init(name, .object(own.map { .init($0.key, .string($0.value)) })))
        }
        return .object(groups)
    }

    /// As a condition that only the caller fulfils, or that only he fails.
    init?(_ caller: Caller, _ view: RequestView, isNegated: Bool) {
        let text = isNegated ? "StringNotEquals" : "StringEquals"
        switch caller {
        case .root, .user, .role, .federatedUser, .assumedRoot, .outsider:
            guard let arn = view.context.single("aws:PrincipalArn") else { return nil }
            self.init(
                operator: isNegated ? "ArnNotEquals" : "ArnEquals",
                key: "aws:PrincipalArn",
                value: arn
            )
        case .service(let service):
            self.init(operator: text, key: "aws:PrincipalServiceName", value: service.name)
        case .anonymous:
            self.init(operator: text, key: "aws:PrincipalType", value: "Anonymous")
        case .federation(_, let keys):
            let own = keys.first { $0.key.canonical.hasSuffix(":sub") } ?? keys.first
            guard let own, let value = view.context.single(own.key) else { return nil }
            self.init(operator: text, key: own.key.description, value: value)
        }
    }

    init(operator: String, key: String, value: String) {
        self.operator = `operator`
        self.key = key
        self.value = value
    }
}
