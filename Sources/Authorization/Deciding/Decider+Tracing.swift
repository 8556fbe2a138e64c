import OrganizationModel
import PolicyLanguage

extension Decider {
    /// Compares every element of every statement of every policy asked, and keeps what came of it.
    package mutating func trace(_ request: PreparedRequest) -> Decision.Outcome {
        traced.begin()
        guard facts[Int(request.number)].evaluation != nil, request.settled == .no else {
            return decide(request)
        }
        var request = request
        // Statements that do not cover the action may read keys that no other reads.
        if request.slotCount < complete(request.chains) { giveSlots(&request) }
        for kind in LayerKind.allCases { trace(kind, request) }
        return decide(request)
    }

    /// Makes a request ready to be traced as well as decided.
    package mutating func prepareForTrace(_ request: Request) -> PreparedRequest {
        var prepared = prepare(request)
        if prepared.settled == .no, prepared.slotCount < complete(prepared.chains) {
            giveSlots(&prepared)
        }
        return prepared
    }

    /// Compiles every statement of some chains; how many keys they may read.
    private mutating func complete(_ chains: LayerNumbers) -> UInt32 {
        var room: UInt32 = 0
        for kind in LayerKind.allCases where chains[kind] != Plans.noChain {
            if plans.roomForAll[chains[kind]] == 0 { complete(chains[kind]) }
            room = max(room, plans.roomForAll[chains[kind]])
        }
        return room
    }

    private mutating func complete(_ chain: UInt32) {
        let levels = plans.levels(of: chain)
        for place in levels.start..<levels.end {
            let documents = plans.documents(ofLevel: place)
            for document in documents.start..<documents.end {
                let run = programs.documents[plans.document(document)]
                for statement in run.start..<run.end { programs.complete(statement, &symbols) }
            }
        }
        plans.roomForAll[chain] = UInt32(programs.keys.entries.count)
    }

    private mutating func trace(_ kind: LayerKind, _ request: PreparedRequest) {
        let chain = request.chains[kind]
        guard chain != Plans.noChain else { return }
        let levels = plans.levels(of: chain)
        let planned = plans.all[request.plans[kind]].levels
        for place in levels.start..<levels.end {
            let documents = plans.documents(ofLevel: place)
            // The candidates stand in the order of the statements.
            var candidates = plans.levels[planned.start + (place - levels.start)].candidates
            for document in documents.start..<documents.end {
                let run = programs.documents[plans.document(document)]
                let start = UInt32(traced.statements.count)
                let policy = document - documents.start
                for statement in run.start..<run.end {
                    let coversAction = candidates.takesFirst(plans, statement, policy)
                    examine(statement, kind, coversAction: coversAction, request)
                }
                traced.levels.append(
                    TraceRecord.Level(
                        kind: kind,
                        level: place - levels.start,
                        policy: policy,
                        statements: Run(start: start, count: run.count)
                    )
                )
            }
        }
    }

    private mutating func examine(
        _ number: UInt32,
        _ kind: LayerKind,
        coversAction: Bool,
        _ request: PreparedRequest
    ) {
        let statement = programs.statements[number]
        let grade = grade(statement, kind, request)
        var found = TraceRecord.Examined(statement: number, grade: grade?.rawValue ?? 0)
        found.failsPrincipal = grade == nil
        found.failsAction = !coversAction
        let hasOpenKeys = request.flags.contains(.hasOpenKeys)
        if statement.restrictsResources {
            if hasOpenKeys {
                let coverage = openCoverage(statement, request)
                found.failsResource = coverage == .no
                found.hasOpenResource = coverage == .open
            } else {
                found.failsResource = !covers(statement, request)
            }
        }
        found.failed.start = UInt32(traced.conditions.count)
        for place in statement.conditions.start..<statement.conditions.end {
            let uses = programs.conditions[place].uses
            if hasOpenKeys, readsOpenKey(uses, request) { continue }
            if !holds(place, request) {
                traced.conditions.append(place &- statement.conditions.start)
                found.failed.count &+= 1
            }
        }
        if hasOpenKeys {
            found.open.start = UInt32(traced.conditions.count)
            for place in statement.conditions.start..<statement.conditions.end
            where readsOpenKey(programs.conditions[place].uses, request) {
                traced.conditions.append(place &- statement.conditions.start)
                found.open.count &+= 1
            }
        }
        traced.statements.append(found)
    }
}

extension Run {
    /// Whether a statement is the first of some candidates, which is taken away then.
    @inline(__always)
    fileprivate mutating func takesFirst(
        _ plans: borrowing Plans,
        _ statement: UInt32,
        _ policy: UInt32
    ) -> Bool {
        guard count != 0 else { return false }
        let first = plans.candidates[start]
        guard first.statement == statement, first.policy == policy else { return false }
        start &+= 1
        count &-= 1
        return true
    }
}

// From numbers back to policies.
extension Decider {
    /// The trace of the request traced last.
    func fullTrace(_ request: PreparedRequest) -> Trace {
        guard let evaluation = facts[Int(request.number)].evaluation else { return Trace() }
        var trace = Trace()
        trace.filled = FilledContext(evaluation.keys)
        trace.requested = evaluation.target.requested
        guard request.settled == .no else { return trace }
        for kind in LayerKind.allCases {
            let type = evaluation.policyType(kind)
            switch asked(kind, evaluation) {
            case .levels(let account):
                let levels = surroundings.controlPolicies.levels(kind, of: account)
                for (number, level) in levels.enumerated() {
                    trace.layers.append(layer(kind, number, level, evaluation, request))
                }
            case .policies(let policies, let target):
                let level = ControlPolicyLevel(target: target, policies: policies)
                trace.layers.append(layer(kind, 0, level, evaluation, request))
            case .not(let why):
                trace.notAsked.append(
                    Trace.NotAsked(policyType: type, why: why.text(kind, evaluation))
                )
            }
        }
        return trace
    }

    private func layer(
        _ kind: LayerKind,
        _ number: Int,
        _ level: ControlPolicyLevel,
        _ evaluation: Evaluation,
        _ request: PreparedRequest
    ) -> Trace.Layer {
        var layer = Trace.Layer(
            policyType: evaluation.policyType(kind),
            target: level.target,
            policies: level.policies,
            needsAllow: needsAllow(kind, request)
        )
        for place in 0..<traced.levels.count {
            let found = traced.levels[place]
            guard found.kind == kind, found.level == UInt32(number) else { continue }
            let policy = level.policies[Int(found.policy)]
            let statements = policy.document.statements
            for place in found.statements.start..<found.statements.end {
                let examined = traced.statements[place]
                let index = Int(programs.statements[examined.statement].index)
                layer.statements.append(
                    told(examined, statements[index], of: policy, kind, found.level, request)
                )
            }
        }
        return layer
    }

    private func told(
        _ examined: TraceRecord.Examined,
        _ statement: Statement,
        of policy: Policy,
        _ kind: LayerKind,
        _ level: UInt32,
        _ request: PreparedRequest
    ) -> Trace.Examined {
        var failed: [Trace.Element] = []
        if examined.failsPrincipal { failed.append(.principal) }
        if examined.failsAction { failed.append(.action) }
        if examined.failsResource { failed.append(.resource) }
        failed += conditions(examined.failed)
        let open: [Trace.Element] = examined.hasOpenResource ? [.resource] : []
        let grade = Grade(rawValue: examined.grade)
        var principal: PrincipalEntry?
        if grade != nil, kind == .resource || kind == .endpoint,
            let place = programs.principal(
                naming: callers.facts[request.named],
                in: programs.statements[examined.statement],
                writtenAt: policy.writtenAt
            )
        {
            principal = statement.principal?.entries[place]
        }
        return Trace.Examined(
            policy: policy,
            statement: statement,
            grade: grade,
            principal: principal,
            failed: failed,
            open: open + conditions(examined.open),
            wouldDecide: wouldDecide(examined, kind, level, request)
        )
    }

    private func conditions(_ run: Run) -> [Trace.Element] {
        (run.start..<run.end).map { .condition(Int(traced.conditions[$0])) }
    }
}
