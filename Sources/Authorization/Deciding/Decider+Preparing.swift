import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// What is known of a prepared request beside its numbers.
struct PreparedFacts {
    /// Nil when the caller does not exist any more.
    var evaluation: Evaluation?
    /// How it comes out without looking at policies.
    var decision: Decision?
}

extension Decider {
    /// Makes a request ready to be decided, as often as one likes until ``forgetRequests()``.
    package mutating func prepare(_ request: Request) -> PreparedRequest {
        prepare(request, .favourDeny)
    }

    /// Forgets all requests prepared so far.
    ///
    /// What has been compiled stays, unless there is so much of it, in bytes, that starting anew is
    /// better.
    package mutating func forgetRequests(keeping limit: Int = sizeLimit) {
        facts.removeAll(keepingCapacity: true)
        slots.removeAll()
        forgetComparisons()
        if told.reasons.count > Self.reasonLimit {
            told = ToldReasons()
            currentEra = Era()
        }
        if isFull(limit) { startAnew() }
    }

    /// Forgets comparisons when there are many.
    mutating func forgetComparisons() {
        if comparisons.count > Self.comparisonLimit { comparisons = Memo() }
    }

    /// Forgets all that was met.
    mutating func startAnew() { self = Decider(surroundings) }

    /// Whether starting anew is better than remembering all that was met.
    func isFull(_ limit: Int = sizeLimit) -> Bool {
        let size =
            symbols.size + knownSets.size + programs.statements.count * 256
            + programs.conditions.count * 128 + plans.size + told.size
            + (callerKeys.count + actionKeys.count + targetKeys.count) * 32
            + (targets.count + callers.profiles.count) * 512
        return size > limit || targets.count > Self.countLimit
            || callers.profiles.count > Self.countLimit || actions.all.count > Self.countLimit
    }

    /// How much memory may be taken by what is remembered, in bytes, more or less.
    package static let sizeLimit = 256 << 20
    /// How many callers, resources or actions are remembered.
    private static let countLimit = 200_000
    /// How many reasons of numbered requests are remembered.
    private static let reasonLimit = 1 << 17
    /// How many comparisons are remembered.
    private static let comparisonLimit = 1 << 18

    /// As ``prepare(_:)``, open statements counted one way.
    mutating func prepare(_ request: Request, _ openStatements: OpenStatements) -> PreparedRequest {
        var prepared = PreparedRequest(settled: .no, number: UInt32(facts.count))
        guard let caller = caller(request.caller) else {
            let note = "the caller does not exist any more"
            return settle(&prepared, .invalid, Decision(.invalid, notes: [note]))
        }
        prepared.caller = caller
        prepared.named = caller
        let profile = callers.profiles[Int(caller)].without(request.without)
        if !callers.sides[caller].isPlain, let expiry = profile.subject.session?.expiresAt,
            expiry <= request.instant
        {
            let note = "the session expired at \(expiry)"
            return settle(&prepared, .expired, Decision(.expiredToken, notes: [note]))
        }
        prepared.action = actions.number(request.action, &symbols)
        prepared.target = target(request, by: profile, prepared)
        let resource = targets.profiles[Int(prepared.target)]
        let keys = KeyDerivation(request, by: profile, on: resource, in: surroundings)
        let evaluation = Evaluation(keys, resource: prepared.target, openStatements: openStatements)
        if request.isOrdinary, takeSides(&prepared) {
            checkSides(prepared, evaluation, profile)
            evaluation.rulesAreAsked()
        } else {
            for account in [profile.subject.account, resource.target.owner] {
                if let account, !account.isUsable {
                    let note = "the account '\(account.name)' is \(account.status.rawValue)"
                    return settle(&prepared, .invalid, Decision(.invalid, notes: [note]))
                }
            }
            if actions.sides[prepared.action].mayBeRuled
                || callers.sides[caller].kind == .anonymous,
                let rule = evaluation.serviceRule()
            {
                return settle(&prepared, by: rule, evaluation)
            }
            evaluation.rulesAreAsked()
            if !resource.target.grants.isEmpty { findGrants(evaluation, &prepared) }
            set(&prepared, evaluation, targets.sides[prepared.target])
            setChains(&prepared, evaluation, profile)
        }
        setPlans(&prepared)
        facts.append(PreparedFacts(evaluation: evaluation, decision: nil))
        giveSlots(&prepared)
        return prepared
    }

    /// Forgets what was prepared since there were so many requests.
    mutating func forgetRequests(from number: Int, slots first: Int) {
        facts.removeSubrange(number...)
        slots.removeAll(from: first)
    }

    /// Room for every condition key that a policy met so far reads.
    mutating func giveSlots(_ prepared: inout PreparedRequest) {
        prepared.slots = UInt32(slots.count)
        prepared.slotCount = UInt32(programs.keys.entries.count)
        slots.append(repeating: Slot.unresolved, count: Int(prepared.slotCount))
    }

    /// The number of the request's resource.
    mutating func target(
        _ request: Request,
        by caller: CallerProfile,
        _ prepared: PreparedRequest
    ) -> UInt32 {
        let text = symbols.symbol(request.resource)
        let account =
            request.resourceAccount.map { symbols.symbol($0.description) }
            ?? callers.sides[prepared.caller].accountID
        let isWhole = request.without.isEmpty
        if isWhole, let known = targets.number(text, prepared.action, account: account) {
            return known
        }
        let profile = TargetProfile(
            ResourceTarget(
                request.resource,
                of: request.resourceAccount ?? caller.subject.account?.id,
                on: actions.all[Int(prepared.action)].catalog.resourceUse,
                for: request.action,
                without: request.without,
                in: surroundings.organization
            )
        )
        let side = side(of: profile.target, named: text, for: prepared.action)
        return isWhole
            ? targets.insert(profile, side, text, prepared.action, account: account)
            : targets.append(profile, side)
    }

    /// The number of a resource that numbered requests name for the first time.
    mutating func newTarget(_ request: NumberedRequest, account: Symbol) -> UInt32 {
        let action = actions.all[Int(request.action)]
        let owner =
            request.account == 0
            ? callers.profiles[Int(request.caller)].subject.account?.id
            : AccountID(symbols.string(request.account))
        let profile = TargetProfile(
            ResourceTarget(
                symbols.string(request.resource),
                of: owner,
                on: action.catalog.resourceUse,
                for: action.action,
                without: [],
                in: surroundings.organization
            )
        )
        let side = side(of: profile.target, named: request.resource, for: request.action)
        return targets.insert(profile, side, request.resource, request.action, account: account)
    }

    private mutating func side(
        of target: ResourceTarget,
        named resource: Symbol,
        for number: UInt32
    ) -> TargetSide {
        let action = actions.sides[number]
        var side = TargetSide()
        func set(_ flag: TargetSide.Flags, _ isSet: Bool) { if isSet { side.flags.insert(flag) } }
        // A service's ability to assume its service-linked role is beyond RCPs (RCP-1).
        set(
            .isOrdinary,
            target.owner?.isUsable != false && target.grants.isEmpty
                && target.role?.isServiceLinked != true
        )
        set(.needsExplicitGrant, target.needsExplicitGrant)
        set(.isDecidedByCallerAlone, target.isDecidedByCallerAlone)
        set(.isClosedToPublic, target.isClosedToPublic(for: actions.all[Int(number)].action))
        set(.hasTrustPolicy, target.policyType == .trustPolicy)
        if let owner = target.ownerID {
            side.owner = symbols.symbol(owner.description)
            if let place = surroundings.organization.index(of: owner) {
                side.account = UInt32(place)
            }
        }
        if case .named(let text) = target.requested {
            side.requested = target.use == .some ? resource : symbols.symbol(text)
            assert(symbols.string(side.requested).utf8.elementsEqual(text.utf8))
        }
        side.name = symbols.symbol(target.name)
        if let owner = target.ownerOfDefaultKeyPolicy {
            side.policy = defaultKeyPolicy(of: owner)
        } else if let policy = target.policy {
            side.policy = plans.chain([1, programs.document(policy.document, &symbols)])
            side.writtenAt = policy.writtenAt
        }
        if action.isReachedByRCPs, target.requested.isResource,
            side.account != CallerSide.noAccount,
            surroundings.controlPolicies.hasLevels(.resourceControl, of: Int(side.account))
        {
            side.resourceControl = resourceControlChain(Int(side.account))
        }
        return side
    }

    private mutating func settle(
        _ prepared: inout PreparedRequest,
        _ settled: PreparedRequest.Settled,
        _ decision: Decision
    ) -> PreparedRequest {
        prepared.settled = settled
        facts.append(PreparedFacts(evaluation: nil, decision: decision))
        return prepared
    }

    private mutating func settle(
        _ prepared: inout PreparedRequest,
        by rule: ServiceRule,
        _ evaluation: Evaluation
    ) -> PreparedRequest {
        let decision: Decision
        switch rule {
        case .allowed(let rule):
            prepared.settled = .allowed
            decision = Decision(.allowed, notes: [rule])
        case .denied(let rule):
            prepared.settled = .denied
            let reason = Reason(.serviceRule, .implicitDeny, explanation: rule)
            decision = Decision(.implicitDeny, reasons: [reason], notes: notes(evaluation))
        }
        facts.append(PreparedFacts(evaluation: evaluation, decision: decision))
        return prepared
    }

    private mutating func findGrants(
        _ evaluation: Evaluation,
        _ prepared: inout PreparedRequest
    ) {
        let caller = callers.facts[prepared.caller]
        evaluation.findGrants { caller.grade(PrincipalProgram($0, &symbols), writtenAt: .max) }
        prepared.grantGrade = evaluation.grants.map(\.grade.rawValue).max() ?? 0
    }

    func set(
        _ prepared: inout PreparedRequest,
        _ evaluation: Evaluation,
        _ resource: TargetSide
    ) {
        let subject = evaluation.subject
        var flags: PreparedRequest.Flags = []
        func set(_ flag: PreparedRequest.Flags, _ isSet: Bool) { if isSet { flags.insert(flag) } }
        set(.isSameAccount, evaluation.isSameAccount)
        set(.hasIdentitySide, subject.hasIdentityPolicies || subject.actsAsRoot)
        set(
            .needsNoIdentityPolicy,
            subject.needsNoIdentityPolicy || evaluation.isImplicitlyAllowed
        )
        set(.actsAsRoot, subject.actsAsRoot)
        set(.needsIdentityAllow, evaluation.request.needsIdentityAllow)
        set(.needsExplicitGrant, evaluation.target.needsExplicitGrant)
        set(.isMendedByRoot, evaluation.isOwnersRootMendingPolicy)
        set(.isPublicAccessBlocked, evaluation.isPublicAccessBlocked)
        set(.passesGatewayEndpoint, evaluation.passesGatewayEndpoint)
        set(.hasBoundary, subject.permissionsBoundary != nil)
        set(.hasOpenKeys, !evaluation.request.unknownKeys.isEmpty)
        prepared.flags = flags
        prepared.resource = resource.requested
    }
}

// Which statements can bear on a request.
extension Decider {
    mutating func setChains(
        _ prepared: inout PreparedRequest,
        _ evaluation: Evaluation,
        _ profile: CallerProfile
    ) {
        let controlPolicies = surroundings.controlPolicies
        if case .levels(let account) = controlPolicies.resourceControl(evaluation) {
            prepared.chains[.resourceControl] = resourceControlChain(account)
        }
        if case .levels(let account) = controlPolicies.serviceControl(evaluation) {
            prepared.chains[.serviceControl] = serviceControlChain(account)
        }
        if case .policies(let policies, _) = evaluation.endpointLayer {
            prepared.endpointWrittenAt = policies[0].writtenAt
            prepared.chains[.endpoint] = chain(policies)
        }
        let resource = targets.sides[prepared.target]
        prepared.chains[.resource] = resource.policy
        prepared.resourceWrittenAt = resource.writtenAt
        if case .policies = evaluation.identityLayer {
            prepared.chains[.identity] = profile.identity
        }
        if case .policies = evaluation.boundaryLayer {
            prepared.chains[.boundary] = profile.boundary
        }
        if case .policies = evaluation.sessionLayer {
            prepared.chains[.session] = profile.session
        }
    }

    mutating func setPlans(_ prepared: inout PreparedRequest) {
        let name = actions.sides[prepared.action].name
        for kind in LayerKind.allCases where prepared.chains[kind] != Plans.noChain {
            prepared.plans[kind] = plan(prepared.chains[kind], prepared.action, name)
        }
    }

    mutating func plan(_ chain: UInt32, _ action: UInt32, _ name: Symbol) -> UInt32 {
        plans.plan(chain, action, named: name, &programs, &symbols)
    }

    mutating func resourceControlChain(_ account: Int) -> UInt32 {
        if let known = resourceControlChains[account] { return known }
        let chain = chain(surroundings.controlPolicies.levels(.resourceControl, of: account))
        resourceControlChains[account] = chain
        return chain
    }

    mutating func serviceControlChain(_ account: Int) -> UInt32 {
        if let known = serviceControlChains[account] { return known }
        let chain = chain(surroundings.controlPolicies.levels(.serviceControl, of: account))
        serviceControlChains[account] = chain
        return chain
    }

    mutating func chain(_ policies: [Policy]) -> UInt32 {
        var levels: [UInt32] = []
        levels.reserveCapacity(policies.count + 1)
        add(policies, to: &levels)
        return plans.chain(levels)
    }

    private mutating func chain(_ levels: [ControlPolicyLevel]) -> UInt32 {
        var chain: [UInt32] = []
        for level in levels { add(level.policies, to: &chain) }
        return plans.chain(chain)
    }

    /// Adds a level as ``Plans/chain(_:)`` reads it.
    private mutating func add(_ policies: [Policy], to levels: inout [UInt32]) {
        levels.append(UInt32(policies.count))
        for policy in policies { levels.append(programs.document(policy.document, &symbols)) }
    }

    private mutating func defaultKeyPolicy(of owner: AccountID) -> UInt32 {
        if let known = defaultKeyPolicies[owner] { return known }
        let chain = chain([ResourceTarget.defaultKeyPolicy(of: owner)])
        defaultKeyPolicies[owner] = chain
        return chain
    }

    /// The number of a caller; nil when he does not exist any more.
    mutating func caller(_ caller: Caller) -> UInt32? {
        let plain = PlainCaller(caller, &symbols)
        if let plain, let known = callers.plain[plain] { return known }
        let organization = surroundings.organization
        guard let subject = Subject(caller, in: organization) else { return nil }
        let number = UInt32(callers.profiles.count)
        var session = subject.sessionPolicies
        if case .assumedRoot = subject.kind { session = subject.session?.policies ?? [] }
        let profile = CallerProfile(
            caller,
            subject,
            identity: chain(subject.identityPolicies),
            boundary: subject.permissionsBoundary.map { chain([$0]) } ?? Plans.noChain,
            session: session.map { chain($0) } ?? Plans.noChain
        )
        let facts = CallerFacts(subject, &symbols)
        var side = CallerSide(subject, facts)
        side.isPlain = plain != nil
        if subject.hasIdentityPolicies {
            side.identity = profile.identity
            side.boundary = profile.boundary
        }
        side.session = profile.session
        if let account = surroundings.controlPolicies.serviceControl(
            over: subject,
            in: organization
        ) {
            side.account = UInt32(account)
            side.serviceControl = serviceControlChain(account)
        }
        callers.append(facts, side, profile)
        if let plain { callers.plain[plain] = number }
        return number
    }
}
