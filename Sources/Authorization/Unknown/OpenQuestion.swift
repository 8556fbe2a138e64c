import JSONSource
import PolicyLanguage

/// What unknown keys leave open about one request: a condition, or a variable in a resource.
struct OpenQuestion {
    let kind: Kind
    /// The effect of the statement it decides about; nil outside of statements.
    let effect: Statement.Effect?
    /// The resource that patterns are compared with.
    private(set) var requested = ""
    /// What is known of the request.
    private var context = RequestContext()

    enum Kind {
        case condition(Condition)
        case variable(ConditionKey, ResourceElement)
        /// A key that a rule or a KMS grant compares with a text.
        case value(ConditionKey, String)
    }

    init(_ condition: Condition, decidingAbout effect: Statement.Effect) {
        kind = .condition(condition)
        self.effect = effect
    }

    init(
        variable key: ConditionKey,
        in resources: ResourceElement,
        covering requested: RequestedResource,
        in context: RequestContext,
        decidingAbout effect: Statement.Effect
    ) {
        self.context = context
        self.effect = effect
        kind = .variable(key, resources)
        if case .named(let text) = requested { self.requested = text }
    }

    init(_ key: ConditionKey, comparedWith text: String) {
        kind = .value(key, text)
        effect = nil
    }

    /// The conditions it is about; a variable in a resource is as good as an equality.
    var conditions: [Condition] {
        switch kind {
        case .condition(let condition): [condition]
        case .variable(let key, let element):
            element.patterns
                .flatMap { $0.values(of: key, covering: requested, in: context) ?? [] }
                .map { .equals(key, $0) }
        case .value(let key, let text): [.equals(key, text)]
        }
    }

    /// Whether something is compared with the value of a key.
    func usesAsVariable(_ key: ConditionKey) -> Bool {
        switch kind {
        case .condition(let condition): condition.usesAsVariable(key)
        case .variable(let variable, _): variable == key
        case .value: false
        }
    }

    /// The keys with whose values something is compared.
    var variables: [ConditionKey] {
        switch kind {
        case .condition(let condition): condition.operands.flatMap(\.variables)
        case .variable(let key, _): [key]
        case .value: []
        }
    }

    /// The keys it reads, whether they are known or not.
    var keys: [ConditionKey] {
        switch kind {
        case .condition(let condition): condition.keysRead
        case .variable(let key, _), .value(let key, _): [key]
        }
    }
}

extension Condition {
    fileprivate static func equals(_ key: ConditionKey, _ text: String) -> Condition {
        let base = ConditionOperator.Base.stringEquals
        let operand = ConditionOperand(text, for: base, variables: .literal)
        return Condition(ConditionOperator(base), key, [operand], at: .nowhere)
    }

    /// Whether another condition is this one, wherever it stands.
    func saysTheSame(as other: Condition) -> Bool {
        `operator` == other.operator && key == other.key && operands == other.operands
    }
}
