import OrganizationModel
import PolicyLanguage

/// What of an account bears on how a request of one of its roles is prepared.
// INVARIANT: whatever preparing a request reads of the caller's account stands here.
struct AccountStanding: Hashable {
    let isUsable: Bool
    /// Whether the resource is its own.
    let isOwner: Bool
    /// The chain of its service control policies.
    let serviceControl: UInt32
    /// That of its resource control policies, where they are those of the resource.
    let resourceControl: UInt32
    /// Its place, where it must be asked by itself.
    let place: Int?
    /// Whether the session says that no MFA was used, or nothing of it.
    var saysMFAWasNotUsed = false
    /// Its id, where policies on the resource's side name it or somebody of it.
    var id: Symbol = 0
}

/// Whose a resource is, before anybody calls.
enum ResourceOwner {
    case known(AccountID)
    /// Nothing says whose it is, so it belongs to the caller's account.
    case caller
    /// As above, of a key, which has the default policy of its account.
    case callerWithKey

    init(_ question: Request, in organization: Organization) {
        var request = question
        request.caller = .anonymous
        guard let nobody = Subject(.anonymous, in: organization) else {
            self = .callerWithKey
            return
        }
        let target = ResourceTarget(request, subject: nobody, in: organization)
        self =
            target.ownerID.map { .known($0) }
            ?? (target.arn?.service == "kms" ? .callerWithKey : .caller)
    }

    var isCaller: Bool { if case .known = self { false } else { true } }

    func isOwner(_ account: AccountID) -> Bool {
        if case .known(let id) = self { id == account } else { true }
    }
}

/// Whom the policies on the resource's side name.
struct NamedCallers {
    /// Accounts, by their ids.
    var accounts: Set<Symbol> = []
    /// Accounts of which users, roles or sessions are named.
    var accountsOfEntities: Set<Symbol> = []
    /// Whether somebody is named who may be of any account.
    var namesAnybody = false
    var namesSessions = false
}

/// What requests of roles in accounts that stand alike have in common.
struct SurveyFrame: BitwiseCopyable {
    /// The request of the first of them, whose own policies mean nothing here.
    var request: PreparedRequest
    /// Whether the grants of a KMS key may name a role.
    let asksEachAlone: Bool
    /// Whether the policies on the resource's side may name a role or a session.
    let usesStandIns: Bool
    let namesSessions: Bool
    let asksBoundary: Bool
    /// Its number among the frames.
    let number: UInt32
}

extension RoleSurvey {
    /// How an account stands to the question.
    mutating func standing(of account: SurveyedAccount) -> AccountStanding {
        var place: Int?
        if case .callerWithKey = owner { place = account.place }
        return AccountStanding(
            isUsable: account.account.isUsable,
            isOwner: owner.isOwner(account.account.id),
            serviceControl: decider.serviceControlChain(account.place),
            resourceControl: owner.isCaller ? decider.resourceControlChain(account.place) : 0,
            place: place
        )
    }

    /// The number of the frame for a role in an account that stands so.
    mutating func frame(of role: SurveyedRole, _ standing: AccountStanding) -> Int {
        var standing = standing
        standing.saysMFAWasNotUsed = role.use.saysMFAWasNotUsed
        let callers: NamedCallers
        if let known = named[standing] {
            callers = known
        } else {
            callers = decider.namedCallers(prepare(role))
            named[standing] = callers
        }
        let id = decider.symbols.symbol(role.account.account.id.description)
        let isOfEntities = callers.namesAnybody || callers.accountsOfEntities.contains(id)
        if isOfEntities || callers.accounts.contains(id) { standing.id = id }
        if let known = frameNumbers[standing] { return known }
        let prepared = prepare(role)
        let frame = SurveyFrame(
            request: prepared,
            asksEachAlone: prepared.grantGrade != 0 || decider.hasGrants(prepared),
            usesStandIns: isOfEntities,
            namesSessions: callers.namesSessions,
            asksBoundary: !question.without.contains(.permissionsBoundary),
            number: UInt32(frames.count)
        )
        frameNumbers[standing] = frames.count
        frames.append(frame)
        controlParts.append(nil)
        return frames.count - 1
    }

    private mutating func prepare(_ role: SurveyedRole) -> PreparedRequest {
        var request = question
        request.caller = .role(role.role.entity, role.use.session)
        return decider.prepare(request)
    }
}

extension Decider {
    fileprivate func hasGrants(_ request: PreparedRequest) -> Bool {
        facts[Int(request.number)].evaluation?.target.grants.isEmpty == false
    }

    /// Whom the policies that bear on a request on the resource's side name.
    fileprivate mutating func namedCallers(_ request: PreparedRequest) -> NamedCallers {
        var found = NamedCallers()
        for statement in statementsOfResource(request) {
            let principals = programs.statements[statement].principals
            for place in principals.start..<principals.end {
                let principal = programs.principals[place]
                switch principal.kind {
                case .account: found.accounts.insert(principal.symbol)
                case .user, .role: note(principal.symbol, &found)
                case .session:
                    found.namesSessions = true
                    note(principal.symbol, &found)
                case .uniqueID: found.namesAnybody = true
                case .everyone, .service, .federated, .nobody: continue
                }
            }
        }
        return found
    }

    private mutating func note(_ arn: Symbol, _ found: inout NamedCallers) {
        let parts = symbols.arnParts(arn)
        guard parts.isARN else {
            found.namesAnybody = true
            return
        }
        let account = Array(parts.part(4, of: symbols.text(arn)))
        found.accountsOfEntities.insert(account.withUnsafeBufferPointer { symbols.symbol($0) })
    }

    /// The statements of resource and endpoint policy that cover the action.
    func statementsOfResource(_ request: PreparedRequest) -> [UInt32] {
        var found: [UInt32] = []
        for plan in [request.plans.resource, request.plans.endpoint] where plan != Plans.none {
            let level = plans.levels[plans.all[plan].levels.start]
            for place in level.candidates.start..<level.candidates.end {
                found.append(plans.candidates[place].statement)
            }
        }
        return found
    }
}
