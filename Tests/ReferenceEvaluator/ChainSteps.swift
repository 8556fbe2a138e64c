/// Writes the steps of a random chain, with the reference at hand.
///
/// Sessions are used only where the reference got them, and each step's verdict is its own.
struct ChainSteps {
    let world: ChainWorld
    let policies: ChainPolicies
    var replay: ReferenceReplay
    var dice: SplitMix64
    private var holders: [ChainActor] = []
    private var result: [RandomChain.Move] = []

    init(
        world: ChainWorld,
        policies: ChainPolicies,
        replay: ReferenceReplay,
        dice: SplitMix64
    ) {
        self.world = world
        self.policies = policies
        self.replay = replay
        self.dice = dice
    }

    private var drafts: ChainDrafts {
        ChainDrafts(world: world, policies: policies)
    }

    /// Four to eight steps.
    mutating func moves() -> [RandomChain.Move] {
        let count = 4 + dice.below(5)
        while result.count < count {
            addStep(isLast: result.count == count - 1)
        }
        return result
    }

    private mutating func addStep(isLast: Bool) {
        // Right after the clock moved, what has run out is tried.
        if result.last?.decision == nil, !expired.isEmpty, dice.chance(70) {
            actWhenExpired()
            return
        }
        guard !live.isEmpty else {
            obtain()
            return
        }
        switch dice.below(100) {
        case 0..<10 where !isLast:
            advance()
        case 10..<17:
            tryOddity()
        case 17..<22:
            actWhenExpired()
        case 22..<36:
            act(dice.pick(live))
        case 36..<39:
            refuse()
        case 39..<95:
            chain()
        default:
            obtain()
        }
    }
}

// Sessions
extension ChainSteps {
    private func saved(_ actor: ChainActor) -> SavedSession? {
        replay.sessions[String(actor.principal.dropFirst())]
    }

    private var live: [ChainActor] {
        holders.filter { saved($0).map { $0.expires > replay.now } ?? false }
    }

    private var expired: [ChainActor] {
        holders.filter { saved($0).map { $0.expires <= replay.now } ?? false }
    }

    private func inherited(by actor: ChainActor) -> [String: String] {
        saved(actor)?.caller.session?.transitiveTags ?? [:]
    }

    private func identity(of actor: ChainActor) -> String? {
        saved(actor)?.caller.session?.sourceIdentity
    }

    /// Takes the first of a few drafts that is allowed, most of the time.
    private mutating func settle(_ make: (inout ChainSteps) -> ChainDraft) {
        var tries = dice.chance(80) ? 4 : 1
        while true {
            let draft = make(&self)
            let outcome = replay.outcome(of: .object(draft.step))
            tries -= 1
            if outcome.session != nil || tries == 0 {
                commit(draft, outcome)
                return
            }
        }
    }

    private mutating func commit(_ draft: ChainDraft) {
        commit(draft, replay.outcome(of: .object(draft.step)))
    }

    private mutating func commit(_ draft: ChainDraft, _ outcome: ReferenceReplay.Outcome) {
        var step = draft.step
        if let session = outcome.session, let holder = draft.holder {
            let name = "s\(holders.count + 1)"
            step["saveAs"] = .string(name)
            replay.save(session, as: name)
            holders.append(holder.named("$" + name))
        }
        record(step, outcome.decision)
    }

    private mutating func record(_ step: [String: JSON], _ decision: ReferenceDecision?) {
        var step = step
        step["expect"] = decision.map { .string($0.decision) }
        result.append(RandomChain.Move(step: .object(step), decision: decision))
    }

    private mutating func add(_ step: [String: JSON]) {
        record(step, replay.run(.object(step)))
    }

    private mutating func someUser() -> ChainActor {
        let member = dice.pick(world.members)
        return .user(dice.pick(member.users), of: member)
    }

    private mutating func someRole() -> ChainActor {
        let role = dice.pick(world.roles)
        let principal = "\(role.accountName):role/\(role.name)"
        return .role(role, session: "orgsim", principal: principal, depth: 0)
    }

    /// A session out of nothing.
    private mutating func obtain() {
        let number = dice.below(100)
        settle { steps in
            let drafts = steps.drafts
            switch number {
            case 0..<18:
                return drafts.federated(using: &steps.dice)
            case 18..<28 where steps.world.hasIdentityCenter:
                return drafts.signIn(using: &steps.dice)
            case 28..<42:
                let user = steps.someUser()
                return drafts.sessionToken(user, using: &steps.dice)
            case 42..<49:
                let user = steps.someUser()
                return drafts.federationToken(user, using: &steps.dice)
            case 49..<54:
                let administrator = steps.someAdministrator()
                return drafts.assumeRoot(administrator, using: &steps.dice)
            default:
                let caller: ChainActor =
                    switch number {
                    case 54..<58: .service
                    case 58..<66: steps.someRole()
                    default: steps.someUser()
                    }
                return drafts.assumeRole(
                    caller,
                    inherited: [:],
                    identity: nil,
                    using: &steps.dice
                )
            }
        }
    }

    /// Somebody of the management account or of IAM's delegated administrator, mostly.
    private mutating func someAdministrator(onlyReal: Bool = false) -> ChainActor {
        let name = dice.pick(
            ["management", "app", "management", "app"] + (onlyReal ? [] : ["data"])
        )
        let member = world.members.first { $0.name == name } ?? world.members[0]
        return .user(dice.pick(member.users), of: member)
    }

    /// The next link, from the deepest session more often than not.
    private mutating func chain() {
        let able = live.filter { $0.kind == .role || $0.kind == .userSession }
        guard let deepest = able.max(by: { $0.depth < $1.depth }) else {
            obtain()
            return
        }
        let actor = dice.chance(75) ? deepest : dice.pick(able)
        let inherited = inherited(by: actor)
        let identity = identity(of: actor)
        let isPrivileged =
            ["management", "app"].contains(world.member(actor.accountID)?.name ?? "")
        // What goes along a chain has no rule for AssumeRoot.
        if actor.kind == .role, identity == nil, inherited.isEmpty, isPrivileged, dice.chance(10) {
            settle { $0.drafts.assumeRoot(actor, using: &$0.dice) }
            return
        }
        settle {
            $0.drafts.assumeRole(
                actor,
                inherited: inherited,
                identity: identity,
                using: &$0.dice
            )
        }
    }

    /// A call with a parameter that AWS rejects.
    private mutating func tryOddity() {
        let able = live.filter { $0.kind == .role || $0.kind == .userSession }
        let drafts = drafts
        guard let actor = able.last, dice.chance(65) else {
            let user = someUser()
            let draft: ChainDraft =
                switch dice.below(4) {
                case 0: drafts.sessionToken(user, using: &dice)
                case 1: drafts.federationToken(user, using: &dice)
                case 2: drafts.federated(using: &dice)
                default: drafts.assumeRoot(someAdministrator(onlyReal: true), using: &dice)
                }
            commit(drafts.spoilt(draft, inherited: [:], identity: nil, using: &dice))
            return
        }
        let inherited = inherited(by: actor)
        let identity = identity(of: actor)
        var draft = drafts.assumeRole(
            actor,
            inherited: inherited,
            identity: identity,
            using: &dice
        )
        if actor.kind == .role, dice.chance(30) {
            // STS-9
            draft.parameters["durationSeconds"] = .number(dice.pick(["3601", "7200"]))
        } else {
            draft = drafts.spoilt(draft, inherited: inherited, identity: identity, using: &dice)
        }
        commit(draft)
    }

    /// A call that a rule of the service stops, whatever the policies say.
    private mutating func refuse() {
        let actor = dice.pick(live)
        switch actor.kind {
        case .role:
            let isToken = dice.chance(50)
            let draft =
                isToken
                ? drafts.sessionToken(actor, using: &dice)
                : drafts.federationToken(actor, using: &dice)
            commit(draft)
        case .userSession:
            commit(drafts.federationToken(actor, using: &dice))
        case .federatedUser:
            commit(
                drafts.assumeRole(actor, inherited: [:], identity: nil, using: &dice)
            )
        case .assumedRoot, .user, .service:
            act(actor)
        }
    }
}

// Acts and the clock
extension ChainSteps {
    private mutating func advance() {
        // Never the very second at which a session ends.
        let text = dice.pick(["PT16M1S", "PT31M7S", "PT62M13S", "PT31M7S"])
        if dice.chance(25) {
            let seconds = DurationText.seconds(text) ?? 0
            add(["at": .string(TimeText.iso8601(replay.now + seconds))])
        } else {
            add(["advance": .string(text)])
        }
    }

    private mutating func actWhenExpired() {
        let expired = expired
        guard !expired.isEmpty else {
            act(dice.chance(20) ? someUser() : dice.pick(live))
            return
        }
        let actor = dice.pick(expired)
        if actor.kind == .role, dice.chance(40) {
            commit(
                drafts.assumeRole(
                    actor,
                    inherited: inherited(by: actor),
                    identity: identity(of: actor),
                    using: &dice
                )
            )
        } else {
            act(actor)
        }
    }

    private mutating func act(_ actor: ChainActor) {
        let own = world.member(actor.accountID) ?? world.members[0]
        let member = dice.chance(65) ? own : dice.pick(world.members)
        var step: [String: JSON] = ["principal": .string(actor.principal)]
        let folders = ChainWorld.teams + ["ann", "u1", "ann@corp", "x"]
        let pairs: [(String, String)] = [
            ("s3:GetObject", "\(member.bucketARN)/\(dice.pick(folders))/k"),
            ("s3:GetObject", "\(member.bucketARN)/\(dice.pick(folders))/k"),
            ("s3:PutObject", "\(member.bucketARN)/\(dice.pick(folders))/k"),
            ("s3:ListBucket", member.bucketARN), ("s3:ListAllMyBuckets", ""),
            ("sqs:SendMessage", member.queueARN), ("sts:GetCallerIdentity", ""),
            ("iam:GetRole", "\(member.name):role/Hub"),
        ]
        var (action, resource) = dice.pick(pairs)
        switch actor.kind {
        case .assumedRoot where dice.chance(75):
            action = dice.pick(["s3:DeleteBucketPolicy", "s3:GetBucketPolicy"])
            resource = own.bucketARN
        case .role where dice.chance(12):
            // A single pair, without the others of the call.
            action = "sts:AssumeRole"
            resource = dice.pick(world.roles).arn
        default:
            break
        }
        step["action"] = .string(action)
        if !resource.isEmpty {
            step["resource"] = .string(resource)
        }
        // The owner of a bucket that is not listed is not in its ARN.
        if resource.hasPrefix("arn:aws:s3:") {
            step["resourceAccount"] = .string(action.hasSuffix("Policy") ? own.id : member.id)
        }
        add(step)
    }
}
