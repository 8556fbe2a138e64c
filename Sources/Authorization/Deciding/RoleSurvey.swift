package import OrganizationModel
import PolicyLanguage

/// One question asked of every role of an organization, each used directly.
///
/// Roles with the same policies under the same control policies are told apart by what a statement
/// reads of them alone: those of which nothing is read are decided once for all.
package struct RoleSurvey: ~Copyable {
    private var decider: Decider
    private let question: Request
    /// What is known of roles that have the same plans, by their template.
    private var templates = ByteTable()
    private var shared: [Shared] = []
    private var inAccount: [Symbol: Decision.Outcome] = [:]
    /// Keys that nobody gave and that some statement asked for.
    package private(set) var absentKeys: Set<String> = []

    /// What roles of one template have in common.
    private enum Shared {
        case unknown
        case all(Decision.Outcome)
        /// All roles of one account.
        case byAccount
        case each
    }

    /// `question` names any caller; unknown keys are not for surveys.
    package init(_ question: Request, _ engine: Engine) {
        self.question = question
        decider = engine.decider()
    }
}

extension RoleSurvey {
    /// How a role is used.
    package struct Use {
        /// Carries nothing of its own but tags: neither policies nor keys.
        let session: Session
        /// Whether nobody else uses the role in a session of his own.
        let isOnlyOne: Bool

        package init(session: Session, isOnlyOne: Bool) {
            self.session = session
            self.isOnlyOne = isOnlyOne
        }
    }

    /// What a role may.
    package enum Answer {
        case allowed
        case denied
        /// Denied as used; somebody else in the role is another matter.
        case hangsOnPerson
    }

    /// Asks the roles of an account, by their places; no use is for one not to be asked.
    package mutating func ask(
        account place: Int,
        use: (IAMRole, Int) -> Use?,
        answer: (Int, Answer) -> Void
    ) {
        let account = decider.surroundings.organization.accounts[place]
        inAccount.removeAll(keepingCapacity: true)
        // The first role of each kind of session stands for what all of the account share.
        var frames: [Bool: PreparedRequest] = [:]
        for (number, role) in account.roles.enumerated() {
            guard let use = use(role, number) else { continue }
            let carriesMFA = use.session.carriesUnusedMFA == true
            if frames[carriesMFA] == nil {
                var request = question
                request.caller = .role(role.entity, use.session)
                frames[carriesMFA] = decider.prepare(request)
            }
            guard let frame = frames[carriesMFA] else { continue }
            decider.reads = CallerReads()
            let outcome = outcome(role, use.session, frame)
            let hangsOnPerson = !use.isOnlyOne && decider.reads.person
            let denied: Answer = hangsOnPerson ? .hangsOnPerson : .denied
            answer(number, outcome == .allowed ? .allowed : denied)
        }
        forget()
    }

    /// Forgets the requests, and where that forgets all, what was known by the numbers of its plans.
    private mutating func forget() {
        if decider.isFull {
            templates = ByteTable()
            shared = []
        }
        decider.forgetRequests()
    }

    private mutating func outcome(
        _ role: IAMRole,
        _ session: Session,
        _ frame: PreparedRequest
    ) -> Decision.Outcome {
        guard frame.settled == .no else { return decider.verdict(frame) }
        // A grant of a KMS key may name a role.
        guard frame.grantGrade == 0, !decider.hasGrants(frame) else {
            return askAlone(role, session)
        }
        let request = decider.request(frame, by: role, session)
        let numbers = decider.template(request) + [session.carriesUnusedMFA == true ? 1 : 0]
        let template = templates.number(numbers)
        let number = Int(template)
        if number == shared.count { shared.append(.unknown) }
        switch shared[number] {
        case .all(let outcome): return outcome
        case .each: return decide(request, role, session, anew: false)
        case .byAccount:
            if let known = inAccount[template] { return known }
            let outcome = decide(request, role, session, anew: true)
            inAccount[template] = outcome
            return outcome
        case .unknown:
            let outcome = decide(request, role, session, anew: true)
            if decider.reads.entity {
                shared[number] = .each
            } else if decider.reads.account {
                shared[number] = .byAccount
                inAccount[template] = outcome
            } else {
                shared[number] = .all(outcome)
            }
            return outcome
        }
    }

    private mutating func decide(
        _ request: PreparedRequest,
        _ role: IAMRole,
        _ session: Session,
        anew: Bool
    ) -> Decision.Outcome {
        let outcome = decider.decide(
            request,
            by: SurveyedRole(role: role, session: session),
            anew: anew
        )
        if decider.record.absentKeys.count > 0 { absentKeys.formUnion(decider.absentKeys) }
        return outcome
    }

    private mutating func askAlone(_ role: IAMRole, _ session: Session) -> Decision.Outcome {
        var request = question
        request.caller = .role(role.entity, session)
        let decision = decider.decision(on: request, telling: .reasons)
        absentKeys.formUnion(decision.absentKeys)
        decider.reads.person = true
        return decision.outcome
    }
}

/// What statements read of a caller while a request was decided.
struct CallerReads: BitwiseCopyable {
    /// Something of the user or role himself.
    var entity = false
    /// Something of his account.
    var account = false
    /// Something of the person who uses the role.
    var person = false
}

/// A role that a survey asks about, and the session in which it is used.
struct SurveyedRole {
    let role: IAMRole
    let session: Session

    /// Whether a key of the role may be another one for somebody else who uses it.
    func isOfPerson(_ entry: KeyTable.Entry) -> Bool {
        entry.derived == .userID || entry.derived == nil && !session.tags.isEmpty
    }

    private var tags: Tags {
        session.tags.isEmpty ? role.tags : role.tags.overlaid(with: session.tags)
    }

    /// What follows of it for a key of the role itself (semantics 3.2).
    func value(of entry: KeyTable.Entry) -> KeyValue {
        switch entry.derived {
        case .principalARN: .single(role.arn.description)
        case .userID: .single(KeyDerivation.userID(role.uniqueID, session.name))
        case .some: .absent
        case nil: .single(tags.value(of: entry.key, in: KeyDerivation.principalTag))
        }
    }
}

extension Decider {
    /// A request of one role as one of another of the account, whose sessions are alike.
    fileprivate mutating func request(
        _ frame: PreparedRequest,
        by role: IAMRole,
        _ session: Session
    ) -> PreparedRequest {
        var request = frame
        let name = actions.sides[frame.action].name
        if request.plans.identity != Plans.none {
            let chain = chain(role.identityPolicies)
            request.plans.identity = plan(chain, frame.action, name)
        }
        request.plans.boundary = Plans.none
        request.flags.remove(.hasBoundary)
        if let boundary = role.permissionsBoundary,
            !isWithoutBoundary(frame)
        {
            request.plans.boundary = plan(chain([boundary]), frame.action, name)
            request.flags.insert(.hasBoundary)
        }
        // The role's policies may read keys that none before has read.
        if request.slotCount < UInt32(programs.keys.entries.count) { giveSlots(&request) }
        guard namesEntities(request) else { return request }
        request.named = standIn(role, session, for: frame.caller)
        return request
    }

    private func isWithoutBoundary(_ frame: PreparedRequest) -> Bool {
        let evaluation = facts[Int(frame.number)].evaluation
        return evaluation?.request.without.contains(.permissionsBoundary) ?? false
    }

    fileprivate func hasGrants(_ frame: PreparedRequest) -> Bool {
        facts[Int(frame.number)].evaluation?.target.grants.isEmpty == false
    }

    /// Whether a policy that bears on the request names users, roles or sessions.
    private mutating func namesEntities(_ request: PreparedRequest) -> Bool {
        for plan in [request.plans.resource, request.plans.endpoint] where plan != Plans.none {
            let level = plans.levels[plans.all[plan].levels.start]
            for place in level.candidates.start..<level.candidates.end {
                let statement = programs.statements[plans.candidates[place].statement]
                for entry in statement.principals.start..<statement.principals.end {
                    switch programs.principals[entry].kind {
                    case .session:
                        reads.person = true
                        return true
                    case .user, .role, .uniqueID: return true
                    case .everyone, .account, .service, .federated, .nobody: continue
                    }
                }
            }
        }
        return false
    }

    private mutating func standIn(
        _ role: IAMRole,
        _ session: Session,
        for caller: UInt32
    ) -> UInt32 {
        var facts = callers.facts[caller]
        facts.entity = symbols.symbol(role.arn.description)
        facts.uniqueID = symbols.symbol(role.uniqueID)
        facts.arn = symbols.symbol(role.sessionARN(session.name).description)
        facts.createdAt = role.createdAt
        return callers.standIn(facts)
    }

    /// What requests share that can only differ by what statements read of the caller.
    fileprivate func template(_ request: PreparedRequest) -> [UInt32] {
        let plans = request.plans
        var template = [
            plans.resourceControl, plans.serviceControl, plans.endpoint, plans.resource,
            plans.identity, plans.boundary, plans.session, UInt32(request.flags.rawValue),
            request.resource, UInt32(request.grantGrade),
        ]
        for (kind, plan) in [(LayerKind.resource, plans.resource), (.endpoint, plans.endpoint)]
        where plan != Plans.none {
            let level = self.plans.levels[self.plans.all[plan].levels.start]
            for place in level.candidates.start..<level.candidates.end {
                let statement = programs.statements[self.plans.candidates[place].statement]
                guard statement.hasPrincipal else { continue }
                template.append(UInt32(grade(statement, kind, request)?.rawValue ?? 0))
            }
        }
        return template
    }

    /// Decides a request of a role; what others of the account have read may be known already.
    fileprivate mutating func decide(
        _ request: PreparedRequest,
        by role: SurveyedRole,
        anew: Bool
    ) -> Decision.Outcome {
        if anew {
            for slot in 0..<request.slotCount {
                slots[request.slots &+ slot] = Slot.unresolved
            }
        }
        surveyed = role
        let outcome = decide(request)
        for slot in surveyedSlots { slots[request.slots &+ slot] = Slot.unresolved }
        surveyedSlots.removeAll(keepingCapacity: true)
        surveyed = nil
        return outcome
    }
}
