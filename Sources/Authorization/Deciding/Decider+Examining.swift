import PolicyLanguage

extension Decider {
    /// The verdict, with its reasons in ``Record`` until the next request is decided.
    ///
    /// Every layer is examined even after one has failed, so that the reasons of a denial are
    /// complete. Nothing is allocated on the way once the keys of the request have been looked up.
    package mutating func decide(_ request: PreparedRequest) -> Decision.Outcome {
        switch request.settled {
        case .no: return examine(request)
        case .allowed: return .allowed
        case .denied: return .implicitDeny
        case .invalid: return .invalid
        case .expired: return .expiredToken
        }
    }

    /// How many statements that takes: those that cover the action, in the layers that are asked.
    package func comparedStatements(_ request: PreparedRequest) -> Int {
        LayerKind.allCases.reduce(0) { sum, kind in
            let levels = plans.all[request.plans[kind]].levels
            return (levels.start..<levels.end).reduce(sum) {
                $0 + Int(plans.levels[$1].candidates.count)
            }
        }
    }

    private mutating func examine(_ request: PreparedRequest) -> Decision.Outcome {
        record.begin()
        let plans = request.plans
        _ = examine(.resourceControl, plans.resourceControl, request)
        _ = examine(.serviceControl, plans.serviceControl, request)
        if plans.endpoint != Plans.none {
            let allow = examine(.endpoint, plans.endpoint, request)
            record.isEndpointSilent = allow == nil
        }
        var findings = Findings()
        findings.grade = examine(.resource, plans.resource, request)
        findings.identityAllows = examine(.identity, plans.identity, request) != nil
        let boundary = examine(.boundary, plans.boundary, request)
        findings.boundaryAllows = plans.boundary == Plans.none || boundary != nil
        let session = examine(.session, plans.session, request)
        findings.sessionAllows = plans.session == Plans.none || session != nil
        record.findings = findings
        record.missing = request.missing(findings)
        return record.outcome(
            isPublicAccessBlocked: request.flags.contains(.isPublicAccessBlocked)
        )
    }

    /// Compares every statement of a layer; the best grade of those that allow on its last level.
    private mutating func examine(
        _ kind: LayerKind,
        _ plan: UInt32,
        _ request: PreparedRequest
    ) -> Grade? {
        guard plan != Plans.none else { return nil }
        let run = plans.all[plan].levels
        var best: Grade?
        for place in run.start..<run.end {
            let level = place &- run.start
            best = examine(plans.levels[place].candidates, kind, level, request)
            if kind == .serviceControl, best == nil { record.silentLevels.append(level) }
        }
        return best
    }

    private mutating func examine(
        _ candidates: Run,
        _ kind: LayerKind,
        _ level: UInt32,
        _ request: PreparedRequest
    ) -> Grade? {
        var best: Grade?
        let firstOpen = record.open.count
        var isCertainlyAllowed = false
        var place = candidates.start
        while place != candidates.end {
            let candidate = plans.candidates[place]
            place &+= 1
            let statement = programs.statements[candidate.statement]
            guard let grade = grade(statement, kind, request) else { continue }
            let match = Record.Match(
                kind: kind,
                grade: grade,
                level: level,
                policy: candidate.policy,
                statement: candidate.statement
            )
            switch fit(statement, match, request) {
            case .no: continue
            case .open where !countsOpen(statement, request): continue
            case .yes:
                if !statement.isDeny, grade == .direct { isCertainlyAllowed = true }
            case .open: break
            }
            // The owner's root mends a policy whatever it denies (ROOT-2).
            if statement.isDeny, kind == .resource, request.flags.contains(.isMendedByRoot) {
                continue
            }
            record.add(match, isDeny: statement.isDeny)
            if !statement.isDeny { best = best.map { max($0, grade) } ?? grade }
        }
        // Another Allow makes no difference where the best one applies for certain.
        if isCertainlyAllowed, record.open.count > firstOpen {
            var kept = Array(record.open[..<firstOpen])
            kept += record.open[firstOpen...].filter { programs.statements[$0.statement].isDeny }
            record.open = kept
        }
        return best
    }

    private enum Fit {
        case no
        case yes
        /// Unknown keys decide.
        case open
    }

    /// Whether a statement that covers the action and names the caller applies.
    ///
    /// Notes the absent keys it reads, unless it fails on what is known: then no other key can make
    /// it apply.
    @inline(__always)
    private mutating func fit(
        _ statement: StatementProgram,
        _ match: Record.Match,
        _ request: PreparedRequest
    ) -> Fit {
        if request.flags.contains(.hasOpenKeys) { return openFit(statement, match, request) }
        note(statement.resourceVariables, request)
        if statement.restrictsResources, !covers(statement, request) { return .no }
        var applies = true
        for condition in statement.conditions.start..<statement.conditions.end
        where !holds(condition, request) {
            applies = false
            guard readsUnsaidKey(condition, request) else { return .no }
        }
        for condition in statement.conditions.start..<statement.conditions.end {
            note(programs.conditions[condition].uses, request)
        }
        return applies ? .yes : .no
    }

    @inline(__always)
    private mutating func note(_ uses: Run, _ request: PreparedRequest) {
        for place in uses.start..<uses.end {
            let use = programs.uses[place]
            if slot(use.slot, request) == Slot.unsaid { record.note(use) }
        }
    }

    mutating func readsUnsaidKey(_ condition: UInt32, _ request: PreparedRequest) -> Bool {
        let uses = programs.conditions[condition].uses
        for place in uses.start..<uses.end
        where slot(programs.uses[place].slot, request) == Slot.unsaid {
            return true
        }
        return false
    }
}

// Keys that are unknown on purpose.
extension Decider {
    private func countsOpen(_ statement: StatementProgram, _ request: PreparedRequest) -> Bool {
        let counted = facts[Int(request.number)].evaluation?.openStatements ?? .favourDeny
        return counted.count(statement.isDeny ? .deny : .allow)
    }

    private mutating func openFit(
        _ statement: StatementProgram,
        _ match: Record.Match,
        _ request: PreparedRequest
    ) -> Fit {
        note(statement.resourceVariables, request)
        let firstOpen = record.open.count
        switch openCoverage(statement, request) {
        case .no: return .no
        case .yes: break
        case .open:
            record.open.append(
                Record.Open(kind: match.kind, statement: match.statement, condition: nil)
            )
        }
        var applies = true
        var mayDepend = true
        for condition in statement.conditions.start..<statement.conditions.end {
            if readsOpenKey(programs.conditions[condition].uses, request) {
                record.open.append(
                    Record.Open(kind: match.kind, statement: match.statement, condition: condition)
                )
            } else if !holds(condition, request) {
                applies = false
                mayDepend = mayDepend && readsUnsaidKey(condition, request)
            }
        }
        if mayDepend {
            for condition in statement.conditions.start..<statement.conditions.end {
                note(programs.conditions[condition].uses, request)
            }
        }
        guard applies else {
            record.open.removeSubrange(firstOpen...)
            return .no
        }
        return record.open.count > firstOpen ? .open : .yes
    }

    enum Coverage {
        case no
        case yes
        case open
    }

    /// Whether `Resource` or `NotResource` fits, variables of unknown value left open.
    mutating func openCoverage(
        _ statement: StatementProgram,
        _ request: PreparedRequest
    ) -> Coverage {
        guard statement.restrictsResources else { return .yes }
        guard readsOpenKey(statement.resourceVariables, request) else {
            return covers(statement, request) ? .yes : .no
        }
        // A pattern whose variable is open covers nothing here, so what is covered is for certain.
        if covers(statement, request) != statement.exemptsResources {
            return statement.exemptsResources ? .no : .yes
        }
        guard request.resource != 0 else { return statement.exemptsResources ? .yes : .no }
        return .open
    }

    mutating func readsOpenKey(_ uses: Run, _ request: PreparedRequest) -> Bool {
        for place in uses.start..<uses.end
        where slot(programs.uses[place].slot, request) == Slot.open {
            return true
        }
        return false
    }
}
