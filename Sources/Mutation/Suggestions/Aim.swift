import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

/// What the statement that a mutant changes says, before and after: requests that may tell.
struct Aim {
    private let statements: [Statement]
    /// The role or resource whose policy it is.
    private let owner: String?
    /// What stands for any account and any Region in ARNs.
    let account: String
    let region: String

    /// So many actions, resources and values are tried.
    private static let limits = (actions: 6, resources: 4, values: 10)

    /// Of a change of attachments every statement of the policy.
    init(_ guardrail: Guardrail, _ mutant: Mutant, account: String, region: String) {
        self.account = account
        self.region = region
        owner = guardrail.resource
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
}

// Actions, resources and principals.
extension Aim {
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
        for name in differing + first where !found.contains(name) && name != StatementSite.noAction
        {
            found.append(name)
        }
        return Array(found.prefix(Self.limits.actions))
    }

    private static func examples(_ pattern: ActionPattern) -> [String] {
        if pattern.isEverything { return ["ec2:DescribeInstances", "s3:GetObject"] }
        if let name = ActionName(pattern.text) { return [RequestDraft.spelled(name)] }
        // Short names are the ones people know; two, for one may be what a pattern is narrowed to.
        let all = ServiceCatalog.actions(matching: pattern).map(\.qualifiedName)
            .filter { !$0.contains("Grant") || $0.hasPrefix("kms:") }
        return Array(
            all.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.prefix(2)
        )
    }

    /// Resources that an action works on: its policy's own, those the statement names, one of the
    /// caller's account.
    func resources(of action: String, near current: String) -> [String] {
        guard let name = ActionName(action), let known = ServiceCatalog.action(name) else {
            return [current]
        }
        guard known.hasResourceTypes else { return ["*"] }
        let accepted = known.acceptedARNs
        let patterns = statements.flatMap { $0.resources?.patterns.map(\.text) ?? [] }
        let named = patterns.filter { $0 != "*" && !$0.contains("${") }.map { filled($0) }
        let formats = known.resourceTypeNames
            .compactMap { known.service.resourceType($0)?.arnFormats.first }
        let own = owner.map { [$0, "\($0)/example"] } ?? []
        var found: [String] = []
        for text in [current] + own + named + formats.map({ filled(format: $0) }) {
            guard let arn = ARN(text), accepted.contains(arn), !found.contains(text) else {
                continue
            }
            found.append(text)
        }
        return found.isEmpty ? [current] : Array(found.prefix(Self.limits.resources))
    }

    /// A pattern with something in place of its wildcards.
    private func filled(_ pattern: String) -> String {
        var parts = pattern.split(
            separator: ":",
            maxSplits: 5,
            omittingEmptySubsequences: false
        ).map(String.init)
        guard parts.count == 6 else { return pattern }
        if parts[3] == "*" { parts[3] = region }
        if parts[4] == "*" { parts[4] = account }
        parts[5] = parts[5].map { $0 == "*" || $0 == "?" ? "example" : String($0) }.joined()
        return parts.joined(separator: ":")
    }

    private func filled(format: String) -> String {
        var text = ""
        var rest = format[...]
        while let start = rest.firstIndex(of: "$"), let end = rest[start...].firstIndex(of: "}") {
            text += rest[..<start]
            switch rest[start...end] {
            case "${Partition}": text += "aws"
            case "${Region}": text += region
            case "${Account}": text += account
            default: text += "example"
            }
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }

    /// Whom the statement names, and services by their principals.
    var principals: [JSONOutput] {
        var found: [JSONOutput] = []
        for entry in statements.flatMap({ $0.principal?.entries ?? [] }) {
            let one: JSONOutput
            switch entry {
            case .user(let arn), .role(let arn): one = .string(arn.description)
            case .service(let name): one = .fields(["service": .string(name)])
            case .everyone: one = .string("anonymous")
            case .account, .assumedRole, .federatedUser, .uniqueID, .federated, .canonicalUser:
                continue
            }
            if !found.contains(one) { found.append(one) }
        }
        return found
    }
}

// Condition keys.
extension Aim {
    /// Puts in values with which every condition of the statement holds.
    func fulfil(_ draft: inout RequestDraft, in context: RequestContext) {
        var context = context
        for entry in draft.context { context[entry.key] = entry.value }
        for condition in statements.first?.conditions ?? [] where !condition.holds(in: context) {
            guard !draft.cannotGive(condition.key) else { continue }
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
            guard !draft.cannotGive(key) else { continue }
            let isSet = conditions.contains { $0.key == key && $0.operator.quantifier != nil }
            func with(_ value: ContextValue?) -> RequestDraft {
                var other = draft
                other.set(key, to: value)
                return other
            }
            let texts = values(of: key, context).prefix(Self.limits.values)
            found += texts.map { with(isSet ? .set([$0]) : .single($0)) }
            if isSet, texts.count > 1 { found.append(with(.set(Array(texts.prefix(2))))) }
            found.append(with(nil))
        }
        return found
    }

    /// Values that read like those of requests: no empty text, and no Region that there is not.
    private func values(of key: ConditionKey, _ context: RequestContext) -> [String] {
        let telling = TellingValues(of: key, in: conditions, context: context).texts
        guard key.canonical == "aws:requestedregion" else {
            return telling.filter { !$0.isEmpty }
        }
        var regions: [String] = []
        for text in ["us-east-1", "us-west-2"] + telling + Regions.known.sorted()
        where Regions.known.contains(text) && !regions.contains(text) {
            regions.append(text)
        }
        return regions
    }
}
