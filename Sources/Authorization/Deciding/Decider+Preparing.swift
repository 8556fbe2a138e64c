import OrganizationModel
import PolicyLanguage

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
    /// What has been compiled stays, unless there is so much of it that starting anew is better.
    package mutating func forgetRequests() {
        facts.removeAll(keepingCapacity: true)
        slots.removeAll()
        if symbols.size > Self.sizeLimit {
            self = Decider(organization, controlPolicies)
        }
    }

    /// How much memory texts may take before everything is forgotten, in bytes.
    private static let sizeLimit = 64 << 20

    /// As ``prepare(_:)``, open statements counted one way.
    mutating func prepare(_ request: Request, _ openStatements: OpenStatements) -> PreparedRequest {
        var prepared = PreparedRequest(settled: .no, number: UInt32(facts.count))
        guard let caller = caller(request.caller) else {
            let note = "the caller does not exist any more"
            return settle(&prepared, .invalid, Decision(.invalid, notes: [note]))
        }
        let profile = callers.profiles[Int(caller)]
        let subject = profile.subject.without(request.without)
        prepared.caller = caller
        if let expiry = subject.session?.expiresAt, expiry <= request.instant {
            let note = "the session expired at \(expiry)"
            return settle(&prepared, .expired, Decision(.expiredToken, notes: [note]))
        }
        prepared.action = actions.number(request.action, &symbols)
        let action = actions.all[Int(prepared.action)]
        let target = ResourceTarget(
            request,
            on: action.resourceUse,
            subject: subject,
            in: organization
        )
        for account in [subject.account, target.owner] {
            if let account, !account.isUsable {
                let note = "the account '\(account.name)' is \(account.status.rawValue)"
                return settle(&prepared, .invalid, Decision(.invalid, notes: [note]))
            }
        }
        var evaluation = Evaluation(
            request: request,
            subject: subject,
            target: target,
            in: organization,
            openStatements: openStatements
        )
        if let rule = evaluation.serviceRule() {
            return settle(&prepared, by: rule, evaluation)
        }
        if !target.grants.isEmpty { findGrants(&evaluation, &prepared) }
        set(&prepared, evaluation)
        setPlans(&prepared, evaluation, profile, action.symbol)
        facts.append(PreparedFacts(evaluation: evaluation, decision: nil))
        prepared.slots = UInt32(slots.count)
        slots.append(repeating: Slot.unresolved, count: programs.keys.entries.count)
        return prepared
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
            decision = Decision(.implicitDeny, reasons: [reason], notes: evaluation.notes)
        }
        facts.append(PreparedFacts(evaluation: evaluation, decision: decision))
        return prepared
    }

    private mutating func findGrants(
        _ evaluation: inout Evaluation,
        _ prepared: inout PreparedRequest
    ) {
        let caller = callers.facts[prepared.caller]
        evaluation.findGrants { caller.grade(PrincipalProgram($0, &symbols), writtenAt: .max) }
        prepared.grantGrade = evaluation.grants.map(\.grade.rawValue).max() ?? 0
    }

    private mutating func set(_ prepared: inout PreparedRequest, _ evaluation: Evaluation) {
        let (request, subject) = (evaluation.request, evaluation.subject)
        let target = evaluation.target
        var flags: PreparedRequest.Flags = []
        func set(_ flag: PreparedRequest.Flags, _ isSet: Bool) { if isSet { flags.insert(flag) } }
        set(.isSameAccount, evaluation.isSameAccount)
        set(.hasIdentitySide, subject.hasIdentityPolicies || subject.actsAsRoot)
        set(
            .needsNoIdentityPolicy,
            subject.needsNoIdentityPolicy || evaluation.isImplicitlyAllowed
        )
        set(.actsAsRoot, subject.actsAsRoot)
        set(.needsIdentityAllow, request.needsIdentityAllow)
        set(.needsExplicitGrant, target.needsExplicitGrant)
        set(.isMendedByRoot, evaluation.isOwnersRootMendingPolicy)
        set(.isPublicAccessBlocked, evaluation.isPublicAccessBlocked)
        set(.passesGatewayEndpoint, evaluation.passesGatewayEndpoint)
        set(.hasBoundary, subject.permissionsBoundary != nil)
        set(.hasOpenKeys, !request.unknownKeys.isEmpty)
        prepared.flags = flags
        if case .named(let text) = target.requested { prepared.resource = symbols.symbol(text) }
    }
}

// Which statements can bear on a request.
extension Decider {
    private mutating func setPlans(
        _ prepared: inout PreparedRequest,
        _ evaluation: Evaluation,
        _ profile: CallerProfile,
        _ name: Symbol
    ) {
        if case .levels(let levels) = controlPolicies.resourceControl(evaluation) {
            prepared.chains[.resourceControl] = chain(levels)
        }
        if case .levels(let levels) = controlPolicies.serviceControl(evaluation) {
            prepared.chains[.serviceControl] = chain(levels)
        }
        if case .policies(let policies, _) = evaluation.endpointLayer {
            prepared.endpointWrittenAt = policies[0].writtenAt
            prepared.chains[.endpoint] = chain(policies)
        }
        if let owner = evaluation.target.ownerOfDefaultKeyPolicy {
            prepared.chains[.resource] = defaultKeyPolicy(of: owner)
        } else if case .policies(let policies, _) = evaluation.resourceLayer {
            prepared.resourceWrittenAt = policies[0].writtenAt
            prepared.chains[.resource] = chain(policies)
        }
        if case .policies = evaluation.identityLayer {
            prepared.chains[.identity] = profile.identity
        }
        if case .policies = evaluation.boundaryLayer, let boundary = profile.boundary {
            prepared.chains[.boundary] = boundary
        }
        if case .policies = evaluation.sessionLayer, let session = profile.session {
            prepared.chains[.session] = session
        }
        for kind in LayerKind.allCases {
            prepared.plans[kind] = plan(prepared.chains[kind], prepared.action, name)
        }
    }

    private mutating func plan(_ chain: UInt32, _ action: UInt32, _ name: Symbol) -> UInt32 {
        chain == Plans.noChain
            ? Plans.none : plans.plan(chain, action, named: name, programs, symbols)
    }

    private mutating func chain(_ policies: [Policy]) -> UInt32 {
        plans.chain([policies.map { programs.document($0.document, &symbols) }])
    }

    private mutating func chain(_ levels: [ControlPolicyLevel]) -> UInt32 {
        plans.chain(
            levels.map { level in
                level.policies.map { programs.document($0.document, &symbols) }
            }
        )
    }

    private mutating func defaultKeyPolicy(of owner: AccountID) -> UInt32 {
        if let known = defaultKeyPolicies[owner] { return known }
        let chain = chain([ResourceTarget.defaultKeyPolicy(of: owner)])
        defaultKeyPolicies[owner] = chain
        return chain
    }

    /// The number of a caller; nil when he does not exist any more.
    private mutating func caller(_ caller: Caller) -> UInt32? {
        let plain = PlainCaller(caller)
        if let plain, let known = callers.plain[plain] { return known }
        guard let subject = Subject(caller, in: organization) else { return nil }
        let number = UInt32(callers.profiles.count)
        callers.facts.append(CallerFacts(subject, &symbols))
        var session = subject.sessionPolicies
        if case .assumedRoot = subject.kind { session = subject.session?.policies ?? [] }
        callers.profiles.append(
            CallerProfile(
                subject: subject,
                identity: chain(subject.identityPolicies),
                boundary: subject.permissionsBoundary.map { chain([$0]) },
                session: session.map { chain($0) }
            )
        )
        if let plain { callers.plain[plain] = number }
        return number
    }
}
