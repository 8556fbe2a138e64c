import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

/// What the statement that a mutant changes says, before and after: requests that may tell.
struct Aim {
    private let statements: [Statement]

    /// So many actions, resources and values are tried.
    private static let limits = (actions: 8, resources: 6, values: 12)

    /// Of a change of attachments every statement of the policy.
    init(_ guardrail: Guardrail, _ mutant: Mutant) {
        func statements(_ value: JSONValue) -> [Statement] {
            PolicyParser.parse(value, as: guardrail.grammar).value?.statements ?? []
        }
        let before = statements(guardrail.value)
        guard let place = mutant.statement, case .document(let document) = mutant.change else {
            self.statements = Array(before.prefix(4))
            return
        }
        let both = [before, statements(document)]
        self.statements = both.compactMap { $0.indices.contains(place) ? $0[place] : nil }
    }

    private var conditions: [Condition] {
        var seen: Set<Condition> = []
        return statements.flatMap(\.conditions).filter { seen.insert($0).inserted }
    }

    /// Actions that the statement names or that its patterns fit; those in which before and after
    /// differ come first.
    var actions: [String] {
        let lists = statements.map { statement in
            statement.actions.patterns.flatMap { Self.examples($0) }
        }
        guard let first = lists.first else { return [] }
        let last = lists.last ?? []
        let differing = first.filter { !last.contains($0) } + last.filter { !first.contains($0) }
        var found: [String] = []
        for name in differing + first where !found.contains(name) { found.append(name) }
        return Array(found.prefix(Self.limits.actions))
    }

    private static func examples(_ pattern: ActionPattern) -> [String] {
        if pattern.isEverything { return ["s3:GetObject", "ec2:RunInstances"] }
        if let name = ActionName(pattern.text) { return [RequestDraft.spelled(name)] }
        let all = ServiceCatalog.actions(matching: pattern).map(\.qualifiedName)
        // The last one is seldom the one a narrower pattern was made of.
        return all.count < 2 ? all : [all[all.count - 1], all[0]]
    }

    /// Resources that the statement's patterns fit.
    func resources(_ current: String) -> [String] {
        var found: [String] = []
        for statement in statements {
            for pattern in statement.resources?.patterns ?? [] {
                for text in Self.examples(pattern.text) where !found.contains(text) {
                    found.append(text)
                }
            }
        }
        return Array(found.filter { $0 != current }.prefix(Self.limits.resources))
    }

    private static func examples(_ pattern: String) -> [String] {
        if pattern == "*" || pattern.contains("${") { return ["*"] }
        guard pattern.contains("*") || pattern.contains("?") else { return [pattern] }
        let filled = pattern.map { $0 == "*" || $0 == "?" ? "x" : String($0) }.joined()
        return [filled]
    }

    /// Puts in values with which every condition of the statement holds.
    func fulfil(_ draft: inout RequestDraft, in context: RequestContext) {
        var context = context
        for entry in draft.context { context[entry.key] = entry.value }
        for condition in statements.first?.conditions ?? [] where !condition.holds(in: context) {
            guard !GivenContext.isSetByAWS(condition.key) else { continue }
            let isSet = condition.operator.quantifier != nil
            let texts = values(of: condition.key, context)
            let fitting = texts.first { condition.meets($0, in: context) }
            if let fitting {
                let value = isSet ? ContextValue.set([fitting]) : .single(fitting)
                draft.set(condition.key, to: value)
                context[condition.key] = value
            } else {
                var without = context
                without[condition.key] = nil
                guard condition.holds(in: without) else { continue }
                draft.set(condition.key, to: nil)
                context = without
            }
        }
    }

    /// The request with each value of each key that may tell, and without the key.
    func variations(of draft: RequestDraft, in context: RequestContext) -> [RequestDraft] {
        var found: [RequestDraft] = []
        var seen: Set<ConditionKey> = []
        for condition in conditions where seen.insert(condition.key).inserted {
            let key = condition.key
            guard !GivenContext.isSetByAWS(key) else { continue }
            let isSet = conditions.contains { $0.key == key && $0.operator.quantifier != nil }
            func with(_ value: ContextValue?) -> RequestDraft {
                var other = draft
                other.set(key, to: value)
                return other
            }
            let texts = values(of: key, context).filter { !$0.isEmpty }.prefix(Self.limits.values)
            found += texts.map { with(isSet ? .set([$0]) : .single($0)) }
            if isSet, texts.count > 1 { found.append(with(.set(Array(texts.prefix(2))))) }
            found.append(with(nil))
        }
        return found
    }

    private func values(of key: ConditionKey, _ context: RequestContext) -> [String] {
        TellingValues(of: key, in: conditions, context: context).texts
    }
}
