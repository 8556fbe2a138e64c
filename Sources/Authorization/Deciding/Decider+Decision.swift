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
        let decision = Decision(
            outcome,
            reasons: outcome == .allowed
                ? granted(request, evaluation) : blocking(request, evaluation),
            absentKeys: absentKeys,
            notes: notes(evaluation)
        )
        return Evaluated(decision, openQuestions: openQuestions(evaluation), keys: keys)
    }

    private var absentKeys: [String] {
        (0..<record.absentKeys.count).map { place in
            let use = record.absentKeys[place]
            let key = programs.keys.entries[Int(use.slot)].key.canonical
            return (key, symbols.string(use.spelling))
        }
        .sorted { $0.0 < $1.0 }
        .map(\.1)
    }

    /// The statements recorded that are wanted, in the order in which they were compared.
    private func statements(
        _ evaluation: Evaluation,
        where isWanted: (Record.Match, _ isDeny: Bool) -> Bool
    ) -> [Reason] {
        var reasons: [Reason] = []
        var (kind, number) = (LayerKind?.none, UInt32(0))
        var level: ControlPolicyLevel?
        for place in 0..<record.matches.count {
            let match = record.matches[place]
            let program = programs.statements[match.statement]
            guard isWanted(match, program.isDeny) else { continue }
            if kind != match.kind || number != match.level {
                (kind, number) = (match.kind, match.level)
                level = self.level(match.kind, Int(match.level), evaluation)
            }
            guard let level else { continue }
            reasons.append(
                .statement(
                    evaluation.policyType(match.kind),
                    Int(program.index),
                    of: level.policies[Int(match.policy)],
                    target: level.target
                )
            )
        }
        return reasons
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

// Denials: what denies, then what is missing.
extension Decider {
    private func blocking(_ request: PreparedRequest, _ evaluation: Evaluation) -> [Reason] {
        var reasons = statements(evaluation) { $1 && !$0.kind.isOfCaller }
        if request.flags.contains(.isPublicAccessBlocked) {
            reasons.append(evaluation.publicAccessBlock)
        }
        reasons += statements(evaluation) { $1 && $0.kind.isOfCaller }
        for place in 0..<record.silentLevels.count {
            let number = Int(record.silentLevels[place])
            guard let level = level(.serviceControl, number, evaluation) else { continue }
            reasons.append(.silent(.serviceControlPolicy, target: level.target))
        }
        if record.isEndpointSilent, let endpoint = evaluation.request.endpoint {
            reasons.append(.silent(.vpcEndpointPolicy, target: endpoint.description))
        }
        return reasons + missing(evaluation)
    }

    private func missing(_ evaluation: Evaluation) -> [Reason] {
        let (target, subject) = (evaluation.target, evaluation.subject)
        var reasons: [Reason] = []
        if record.missing.contains(.resource) {
            reasons.append(.silent(target.policyType, target: target.name))
        }
        if record.missing.contains(.identity) {
            reasons.append(.silent(.identityPolicy, target: subject.name))
        }
        if record.missing.contains(.boundary) {
            reasons.append(.silent(.permissionsBoundary, target: subject.name))
        }
        if record.missing.contains(.session) {
            reasons.append(.silent(.sessionPolicy, target: subject.name))
        }
        return reasons
    }
}

// Grants.
extension Decider {
    /// The Allow statements and grants that let the request through, each strong enough alone or
    /// needed together with the others.
    private func granted(_ request: PreparedRequest, _ evaluation: Evaluation) -> [Reason] {
        let (target, flags) = (evaluation.target, request.flags)
        let isAlone = flags.contains(.isSameAccount) && !flags.contains(.needsIdentityAllow)
        let limitsAllow = request.missingLimits(record.findings).isEmpty
        // Where only the resource can grant, identity policies count by its delegation alone.
        let identityGrants =
            !isAlone
            || limitsAllow && request.identityAllows(record.findings)
                && (!flags.contains(.needsExplicitGrant) || delegates)
        func counts(_ grade: Grade) -> Bool {
            guard isAlone else { return true }
            return switch grade {
            case .direct: true
            case .limited: limitsAllow
            case .delegation: flags.contains(.needsExplicitGrant) && identityGrants
            }
        }
        var reasons = statements(evaluation) { match, isDeny in
            match.kind == .resource && !isDeny && counts(match.grade)
        }
        for found in evaluation.grants where counts(found.grade) {
            let name = found.grant.name ?? "grant \(found.index)"
            reasons.append(Reason(.resourcePolicy, .allow, policy: name, target: target.name))
        }
        guard identityGrants else { return reasons }
        reasons += statements(evaluation) { $0.kind == .identity && !$1 }
        if evaluation.isImplicitlyAllowed {
            let rule = "the account lets every user change his own password"
            reasons.append(Reason(.serviceRule, .allow, explanation: rule))
        }
        return reasons
    }

    private var delegates: Bool {
        (0..<record.matches.count).contains { place in
            let match = record.matches[place]
            return match.kind == .resource && match.grade == .delegation
                && !programs.statements[match.statement].isDeny
        }
    }
}

// Unknown keys.
extension Decider {
    /// What unknown keys leave open, in the order in which it came up.
    private mutating func openQuestions(_ evaluation: Evaluation) -> [OpenQuestion] {
        guard !evaluation.request.unknownKeys.isEmpty else { return [] }
        let context = FilledContext(evaluation.keys).context
        var questions: [OpenQuestion] = []
        for open in record.open {
            let program = programs.statements[open.statement]
            let effect: Statement.Effect = program.isDeny ? .deny : .allow
            if let condition = open.condition {
                questions.append(
                    OpenQuestion(programs.sources[Int(condition)], decidingAbout: effect)
                )
                continue
            }
            guard let element = programs.resources(of: open.statement) else { continue }
            for key in element.patterns.flatMap(\.variables) where evaluation.keys.isOpen(key) {
                questions.append(
                    OpenQuestion(
                        variable: key,
                        in: element,
                        covering: evaluation.target.requested,
                        in: context,
                        decidingAbout: effect
                    )
                )
            }
        }
        return questions + evaluation.openQuestions
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

    /// Policies of a type that do not allow the request.
    fileprivate static func silent(_ type: PolicyType, target: String) -> Reason {
        Reason(type, .implicitDeny, target: target)
    }
}

extension LayerKind {
    /// Whether the caller's own policies are meant, which come behind those of the resource.
    fileprivate var isOfCaller: Bool {
        switch self {
        case .identity, .boundary, .session: true
        case .resourceControl, .serviceControl, .endpoint, .resource: false
        }
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
