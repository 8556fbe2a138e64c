package import Authorization
import OrganizationModel
import PolicyLanguage

extension Explanation {
    /// Decides a request once more, recording every statement, and tells why it came out so.
    ///
    /// The name is what people call the caller; it follows from the organization where it is nil.
    package init(of request: Request, named name: String? = nil, by engine: Engine) {
        let (decision, trace) = engine.trace(request)
        self.init(
            question: Question(
                principal: name ?? CallerText.name(of: request.caller, in: engine.organization),
                principalARN: engine.principalARN(of: request.caller)?.description,
                action: request.action.description,
                resource: request.resource
            ),
            decision: decision,
            layers: LayerBuilder.layers(request, decision, trace),
            keys: ReadKey.keys(of: request, trace),
            hops: Hop.hops(to: request.caller, engine),
            trace: trace
        )
    }

    /// A decision that was made without looking at any policy.
    package init(_ question: Question, _ decision: Decision) {
        let layers = decision.reasons.map {
            Layer(
                policyType: $0.policyType,
                target: $0.target,
                mark: $0.kind == .allow ? .allows : .blocks,
                why: $0.explanation ?? "",
                reasons: [$0]
            )
        }
        self.init(
            question: question,
            decision: decision,
            layers: layers,
            keys: [],
            hops: [],
            trace: Trace()
        )
    }
}

extension ReadKey {
    /// The keys of statements about this caller and action, sorted by name.
    static func keys(of request: Request, _ trace: Trace) -> [ReadKey] {
        var found: [String: ConditionKey] = [:]
        for examined in trace.layers.flatMap(\.statements) {
            guard !examined.failed.contains(.principal), !examined.failed.contains(.action) else {
                continue
            }
            let resources = examined.statement.resources?.patterns ?? []
            var keys = resources.flatMap(\.variables)
            if !examined.failed.contains(.resource) {
                keys += examined.statement.conditions.flatMap(\.keysRead)
            }
            for key in keys where found[key.canonical] == nil { found[key.canonical] = key }
        }
        let given = Set(request.context.entries.filter { $0.value != nil }.map(\.key))
        return found.sorted { $0.key < $1.key }.map { _, key in
            let value = trace.context[key]
            let origin: Origin =
                if trace.isOpen(key) {
                    .unknown
                } else if value == nil {
                    .absent
                } else {
                    given.contains(key) ? .given : .derived
                }
            return ReadKey(key: key, value: value, origin: origin)
        }
    }
}
