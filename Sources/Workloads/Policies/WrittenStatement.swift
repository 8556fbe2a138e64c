/// A statement of a generated policy document.
struct WrittenStatement: Sendable {
    let sid: String
    let effect: Effect
    var principal: Principal?
    var actions: [String] = []
    var notActions: [String] = []
    var resources: [String] = []
    var conditions: [Condition] = []

    enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    enum Principal: Sendable {
        case everyone
        case aws([String])
        case service(String)
        case federated(String)
    }

    struct Condition: Sendable {
        let operation: String
        let key: String
        let values: [String]

        init(_ operation: String, _ key: String, _ values: String...) {
            self.init(operation, key, values)
        }

        init(_ operation: String, _ key: String, _ values: [String]) {
            self.operation = operation
            self.key = key
            self.values = values
        }
    }

    init(_ effect: Effect, _ sid: String) {
        self.sid = sid
        self.effect = effect
    }

    static func allow(
        _ sid: String,
        _ actions: [String],
        on resources: [String],
        if conditions: Condition...
    ) -> WrittenStatement {
        var statement = WrittenStatement(.allow, sid)
        statement.actions = actions
        statement.resources = resources
        statement.conditions = conditions
        return statement
    }

    static func deny(
        _ sid: String,
        _ actions: [String],
        on resources: [String] = ["*"],
        if conditions: Condition...
    ) -> WrittenStatement {
        var statement = WrittenStatement(.deny, sid)
        statement.actions = actions
        statement.resources = resources
        statement.conditions = conditions
        return statement
    }

    /// The statement with somebody named in it, as resource and trust policies have.
    func of(_ principal: Principal) -> WrittenStatement {
        var statement = self
        statement.principal = principal
        return statement
    }
}

extension JSONText {
    /// A member that is a policy document.
    mutating func policy(_ key: String, _ statements: [WrittenStatement]) {
        object(key) { $0.policyMembers(statements) }
    }

    private mutating func policyMembers(_ statements: [WrittenStatement]) {
        string("Version", "2012-10-17")
        array("Statement") { text in
            for statement in statements { text.object { $0.statementMembers(statement) } }
        }
    }

    private mutating func statementMembers(_ statement: WrittenStatement) {
        string("Sid", statement.sid)
        string("Effect", statement.effect.rawValue)
        switch statement.principal {
        case .everyone: string("Principal", "*")
        case .aws(let arns): object("Principal") { $0.stringOrStrings("AWS", arns) }
        case .service(let name): object("Principal") { $0.string("Service", name) }
        case .federated(let arn): object("Principal") { $0.string("Federated", arn) }
        case nil: break
        }
        if !statement.actions.isEmpty { stringOrStrings("Action", statement.actions) }
        if !statement.notActions.isEmpty { strings("NotAction", statement.notActions) }
        if !statement.resources.isEmpty { stringOrStrings("Resource", statement.resources) }
        if statement.conditions.isEmpty { return }
        object("Condition") { text in
            for condition in statement.conditions {
                text.object(condition.operation) {
                    $0.stringOrStrings(condition.key, condition.values)
                }
            }
        }
    }
}
