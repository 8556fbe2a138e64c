import OrganizationModel
import PolicyLanguage

// From numbers back to policies: what was recorded as people are told of it.
extension Decider {
    /// What the request decided last came out as, reasons and all.
    mutating func evaluated(
        _ request: PreparedRequest,
        _ outcome: Decision.Outcome
    ) -> Evaluated {
        let facts = facts[Int(request.number)]
        guard let evaluation = facts.evaluation else {
            return Evaluated(facts.decision ?? Decision(outcome))
        }
        let keys = evaluation.keys
        if let decision = facts.decision {
            return Evaluated(decision, openQuestions: evaluation.openQuestions, keys: keys)
        }
        noteReasons(request, outcome, evaluation)
        let decision = Decision(
            outcome,
            reasons: reasons(evaluation),
            absentKeys: absentKeys,
            notes: notes(evaluation)
        )
        return Evaluated(decision, openQuestions: openQuestions(evaluation), keys: keys)
    }

    var absentKeys: [String] {
        absentKeys((0..<record.absentKeys.count).map { record.absentKeys[$0] })
    }

    func absentKeys(_ uses: [KeyUse]) -> [String] {
        uses.map { use in
            let key = programs.keys.entries[Int(use.slot)].key.canonical
            return (key, symbols.string(use.spelling))
        }
        .sorted { $0.0 < $1.0 }
        .map(\.1)
    }

    /// The reasons noted, as people are told of them.
    private func reasons(_ evaluation: Evaluation) -> [Reason] {
        var (kind, number) = (LayerKind?.none, UInt32(0))
        var level: ControlPolicyLevel?
        return (0..<record.reasons.count).map { place in
            let noted = record.reasons[place]
            if noted.kind == .statement, kind != noted.layer || number != noted.level {
                (kind, number) = (noted.layer, noted.level)
                level = self.level(noted.layer, Int(noted.level), evaluation)
            }
            return reason(noted, level, evaluation)
        }
    }

    /// A reason noted as people are told of it; of a statement with the level it stands at.
    func reason(
        _ noted: Record.Reason,
        _ level: ControlPolicyLevel?,
        _ evaluation: Evaluation
    ) -> Reason {
        switch noted.kind {
        case .statement:
            guard let level else { preconditionFailure("a layer that was not asked has spoken") }
            return .statement(
                evaluation.policyType(noted.layer),
                Int(programs.statements[noted.statement].index),
                of: level.policies[Int(noted.place)],
                target: level.target
            )
        case .silence: return silence(noted, evaluation)
        case .publicAccessBlock: return evaluation.publicAccessBlock
        case .grant:
            let found = evaluation.grants[Int(noted.place)]
            let name = found.grant.name ?? "grant \(found.index)"
            return Reason(.resourcePolicy, .allow, policy: name, target: evaluation.target.name)
        case .ownPassword:
            let rule = "the account lets every user change his own password"
            return Reason(.serviceRule, .allow, explanation: rule)
        }
    }

    private func silence(_ noted: Record.Reason, _ evaluation: Evaluation) -> Reason {
        let type = evaluation.policyType(noted.layer)
        let target: String? =
            switch noted.layer {
            case .serviceControl, .resourceControl:
                level(noted.layer, Int(noted.level), evaluation)?.target
            case .endpoint: evaluation.request.endpoint?.description
            case .resource: evaluation.target.name
            case .identity, .boundary, .session: evaluation.subject.name
            }
        return Reason(type, .implicitDeny, target: target)
    }

    /// The policies at one level of a layer that was asked.
    func level(_ kind: LayerKind, _ level: Int, _ evaluation: Evaluation) -> ControlPolicyLevel? {
        switch asked(kind, evaluation) {
        case .levels(let account): surroundings.controlPolicies.levels(kind, of: account)[level]
        case .policies(let policies, let target):
            ControlPolicyLevel(target: target, policies: policies)
        case .not: nil
        }
    }

    func asked(_ kind: LayerKind, _ evaluation: Evaluation) -> AskedLayer {
        switch kind {
        case .resourceControl: surroundings.controlPolicies.resourceControl(evaluation)
        case .serviceControl: surroundings.controlPolicies.serviceControl(evaluation)
        case .endpoint: evaluation.endpointLayer
        case .resource: evaluation.resourceLayer
        case .identity: evaluation.identityLayer
        case .boundary: evaluation.boundaryLayer
        case .session: evaluation.sessionLayer
        }
    }
}

// Unknown keys.
extension Decider {
    /// What unknown keys leave open, in the order in which it came up.
    private mutating func openQuestions(_ evaluation: Evaluation) -> [OpenQuestion] {
        guard !evaluation.request.unknownKeys.isEmpty else { return [] }
        if record.open.count == 0 { return evaluation.openQuestions }
        // PERF: the whole context is put together for variables alone.
        var context: RequestContext?
        let ofGrants = evaluation.openQuestions[evaluation.questionsOfRules...]
        var questions = Array(evaluation.openQuestions[..<evaluation.questionsOfRules])
        // KMS grants are asked behind the key's policy.
        let behind = record.open.firstIndex { $0.kind.isOfCaller } ?? record.open.count
        for open in record.open[..<behind] {
            questions += self.questions(open, evaluation, &context)
        }
        questions += ofGrants
        for open in record.open[behind...] {
            questions += self.questions(open, evaluation, &context)
        }
        return questions
    }

    private func questions(
        _ open: Record.Open,
        _ evaluation: Evaluation,
        _ context: inout RequestContext?
    ) -> [OpenQuestion] {
        let program = programs.statements[open.statement]
        let effect: Statement.Effect = program.isDeny ? .deny : .allow
        if let condition = open.condition {
            return [OpenQuestion(programs.sources[Int(condition)], decidingAbout: effect)]
        }
        guard let element = programs.resources(of: open.statement) else { return [] }
        let variables = element.patterns.flatMap(\.variables).filter { evaluation.keys.isOpen($0) }
        if variables.isEmpty { return [] }
        let filled = context ?? FilledContext(evaluation.keys).context
        context = filled
        return variables.map {
            OpenQuestion(
                variable: $0,
                in: element,
                covering: evaluation.target.requested,
                in: filled,
                decidingAbout: effect
            )
        }
    }
}

extension Reason {
    /// A statement that applies.
    fileprivate static func statement(
        _ type: PolicyType,
        _ place: Int,
        of policy: Policy,
        target: String
    ) -> Reason {
        let statement = policy.document.body.statements[place]
        return Reason(
            type,
            statement.effect == .deny ? .explicitDeny : .allow,
            policy: policy.name,
            policyARN: policy.arn,
            sid: statement.sid,
            statementIndex: statement.index,
            target: target,
            span: policy.document.span(ofStatement: place)
        )
    }
}

extension Evaluation {
    func policyType(_ kind: LayerKind) -> PolicyType {
        switch kind {
        case .resourceControl: .resourceControlPolicy
        case .serviceControl: .serviceControlPolicy
        case .endpoint: .vpcEndpointPolicy
        case .resource: target.policyType
        case .identity: .identityPolicy
        case .boundary: .permissionsBoundary
        case .session: .sessionPolicy
        }
    }
}
