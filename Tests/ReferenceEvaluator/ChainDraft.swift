/// A step that is being written, and who holds its session if it is allowed.
struct ChainDraft {
    let verb: String
    var parameters: [String: JSON]
    var principal: String?
    /// The session's holder; the name of the session is not known yet.
    var holder: ChainActor?

    /// The step without `expect`.
    var step: [String: JSON] {
        var members: [String: JSON] = [verb: .object(parameters)]
        members["principal"] = principal.map { .string($0) }
        return members
    }
}

/// Writes the parameters of session calls.
struct ChainDrafts {
    let world: ChainWorld
    let policies: ChainPolicies

    /// A call of AssumeRole that may well succeed.
    ///
    /// - Parameters:
    ///   - actor: Who calls.
    ///   - inherited: The transitive tags of his session; they must not be passed again.
    ///   - identity: The source identity he carries.
    ///   - dice: The dice.
    /// - Returns: The call.
    func assumeRole(
        _ actor: ChainActor,
        inherited: [String: String],
        identity: String?,
        using dice: inout SplitMix64
    ) -> ChainDraft {
        let trusting = world.roles.filter { actor.isTrusted(by: $0) }
        let role = dice.pick(trusting.isEmpty || dice.chance(8) ? world.roles : trusting)
        var parameters = common(role, using: &dice)
        let reserved = Set(inherited.keys.map { $0.lowercased() })
        if case .object(let tags)? = parameters["tags"] {
            let free = tags.filter { !reserved.contains($0.key.lowercased()) }
            parameters["tags"] = free.isEmpty ? nil : .object(free)
            if free.count < tags.count {
                parameters["transitiveTagKeys"] = nil
            }
        }
        if dice.chance(45) {
            parameters["externalId"] = .string(dice.pick(["acme-42", "acme-7", "other-1"]))
        }
        switch actor.kind {
        case .user:
            if dice.chance(35) {
                parameters["sourceIdentity"] = .string(dice.pick(ChainWorld.identities))
            }
        case .role where actor.accountID != role.accountID || identity != nil:
            // STS-14: what a role session sets anew in its own account is left open.
            if dice.chance(20) {
                parameters["sourceIdentity"] = .string(
                    identity ?? dice.pick(ChainWorld.identities)
                )
            }
        default:
            break
        }
        if actor.kind == .user || actor.kind == .userSession, let user = actor.user,
            dice.chance(40)
        {
            parameters["serialNumber"] = .string(user.deviceARN)
            parameters["mfa"] = .bool(true)
        }
        if actor.kind != .service, dice.chance(30) {
            let isChained = actor.kind == .role
            let seconds = [900, 1800, 3600, isChained ? 3600 : role.maximumDuration]
            parameters["durationSeconds"] = .number(String(dice.pick(seconds)))
        }
        return draft("assumeRole", role, parameters, actor: actor)
    }

    private func draft(
        _ verb: String,
        _ role: ChainWorld.Role,
        _ parameters: [String: JSON],
        actor: ChainActor?
    ) -> ChainDraft {
        ChainDraft(
            verb: verb,
            parameters: parameters,
            principal: actor?.principal,
            holder: .role(
                role,
                session: parameters["roleSessionName"]?.text ?? "orgsim",
                principal: "",
                depth: (actor?.depth ?? 0) + 1
            )
        )
    }

    /// What all kin of AssumeRole share.
    private func common(
        _ role: ChainWorld.Role,
        using dice: inout SplitMix64
    ) -> [String: JSON] {
        let short = "\(role.accountName):role/\(role.name)"
        var parameters: [String: JSON] = ["role": .string(dice.pick([short, role.arn]))]
        if dice.chance(92) {
            parameters["roleSessionName"] = .string(dice.pick(ChainWorld.sessionNames))
        }
        if dice.chance(42) {
            var tags: [String: JSON] = [:]
            if dice.chance(80) {
                tags[dice.chance(85) ? "team" : "Team"] = .string(dice.pick(ChainWorld.teams))
            }
            if tags.isEmpty || dice.chance(30) {
                tags[dice.pick(["cost", "stage"])] = .string(dice.pick(["1", "test"]))
            }
            parameters["tags"] = .object(tags)
            if dice.chance(50) {
                let keys = dice.some(tags.keys.sorted())
                parameters["transitiveTagKeys"] = .array(keys.map { .string($0) })
            }
        }
        if dice.chance(12) {
            parameters["policy"] = policies.session(using: &dice)
        }
        if dice.chance(8) {
            parameters["policyArns"] = .array([
                .string("arn:aws:iam::\(role.accountID):policy/Common")
            ])
        }
        return parameters
    }

    /// A call on behalf of somebody an identity provider vouches for.
    func federated(using dice: inout SplitMix64) -> ChainDraft {
        let trusting = world.roles.filter { role in
            role.trusted.contains { $0.contains("-provider/") }
        }
        let role = dice.pick(trusting)
        let named = role.trusted.filter { $0.contains("-provider/") }
        let member = world.member(role.accountID)
        let others = [member?.samlProvider, member?.oidcProvider(ChainWorld.cluster)]
        let provider = dice.pick(dice.chance(92) ? named : others.compactMap(\.self))
        var parameters = common(role, using: &dice)
        parameters["provider"] = .string(provider)
        if dice.chance(30) {
            parameters["sourceIdentity"] = .string(dice.pick(ChainWorld.identities))
        }
        if dice.chance(20) {
            parameters["durationSeconds"] = .number(
                String(dice.pick([900, 3600, role.maximumDuration]))
            )
        }
        if provider.contains(":saml-provider/") {
            let page = dice.chance(90) ? ChainWorld.signInPage : "https://elsewhere.example/saml"
            parameters["audience"] = .string(page)
            parameters["subject"] = .string(dice.pick(ChainWorld.subjects))
            return draft("assumeRoleWithSAML", role, parameters, actor: nil)
        }
        parameters["audience"] = .string(ChainWorld.audience)
        let subjects = ChainWorld.tokenSubjects + [ChainWorld.tokenSubjects[0], "repo:other/app:x"]
        parameters["subject"] = .string(dice.pick(subjects))
        return draft("assumeRoleWithWebIdentity", role, parameters, actor: nil)
    }

    /// GetSessionToken.
    func sessionToken(_ actor: ChainActor, using dice: inout SplitMix64) -> ChainDraft {
        var parameters: [String: JSON] = [:]
        if dice.chance(60), let user = actor.user {
            parameters["serialNumber"] = .string(user.deviceARN)
            parameters["mfa"] = .bool(true)
        }
        if dice.chance(40) {
            parameters["durationSeconds"] = .number(String(dice.pick([900, 3600, 129_600])))
        }
        let holder = ChainActor(
            kind: .userSession,
            principal: "",
            accountID: actor.accountID,
            names: actor.names,
            user: actor.user,
            depth: actor.depth + 1
        )
        return ChainDraft(
            verb: "getSessionToken",
            parameters: parameters,
            principal: actor.principal,
            holder: holder
        )
    }

    /// GetFederationToken.
    func federationToken(_ actor: ChainActor, using dice: inout SplitMix64) -> ChainDraft {
        var parameters: [String: JSON] = ["name": .string(dice.pick(["guest", "visitor"]))]
        if dice.chance(70) {
            parameters["policy"] = policies.session(using: &dice)
        }
        if dice.chance(15) {
            parameters["policyArns"] = .array([
                .string("arn:aws:iam::\(actor.accountID):policy/Common")
            ])
        }
        if dice.chance(35) {
            parameters["tags"] = .object(["team": .string(dice.pick(ChainWorld.teams))])
        }
        if dice.chance(30) {
            parameters["durationSeconds"] = .number(String(dice.pick([900, 3600])))
        }
        return ChainDraft(
            verb: "getFederationToken",
            parameters: parameters,
            principal: actor.principal,
            holder: ChainActor(
                kind: .federatedUser,
                principal: "",
                accountID: actor.accountID,
                depth: actor.depth + 1
            )
        )
    }

    static let task = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"

    /// AssumeRoot into an ordinary member account.
    func assumeRoot(_ actor: ChainActor, using dice: inout SplitMix64) -> ChainDraft {
        let target = dice.pick(world.ordinaryMembers)
        var parameters: [String: JSON] = [
            "targetPrincipal": .string(target.id), "taskPolicyArn": .string(Self.task),
        ]
        if dice.chance(30) {
            parameters["durationSeconds"] = .number(dice.pick(["300", "900"]))
        }
        return ChainDraft(
            verb: "assumeRoot",
            parameters: parameters,
            principal: actor.principal,
            holder: ChainActor(
                kind: .assumedRoot,
                principal: "",
                accountID: target.id,
                depth: actor.depth + 1
            )
        )
    }

    /// A sign-in by Identity Center; now and then of somebody without the set.
    func signIn(using dice: inout SplitMix64) -> ChainDraft {
        let (user, set) = dice.pick([
            ("ann", "Ops"), ("ann", "Ops"), ("ben", "Dev"), ("ben", "Ops"),
        ])
        let member = dice.pick(world.ordinaryMembers)
        return ChainDraft(
            verb: "signIn",
            parameters: [
                "user": .string(user), "permissionSet": .string(set),
                "account": .string(member.name),
            ],
            holder: ChainActor(
                kind: .role,
                principal: "",
                accountID: member.id,
                names: [member.id, member.rootARN],
                depth: 1
            )
        )
    }
}
