// Which of what was recorded are the reasons, in numbers.
extension Decider {
    /// Notes the reasons of the request decided last.
    ///
    /// Without an evaluation for a request that neither KMS grants nor rules of services cover.
    mutating func noteReasons(
        _ request: PreparedRequest,
        _ outcome: Decision.Outcome,
        _ evaluation: Evaluation?
    ) {
        record.reasons.removeAll()
        if outcome == .allowed {
            noteGrants(request, evaluation)
        } else {
            noteDenials(request)
        }
    }

    /// What denies, then what is missing.
    private mutating func noteDenials(_ request: PreparedRequest) {
        noteStatements { $1 && !$0.kind.isOfCaller }
        if request.flags.contains(.isPublicAccessBlocked) {
            record.reasons.append(Record.Reason(kind: .publicAccessBlock))
        }
        noteStatements { $1 && $0.kind.isOfCaller }
        for place in 0..<record.silentLevels.count {
            noteSilence(.serviceControl, level: record.silentLevels[place])
        }
        if record.isEndpointSilent { noteSilence(.endpoint) }
        if record.missing.contains(.resource) { noteSilence(.resource) }
        if record.missing.contains(.identity) { noteSilence(.identity) }
        if record.missing.contains(.boundary) { noteSilence(.boundary) }
        if record.missing.contains(.session) { noteSilence(.session) }
    }

    private mutating func noteSilence(_ layer: LayerKind, level: UInt32 = 0) {
        record.reasons.append(Record.Reason(kind: .silence, layer: layer, level: level))
    }

    /// The statements recorded that are wanted, in the order in which they were compared.
    @inline(__always)
    private mutating func noteStatements(
        where isWanted: (Record.Match, _ isDeny: Bool) -> Bool
    ) {
        for place in 0..<record.matches.count {
            let match = record.matches[place]
            guard isWanted(match, programs.statements[match.statement].isDeny) else { continue }
            record.reasons.append(
                Record.Reason(
                    kind: .statement,
                    layer: match.kind,
                    level: match.level,
                    place: match.policy,
                    statement: match.statement
                )
            )
        }
    }

    /// The Allow statements and grants that let the request through, each strong enough alone or
    /// needed together with the others.
    private mutating func noteGrants(_ request: PreparedRequest, _ evaluation: Evaluation?) {
        let flags = request.flags
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
        noteStatements { match, isDeny in
            match.kind == .resource && !isDeny && counts(match.grade)
        }
        if let evaluation {
            for (place, found) in evaluation.grants.enumerated() where counts(found.grade) {
                record.reasons.append(Record.Reason(kind: .grant, place: UInt32(place)))
            }
        }
        guard identityGrants else { return }
        noteStatements { $0.kind == .identity && !$1 }
        if evaluation?.isImplicitlyAllowed == true {
            record.reasons.append(Record.Reason(kind: .ownPassword))
        }
    }

    private var delegates: Bool {
        (0..<record.matches.count).contains { place in
            let match = record.matches[place]
            return match.kind == .resource && match.grade == .delegation
                && !programs.statements[match.statement].isDeny
        }
    }
}

extension LayerKind {
    /// Whether the caller's own policies are meant, which come behind those of the resource.
    var isOfCaller: Bool {
        switch self {
        case .identity, .boundary, .session: true
        case .resourceControl, .serviceControl, .endpoint, .resource: false
        }
    }
}
