import OrganizationModel
import PolicyLanguage

/// One question asked of every role of an organization, each used directly.
///
/// Accounts that stand alike to the resource and under the same control policies are one to it, and
/// so are roles of them with the same policies, as far as these bear on the action. What is left
/// of a role are the few conditions that read something of him or of his account: roles for which
/// these come out alike are decided once for all.
package struct RoleSurvey: ~Copyable {
    var decider: Decider
    let question: Request
    let owner: ResourceOwner
    /// What of the policies on the resource's side tells accounts apart.
    var named: [AccountStanding: NamedCallers] = [:]
    var frameNumbers: [AccountStanding: Int] = [:]
    var frames: [SurveyFrame] = []
    /// What of control policies tells roles apart, by frame, once somebody asked.
    var controlParts: [VaryingParts?] = []
    /// Roles with the same policies in accounts that stand alike.
    var keys = ByteTable()
    var templates = Arena<RoleTemplate>()
    var tests = Arena<RoleTest>()
    var slots = Arena<UInt32>()
    /// Whether roles are allowed, by template and how its tests come out.
    var outcomes = Memo()
    /// The number of each document in what tells roles apart, by its identity.
    var documents = Memo()
    /// What tells the role at hand apart.
    var key: [UInt32] = []
    /// Keys that nobody gave and that some statement asked for.
    package private(set) var absentKeys: Set<String> = []
    /// How often a role stood for others or for itself, KMS grants aside.
    package private(set) var decisions = 0

    /// `question` names any caller; unknown keys are not for surveys.
    package init(_ question: Request, _ engine: Engine) {
        self.question = question
        decider = engine.decider()
        owner = ResourceOwner(question, in: engine.organization)
    }
}

extension RoleSurvey {
    /// How roles are used; one object for all that are used alike.
    package final class Use: Sendable {
        /// Carries nothing of its own but tags: neither policies nor keys.
        let session: Session
        /// Whether nobody else uses the role in a session of his own.
        let isOnlyOne: Bool
        let saysMFAWasNotUsed: Bool
        let hasTags: Bool

        package init(session: Session, isOnlyOne: Bool) {
            self.session = session
            self.isOnlyOne = isOnlyOne
            saysMFAWasNotUsed = session.carriesUnusedMFA == true
            hasTags = !session.tags.isEmpty
        }
    }

    /// A role that is not used as the others of its account are.
    package struct Exception {
        /// Its number among the roles of the account.
        let role: Int
        /// Nil for a role that is not to be asked.
        let use: Use?

        package init(role: Int, use: Use?) {
            self.role = role
            self.use = use
        }
    }

    /// What a role may.
    package enum Answer {
        case allowed
        case denied
        /// Denied as used; somebody else in the role is another matter.
        case hangsOnPerson
    }

    /// Asks the roles of an account, by their places, but for service-linked ones; exceptions come
    /// in the order of the roles.
    package mutating func ask(
        account place: Int,
        as common: Use,
        but exceptions: [Exception],
        answer: (Int, Answer) -> Void
    ) {
        let account = SurveyedAccount(
            decider.surroundings.organization.accounts[place],
            at: place,
            isOwner: owner.isCaller
        )
        var standing: AccountStanding?
        // Sessions that say something of MFA are apart from those that do not.
        var known: (Int?, Int?)
        var next = 0
        for number in account.account.roles.indices {
            var use = common
            if next < exceptions.count, exceptions[next].role == number {
                next += 1
                guard let other = exceptions[next - 1].use else { continue }
                use = other
            }
            if account.account.roles[number].isServiceLinked { continue }
            let role = SurveyedRole(account: account, number: number, use: use)
            // What nobody could read is an unknown key, which is asked of each on his own.
            if decider.surroundings.organization.hasMissingPolicies {
                answer(number, askAlone(role))
                continue
            }
            let frame: Int
            if let found = use.saysMFAWasNotUsed ? known.0 : known.1 {
                frame = found
            } else {
                let common = standing ?? self.standing(of: account)
                standing = common
                frame = self.frame(of: role, common)
                if use.saysMFAWasNotUsed { known.0 = frame } else { known.1 = frame }
            }
            answer(number, self.answer(role, frames[frame]))
        }
        decider.surveyed = nil
        forget()
    }

    /// How many templates are remembered.
    private static let templateLimit = 100_000
    /// How many bytes of what tells their roles apart.
    private static let keyLimit = 64 << 20

    /// Starts anew where that is better than remembering all that was met.
    private mutating func forget() {
        decider.forgetComparisons()
        guard decider.isFull() || templates.count > Self.templateLimit || keys.size > Self.keyLimit
        else { return }
        decider.startAnew()
        named = [:]
        frameNumbers = [:]
        frames = []
        controlParts = []
        keys = ByteTable()
        templates = Arena()
        tests = Arena()
        slots = Arena()
        outcomes = Memo()
        documents = Memo()
    }

    private mutating func answer(_ role: SurveyedRole, _ frame: SurveyFrame) -> Answer {
        switch frame.request.settled {
        case .no: break
        case .allowed: return .allowed
        case .denied, .invalid, .expired: return .denied
        }
        if frame.asksEachAlone { return askAlone(role) }
        decider.surveyed = role
        let number = template(of: role, frame)
        let template = templates[number]
        if isAllowed(template, number) { return .allowed }
        let isOfPerson =
            template.readsUserID || template.readsTags && role.use.hasTags
            || frame.usesStandIns && frame.namesSessions
        return isOfPerson && !role.use.isOnlyOne ? .hangsOnPerson : .denied
    }

    private mutating func isAllowed(_ template: RoleTemplate, _ number: UInt32) -> Bool {
        guard template.isShared else { return decide(template.request) }
        let bits = testResults(template)
        if let known = outcomes[number, bits] {
            decider.forgetSurveyedSlots(template.request)
            return known == 1
        }
        fill(template)
        decider.reads = CallerReads()
        let isAllowed = decide(template.request)
        // INVARIANT: nothing of the role was read but what the tests read.
        if decider.reads.entity || decider.reads.account {
            templates[number].isShared = false
            templates[number].readsUserID = true
        } else {
            outcomes.insert(isAllowed ? 1 : 0, number, bits)
        }
        return isAllowed
    }

    private mutating func decide(_ request: PreparedRequest) -> Bool {
        decisions += 1
        let outcome = decider.decide(request)
        decider.forgetSurveyedSlots(request)
        if decider.record.absentKeys.count > 0 { absentKeys.formUnion(decider.absentKeys) }
        return outcome == .allowed
    }

    private mutating func askAlone(_ role: SurveyedRole) -> Answer {
        var request = question
        request.caller = .role(role.role.entity, role.use.session)
        decider.surveyed = nil
        let decision = decider.decision(on: request, telling: .reasons)
        absentKeys.formUnion(decision.absentKeys)
        if decision.outcome == .allowed { return .allowed }
        return role.use.isOnlyOne ? .denied : .hangsOnPerson
    }
}
