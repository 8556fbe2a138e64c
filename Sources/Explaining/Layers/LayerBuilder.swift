import Authorization
import OrganizationModel
import PolicyLanguage

/// Puts the reasons of a decision and what the engine recorded together, layer by layer.
///
/// What stands in the way is taken from the reasons alone; the record only says why.
struct LayerBuilder {
    let request: Request
    let decision: Decision
    let trace: Trace
    private var unplaced: [Reason]

    static func layers(
        _ request: Request,
        _ decision: Decision,
        _ trace: Trace
    ) -> [Explanation.Layer] {
        var builder = LayerBuilder(request, decision, trace)
        var layers = trace.layers.map { builder.asked($0) }
        layers += trace.notAsked.map { builder.notAsked($0) }
        layers += builder.others()
        if layers.isEmpty, decision.outcome == .allowed, let rule = decision.notes.first {
            layers.append(Explanation.Layer(.serviceRule, nil, .allows, rule))
        }
        return layers.enumerated().sorted { left, right in
            let places = [left, right].map { LayerOrder.place(of: $0.element.policyType) }
            return (places[0], left.offset) < (places[1], right.offset)
        }
        .map(\.element)
    }

    private init(_ request: Request, _ decision: Decision, _ trace: Trace) {
        self.request = request
        self.decision = decision
        self.trace = trace
        unplaced = decision.reasons
    }

    private mutating func take(_ belongs: (Reason) -> Bool) -> [Reason] {
        let taken = unplaced.filter(belongs)
        unplaced.removeAll(where: belongs)
        return taken
    }

    /// A layer whose policies were compared with the request.
    private mutating func asked(_ layer: Trace.Layer) -> Explanation.Layer {
        let reasons = take { layer.holds($0) }
        let blocking = reasons.filter { $0.kind != .allow }
        let words = LayerText(layer, request, decision, trace)
        let mark: Explanation.Mark =
            if !blocking.isEmpty {
                decision.outcome == .undetermined ? .depends : .blocks
            } else if layer.isOpen, decision.outcome != .allowed {
                // Whatever the others say, what this layer says hangs on unknown keys.
                .depends
            } else if layer.isAllowed || !reasons.isEmpty || layer.onlyDenies(request) {
                .allows
            } else if decision.outcome == .undetermined, layer.mayAllow {
                .depends
            } else {
                .notNeeded
            }
        let isSilent = blocking.contains { $0.kind == .implicitDeny }
        let deciding = layer.deciding(mark, reasons)
        // What unknown keys could let in stands among the statements already.
        let isMissing = isSilent && !(decision.outcome == .undetermined && layer.mayAllow)
        let near = isMissing ? NearMisses.statements(of: layer, request.action) : []
        return Explanation.Layer(
            policyType: layer.policyType,
            target: layer.target,
            mark: mark,
            why: words.why(mark, blocking),
            policies: layer.policies.map(\.name),
            reasons: reasons,
            statements: deciding.map { ToldStatement($0, trace, action: request.action) },
            nearMisses: near.map {
                NearMiss(
                    policyType: layer.policyType,
                    target: layer.target,
                    statement: ToldStatement($0, trace, action: request.action)
                )
            }
        )
    }

    /// Policies that were not compared; where one would have been needed, it is missed.
    private mutating func notAsked(_ entry: Trace.NotAsked) -> Explanation.Layer {
        let reasons = take { $0.policyType == entry.policyType && $0.kind == .implicitDeny }
        guard let reason = reasons.first else {
            return Explanation.Layer(entry.policyType, nil, .notAsked, entry.why)
        }
        return Explanation.Layer(
            policyType: entry.policyType,
            target: reason.target,
            mark: decision.outcome == .undetermined ? .depends : .blocks,
            why: "\(entry.why), and it would have to let the caller in",
            reasons: reasons
        )
    }

    /// Rules and settings, which no statement stands behind.
    private mutating func others() -> [Explanation.Layer] {
        var layers: [Explanation.Layer] = []
        while let first = unplaced.first {
            let reasons = take {
                $0.policyType == first.policyType && $0.target == first.target
            }
            let isBlocking = reasons.contains { $0.kind != .allow }
            let isOpen = decision.outcome == .undetermined
            layers.append(
                Explanation.Layer(
                    policyType: first.policyType,
                    target: first.target,
                    mark: isBlocking ? (isOpen ? .depends : .blocks) : .allows,
                    why: reasons.compactMap(\.explanation).joined(separator: "; "),
                    reasons: reasons
                )
            )
        }
        return layers
    }
}

extension Explanation.Layer {
    fileprivate init(
        _ policyType: PolicyType,
        _ target: String?,
        _ mark: Explanation.Mark,
        _ why: String
    ) {
        self.init(policyType: policyType, target: target, mark: mark, why: why)
    }
}

extension Trace.Layer {
    var isAllowed: Bool { statements.contains { $0.statement.effect == .allow && $0.applies } }

    /// Whether unknown keys could make it deny, or allow where nothing does for certain.
    var isOpen: Bool {
        statements.contains {
            $0.failed.isEmpty && !$0.open.isEmpty && ($0.statement.effect == .deny || !isAllowed)
        }
    }

    /// Whether unknown keys could make it allow.
    var mayAllow: Bool {
        statements.contains { $0.statement.effect == .allow && $0.failed.isEmpty }
    }

    var denies: [Trace.Examined] {
        statements.filter { $0.statement.effect == .deny && $0.failed.isEmpty }
    }

    /// The Deny statements that stand in the way for certain.
    func denies(among reasons: [Reason]) -> [Trace.Examined] {
        denies.filter { examined in
            reasons.contains {
                $0.statementIndex == examined.statement.index && $0.span == examined.statement.span
            }
        }
    }

    /// The Allow statements that apply; where unknown keys choose among several, all of those.
    var allows: [Trace.Examined] {
        let fitting = statements.filter { $0.statement.effect == .allow && $0.failed.isEmpty }
        let certain = fitting.filter(\.applies)
        return certain.isEmpty ? fitting : certain
    }

    /// RCPs need no Allow (RCP-2), nor does the task policy of AssumeRoot (ROOT-7).
    func onlyDenies(_ request: Request) -> Bool {
        if policyType == .resourceControlPolicy { return denies.isEmpty }
        guard policyType == .sessionPolicy, case .assumedRoot = request.caller else { return false }
        return denies.isEmpty
    }

    /// Whether a reason lies here: a statement of this layer, or its silence.
    fileprivate func holds(_ reason: Reason) -> Bool {
        guard reason.policyType == policyType, reason.target == target else { return false }
        guard let index = reason.statementIndex else {
            // Grants of a key are kept with its policy.
            return reason.kind == .implicitDeny ? !isAllowed : reason.kind == .allow
        }
        let effect: Statement.Effect = reason.kind == .allow ? .allow : .deny
        return statements.contains {
            $0.statement.index == index && $0.statement.effect == effect && $0.failed.isEmpty
                && $0.statement.span == reason.span && $0.policy.name == reason.policy
        }
    }

    fileprivate func deciding(
        _ mark: Explanation.Mark,
        _ reasons: [Reason]
    ) -> [Trace.Examined] {
        switch mark {
        case .blocks: denies(among: reasons)
        case .allows: allows
        case .depends:
            statements.filter { $0.failed.isEmpty && (!$0.applies || $0.statement.effect == .deny) }
        case .notAsked, .notNeeded: []
        }
    }
}
