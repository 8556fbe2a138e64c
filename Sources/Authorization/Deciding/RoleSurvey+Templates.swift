import OrganizationModel
import PolicyLanguage

/// What is known of roles with the same policies in accounts that stand alike.
struct RoleTemplate: BitwiseCopyable {
    let request: PreparedRequest
    /// What tells its roles apart.
    var tests = Run()
    /// The slots of keys that these read.
    var slots = Run()
    /// Those of them of which a call may or may not say something.
    var unsaid = Run()
    /// Whether roles for which the tests come out alike are decided once for all.
    var isShared = false
    /// Whether the tests compare `aws:PrincipalArn` byte by byte alone.
    var comparesARNsOnly = false
    /// Whether it may read the name of the session, or its tags.
    var readsUserID = false
    var readsTags = false
}

/// What of a statement may come out differently for two roles of a template.
struct RoleTest: BitwiseCopyable {
    /// Its number; for resources that of the statement.
    var number: UInt32
    var kind: Kind

    enum Kind: UInt8, BitwiseCopyable {
        case condition
        case resources
    }
}

extension RoleSurvey {
    /// The number of the template of a role.
    mutating func template(of role: SurveyedRole, _ frame: SurveyFrame) -> UInt32 {
        key.removeAll(keepingCapacity: true)
        key.append(frame.number)
        let hasBoundary = setBoundary(role, frame)
        setIdentity(role, frame)
        var named = frame.request.caller
        if frame.usesStandIns {
            named = decider.standIn(role, for: frame.request.caller)
            setGrades(frame, named, hasBoundary: hasBoundary)
        }
        let number = keys.number(key)
        if number == templates.count { make(role, frame, named, hasBoundary: hasBoundary) }
        return number
    }

    /// In the place of documents without a statement that covers the action.
    private static let silent: UInt32 = 1

    private mutating func setBoundary(_ role: SurveyedRole, _ frame: SurveyFrame) -> Bool {
        guard frame.asksBoundary,
            let document = role.account.account.roles[role.number].permissionsBoundary?.document
        else {
            key.append(0)
            return false
        }
        key.append(self.number(of: document))
        return true
    }

    private mutating func setIdentity(_ role: SurveyedRole, _ frame: SurveyFrame) {
        guard frame.request.plans.identity != Plans.none else { return }
        let policies = role.account.account.roles[role.number].identityPolicies
        for place in policies.indices {
            let number = self.number(of: policies[place].document)
            if number != Self.silent { key.append(number) }
        }
    }

    /// The number of a document in keys: the same for all that say nothing on the action.
    private mutating func number(of document: PolicyDocument) -> UInt32 {
        let place = UInt(bitPattern: document.bodyID)
        let (high, low) = (
            UInt32(truncatingIfNeeded: place >> 32), UInt32(truncatingIfNeeded: place)
        )
        if let known = documents[high, low] { return known }
        let known =
            covers(document)
            ? decider.programs.document(document, &decider.symbols) + Self.silent + 1
            : Self.silent
        documents.insert(known, high, low)
        return known
    }

    /// Whether some statement of a document covers the action.
    private func covers(_ document: PolicyDocument) -> Bool {
        let statements = document.body.statements
        return statements.indices.contains { statements[$0].actions.covers(question.action) }
    }

    /// How the policies on the resource's side name the role.
    private mutating func setGrades(
        _ frame: SurveyFrame,
        _ named: UInt32,
        hasBoundary: Bool
    ) {
        var request = frame.request
        request.named = named
        request.set(hasBoundary: hasBoundary)
        for (kind, plan) in [
            (LayerKind.resource, request.plans.resource), (.endpoint, request.plans.endpoint),
        ] where plan != Plans.none {
            let level = decider.plans.levels[decider.plans.all[plan].levels.start]
            for place in level.candidates.start..<level.candidates.end {
                let statement = decider.programs.statements[
                    decider.plans.candidates[place].statement
                ]
                key.append(UInt32(decider.grade(statement, kind, request)?.rawValue ?? 0))
            }
        }
    }

    /// Makes the template of the role whose key has just been made.
    private mutating func make(
        _ role: SurveyedRole,
        _ frame: SurveyFrame,
        _ named: UInt32,
        hasBoundary: Bool
    ) {
        let held = role.role
        var plans = frame.request.plans
        if plans.identity != Plans.none {
            plans.identity = plan(of: held.identityPolicies, frame)
        }
        plans.boundary = Plans.none
        if hasBoundary, let boundary = held.permissionsBoundary {
            plans.boundary = plan(of: [boundary], frame)
        }
        let place = Int(frame.number)
        // Policies may read keys that none before has read.
        if frames[place].request.slotCount < UInt32(decider.programs.keys.entries.count) {
            decider.giveSlots(&frames[place].request)
        }
        var request = frames[place].request
        request.named = named
        request.plans = plans
        request.set(hasBoundary: hasBoundary)
        templates.append(RoleTemplate(request: request))
        findTests(place)
    }

    /// The plan of what policies say on the action.
    private mutating func plan(of policies: [Policy], _ frame: SurveyFrame) -> UInt32 {
        // One level, its length in front.
        var speaking: [UInt32] = [0]
        for place in policies.indices {
            let number = number(of: policies[place].document)
            if number != Self.silent { speaking.append(number - Self.silent - 1) }
        }
        speaking[0] = UInt32(speaking.count - 1)
        let action = frame.request.action
        let chain = decider.plans.chain(speaking)
        return decider.plan(chain, action, decider.actions.sides[action].name)
    }
}

extension PreparedRequest {
    fileprivate mutating func set(hasBoundary: Bool) {
        if hasBoundary { flags.insert(.hasBoundary) } else { flags.remove(.hasBoundary) }
    }
}

extension Decider {
    fileprivate mutating func standIn(_ role: SurveyedRole, for caller: UInt32) -> UInt32 {
        let held = role.role
        var facts = callers.facts[caller]
        facts.entity = symbols.symbol(held.arn.description)
        facts.uniqueID = symbols.symbol(held.uniqueID)
        facts.arn = symbols.symbol(held.sessionARN(role.use.session.name).description)
        facts.createdAt = held.createdAt
        return callers.standIn(facts)
    }
}
