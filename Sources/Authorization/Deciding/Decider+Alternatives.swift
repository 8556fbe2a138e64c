// What would have come of the request decided last, had one thing been otherwise.
extension Decider {
    /// Whether the request, should it be allowed, needs an Allow of a layer.
    func needsAllow(_ kind: LayerKind, _ request: PreparedRequest) -> Bool {
        var findings = record.findings
        switch kind {
        case .resourceControl: return false
        case .serviceControl, .endpoint: return true
        case .resource: findings.grade = nil
        case .identity: findings.identityAllows = false
        case .boundary: findings.boundaryAllows = false
        case .session: findings.sessionAllows = false
        }
        return !request.missing(findings).isEmpty
    }

    /// Whether one condition alone keeps a statement from applying, and the request would come out
    /// otherwise if it applied.
    func wouldDecide(
        _ examined: TraceRecord.Examined,
        _ kind: LayerKind,
        _ level: UInt32,
        _ request: PreparedRequest
    ) -> Bool {
        guard examined.failsOneConditionAlone else { return false }
        let isBlocked = request.flags.contains(.isPublicAccessBlocked)
        let outcome = record.outcome(isPublicAccessBlocked: isBlocked)
        guard programs.statements[examined.statement].isDeny else {
            return outcome == .implicitDeny && wouldGrant(examined, kind, level, request)
        }
        // The owner's root mends a policy whatever it denies (ROOT-2).
        let isMended = kind == .resource && request.flags.contains(.isMendedByRoot)
        return outcome != .explicitDeny && !isMended
    }

    /// Whether an Allow that does not apply is all that a request lacks, which nothing denies.
    private func wouldGrant(
        _ examined: TraceRecord.Examined,
        _ kind: LayerKind,
        _ level: UInt32,
        _ request: PreparedRequest
    ) -> Bool {
        for place in 0..<record.silentLevels.count {
            let silent = record.silentLevels[place]
            // The same policy may be attached at several levels.
            guard kind == .serviceControl,
                silent == level || failsAlone(examined.statement, atLevel: silent)
            else { return false }
        }
        if record.isEndpointSilent, kind != .endpoint { return false }
        var findings = record.findings
        switch kind {
        case .resourceControl: return false
        case .serviceControl, .endpoint: break
        case .resource:
            if let grade = Grade(rawValue: examined.grade) {
                findings.grade = findings.grade.map { max($0, grade) } ?? grade
            }
        case .identity: findings.identityAllows = true
        case .boundary: findings.boundaryAllows = true
        case .session: findings.sessionAllows = true
        }
        return request.missing(findings).isEmpty
    }

    private func failsAlone(_ statement: UInt32, atLevel level: UInt32) -> Bool {
        (0..<traced.levels.count).contains { place in
            let found = traced.levels[place]
            guard found.kind == .serviceControl, found.level == level else { return false }
            return (found.statements.start..<found.statements.end).contains {
                traced.statements[$0].statement == statement
                    && traced.statements[$0].failsOneConditionAlone
            }
        }
    }
}
