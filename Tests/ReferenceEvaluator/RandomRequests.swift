extension RandomOrganization {
    /// One request line (formats.md section 3); the same number gives the same request.
    package func request(_ number: Int) -> String {
        var dice = SplitMix64(seed: seed &* 0x2545_f491_4f6c_dd1d &+ UInt64(number))
        let caller = caller(using: &dice)
        let aim = aim(for: caller, using: &dice)
        var members: [String: JSON] = [
            "id": .number(String(number)), "principal": caller.json, "action": .string(aim.action),
        ]
        if aim.resource != "*" || dice.chance(50) {
            members["resource"] = .string(aim.resource)
        }
        members["resourceAccount"] = aim.resourceAccount.map { .string($0) }
        var isThroughEndpoint = false
        let endpoints = world.endpoints
        if caller.kind != .service, !endpoints.isEmpty, dice.chance(15) {
            members["through"] = .string(dice.pick(endpoints).arn)
            isThroughEndpoint = true
        }
        if caller.kind == .entity, !aim.action.hasPrefix("sts:"), dice.chance(8) {
            members["viaService"] = .string("athena.amazonaws.com")
        }
        let overrides = caller.kind != .service && dice.chance(3)
        if overrides {
            members["overrideContext"] = .bool(true)
        }
        let context = policiesContext(
            isThroughEndpoint: isThroughEndpoint,
            overrides: overrides,
            using: &dice
        )
        if context != .object([:]) {
            members["context"] = context
        }
        return JSON.object(members).serialized
    }

    private func policiesContext(
        isThroughEndpoint: Bool,
        overrides: Bool,
        using dice: inout SplitMix64
    ) -> JSON {
        RandomConditions(world: world).context(
            isThroughEndpoint: isThroughEndpoint,
            organizationOverride: overrides,
            using: &dice
        )
    }
}

// Callers
extension RandomOrganization {
    private struct RandomCaller {
        enum Kind {
            case entity
            case root
            case federatedUser
            case service
            case anonymous
        }

        let kind: Kind
        let json: JSON
        let accountID: String?
    }

    private func caller(using dice: inout SplitMix64) -> RandomCaller {
        let member = dice.pick(world.members)
        let user = dice.pick(member.users)
        let role = dice.pick(member.roles)
        func entity(_ text: String) -> RandomCaller {
            RandomCaller(kind: .entity, json: .string(text), accountID: member.id)
        }
        switch dice.below(100) {
        case 0..<35:
            // The path may be left out of the short form.
            return entity(
                dice.pick([user.arn, "\(member.name):user/\(user.name)", "\(member.id):user/u1"])
            )
        case 35..<68:
            if !role.isServiceLinked, dice.chance(20) {
                let session = "arn:aws:sts::\(member.id):assumed-role/\(role.name)/"
                return entity(session + dice.pick(["orgsim", "other"]))
            }
            return entity(dice.pick([role.arn, "\(member.name):role/\(role.name)"]))
        case 68..<74:
            let text = dice.pick([member.rootARN, "\(member.name):root"])
            return RandomCaller(kind: .root, json: .string(text), accountID: member.id)
        case 74..<79:
            return RandomCaller(
                kind: .federatedUser,
                json: .string(user.federatedARN),
                accountID: member.id
            )
        case 79..<84:
            guard world.hasIdentityCenter, !member.isExternal else {
                return entity(role.arn)
            }
            return entity("sso:\(dice.pick(["ann/Admin", "ben/Team"]))@\(member.name)")
        case 84..<94:
            return service(using: &dice)
        default:
            return RandomCaller(kind: .anonymous, json: .string("anonymous"), accountID: nil)
        }
    }

    private func service(using dice: inout SplitMix64) -> RandomCaller {
        let name = dice.pick(RandomWorld.services)
        let sources = world.members.filter { !$0.isSuspended }
        guard dice.chance(60) else {
            return RandomCaller(kind: .service, json: .string("service:\(name)"), accountID: nil)
        }
        let source = dice.pick(sources)
        return RandomCaller(
            kind: .service,
            json: .object([
                "service": .string(name),
                "sourceAccount": .string(dice.pick([source.name, source.id])),
                "sourceArn": .string("arn:aws:sns:eu-west-1:\(source.id):t\(dice.below(2))"),
            ]),
            accountID: nil
        )
    }
}

// Actions and resources
extension RandomOrganization {
    private struct Aim {
        let action: String
        var resource = "*"
        var resourceAccount: String?
    }

    /// What the caller wants; callers who belong to no account stay with plain actions.
    private func aim(for caller: RandomCaller, using dice: inout SplitMix64) -> Aim {
        let isSomebody = caller.accountID != nil
        switch dice.below(100) {
        case 0..<6 where isSomebody:
            let actions = [
                "s3:ListAllMyBuckets", "ec2:DescribeInstances", "sqs:ListQueues", "kms:ListKeys",
                "sns:ListTopics", "sts:GetCallerIdentity", "sts:GetSessionToken",
            ]
            return Aim(action: dice.pick(actions))
        case 6..<22 where isSomebody || caller.kind == .service:
            return aimAtRole(for: caller, using: &dice)
        case 22..<25 where isSomebody:
            return aimAtUnlisted(using: &dice)
        default:
            return aimAtThing(for: caller, using: &dice)
        }
    }

    private func aimAtRole(for caller: RandomCaller, using dice: inout SplitMix64) -> Aim {
        let role = roleToAimAt(for: caller, using: &dice)
        var actions = ["sts:AssumeRole", "sts:AssumeRole", "sts:AssumeRole", "sts:TagSession"]
        if caller.kind == .entity {
            actions += ["iam:GetRole", "iam:PassRole", "iam:AttachRolePolicy"]
        } else if caller.kind == .root {
            actions = ["sts:AssumeRole", "iam:GetRole", "iam:AttachRolePolicy"]
        }
        return Aim(action: dice.pick(actions), resource: role.arn)
    }

    private func roleToAimAt(
        for caller: RandomCaller,
        using dice: inout SplitMix64
    ) -> RandomWorld.Person {
        let own = world.roles.filter { $0.accountID == caller.accountID }
        return dice.pick(!own.isEmpty && dice.chance(60) ? own : world.roles)
    }

    private func aimAtUnlisted(using dice: inout SplitMix64) -> Aim {
        let member = dice.pick(world.members)
        if dice.chance(50) {
            return Aim(
                action: "sqs:SendMessage",
                resource: "arn:aws:sqs:eu-west-1:\(member.id):unlisted"
            )
        }
        var aim = Aim(action: "s3:GetObject", resource: "arn:aws:s3:::unlisted-bucket/u1/k")
        if dice.chance(60) {
            aim.resourceAccount = dice.pick([member.name, member.id])
        }
        return aim
    }

    private func aimAtThing(for caller: RandomCaller, using dice: inout SplitMix64) -> Aim {
        let things = world.things
        let own = things.filter { $0.accountID == caller.accountID }
        // SVC-5: few services take unsigned calls.
        let unsigned = things.filter { [.bucket, .queue, .topic].contains($0.kind) }
        let near = caller.kind == .anonymous ? unsigned : own
        let thing = dice.pick(!near.isEmpty && dice.chance(75) ? near : things)
        var actions = thing.kind.actions
        if caller.accountID == nil {
            // What only the owner's account may do is asked by members of accounts alone.
            actions.removeAll {
                ["s3:GetBucketPolicy", "sqs:DeleteQueue", "kms:DisableKey"].contains($0)
            }
        }
        let action = dice.pick(actions)
        guard action.hasSuffix("Object") else {
            return Aim(action: action, resource: thing.arn)
        }
        let folder = dice.pick(["u1", "u2", "blue", "red", "private", "*", "alpha", "al*"])
        return Aim(action: action, resource: "\(thing.arn)/\(folder)/k")
    }
}
