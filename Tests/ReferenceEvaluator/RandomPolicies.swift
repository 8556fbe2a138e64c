/// Writes random policy documents of every type.
struct RandomPolicies {
    let world: RandomWorld
    let conditions: RandomConditions

    init(world: RandomWorld) {
        self.world = world
        conditions = RandomConditions(world: world)
    }

    /// A statement from its elements; the Sid is unique by its number.
    private func statement(
        _ number: Int,
        effect: String,
        _ members: [String: JSON],
        condition: JSON?,
        using dice: inout SplitMix64
    ) -> JSON {
        var members = members
        members["Effect"] = .string(effect)
        members["Condition"] = condition
        if dice.chance(60) {
            members["Sid"] = .string("S\(number)")
        }
        return .object(members)
    }
}

// Identity side
extension RandomPolicies {
    private static let actionLists = [
        ["*"], ["s3:*"], ["s3:Get*", "s3:List*"], ["s3:*", "sqs:*"], ["sqs:SendMessage", "sns:*"],
        ["kms:*"], ["kms:Decrypt", "s3:GetObject"], ["sts:*"], ["sts:AssumeRole"], ["iam:*"],
        ["lambda:InvokeFunction", "secretsmanager:*"], ["dynamodb:*"], ["ec2:*"],
        ["S3:?etObject", "SQS:*Message"], ["s3:*Object", "kms:*crypt"], ["*:*"],
    ]

    private static let exceptLists = [
        ["iam:*"], ["s3:PutObject", "sqs:*"], ["s3:*", "kms:*"], ["kms:Decrypt"],
        ["s3:Get*", "sts:*", "sqs:Send*"],
    ]

    private func actions(using dice: inout SplitMix64) -> [String: JSON] {
        if dice.chance(15) {
            return ["NotAction": .strings(dice.pick(Self.exceptLists))]
        }
        return ["Action": .strings(dice.pick(Self.actionLists))]
    }

    private func resourceList(isIdentity: Bool, using dice: inout SplitMix64) -> [String] {
        var patterns = [
            "arn:aws:s3:::*", "arn:aws:s3:::bkt-*", "arn:aws:sqs:*:*:*", "arn:aws:sqs:eu-*",
            "arn:aws:kms:*:*:key/*", "arn:aws:iam::*:role/*", "arn:aws:iam::*:role/r?",
            "arn:aws:lambda:*:*:function:f?", "arn:aws:dynamodb:*:table/d*",
            "arn:aws:s3:::bkt-*/${aws:username}/*", "arn:aws:s3:::*/${aws:PrincipalTag/team}/*",
            "arn:aws:s3:::*/${aws:PrincipalTag/team, 'blue'}/*",
            "arn:aws:s3:::*/${aws:UserAgent}/*", "arn:aws:s3:::*/${*}/*",
        ]
        if isIdentity {
            // RES-5: only here short patterns are completed.
            patterns += ["arn:aws:sqs", "arn:aws:sns:eu-west-1"]
        }
        let things = world.things.flatMap { thing in
            thing.kind == .bucket ? [thing.arn, thing.arn + "/*"] : [thing.arn]
        }
        return dice.some(dice.chance(50) ? patterns : things, upTo: 3)
    }

    private func resources(
        isIdentity: Bool,
        everything: Int,
        using dice: inout SplitMix64
    ) -> [String: JSON] {
        if dice.chance(everything) {
            return ["Resource": .string("*")]
        }
        let list = JSON.strings(resourceList(isIdentity: isIdentity, using: &dice))
        return dice.chance(20) ? ["NotResource": list] : ["Resource": list]
    }

    /// An identity policy; a third of them allow everything.
    func identity(using dice: inout SplitMix64) -> JSON {
        var statements: [JSON] = []
        if dice.chance(42) {
            let all: [String: JSON] = ["Action": .string("*"), "Resource": .string("*")]
            statements.append(statement(0, effect: "Allow", all, condition: nil, using: &dice))
        }
        for number in 1...(1 + dice.below(2)) {
            let denies = dice.chance(18)
            var members = actions(using: &dice)
            members.merge(
                resources(isIdentity: true, everything: denies ? 15 : 55, using: &dice)
            ) { first, _ in first }
            let isConditional = dice.chance(denies ? 70 : 30)
            statements.append(
                statement(
                    number,
                    effect: denies ? "Deny" : "Allow",
                    members,
                    condition: isConditional
                        ? conditions.block(isIdentitySide: true, using: &dice) : nil,
                    using: &dice
                )
            )
        }
        let versions = ["2012-10-17", "2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", nil]
        return .policy(statements, version: dice.pick(versions))
    }

    /// A policy that serves as a boundary: wide, with something taken away.
    func boundary(using dice: inout SplitMix64) -> JSON {
        var members: [String: JSON] = ["Resource": .string("*")]
        if dice.chance(40) {
            members["NotAction"] = .strings(dice.pick(Self.exceptLists))
        } else {
            members["Action"] = .strings(dice.pick([["*"], ["s3:*", "sqs:*", "sts:*"], ["*:*"]]))
        }
        var statements = [
            statement(0, effect: "Allow", members, condition: nil, using: &dice)
        ]
        if dice.chance(35) {
            statements.append(denial(1, using: &dice))
        }
        return .policy(statements)
    }

    private func denial(_ number: Int, using dice: inout SplitMix64) -> JSON {
        var members = actions(using: &dice)
        if members["Action"] == .string("*") || members["Action"] == .string("*:*") {
            members["Action"] = .string("s3:PutObject")
        }
        members.merge(resources(isIdentity: false, everything: 40, using: &dice)) { first, _ in
            first
        }
        let isConditional = members["NotAction"] != nil || dice.chance(75)
        return statement(
            number,
            effect: "Deny",
            members,
            condition: isConditional ? conditions.block(isIdentitySide: true, using: &dice) : nil,
            using: &dice
        )
    }

    /// A service control policy: a list of denials, or an allow list.
    func serviceControl(isAllowList: Bool, using dice: inout SplitMix64) -> JSON {
        guard isAllowList else {
            return .policy([denial(0, using: &dice)])
        }
        var members: [String: JSON] = [:]
        if dice.chance(40) {
            members["NotAction"] = .strings(dice.pick(Self.exceptLists))
        } else {
            let lists = [
                ["s3:*", "sqs:*", "kms:*", "sts:*"], ["*"], ["s3:*", "dynamodb:*", "iam:*"],
            ]
            members["Action"] = .strings(dice.pick(lists))
        }
        members.merge(resources(isIdentity: false, everything: 70, using: &dice)) { first, _ in
            first
        }
        let condition =
            dice.chance(20) ? conditions.block(isIdentitySide: true, using: &dice) : nil
        return .policy([
            statement(0, effect: "Allow", members, condition: condition, using: &dice)
        ])
    }

    /// A resource control policy (RCP-4).
    func resourceControl(using dice: inout SplitMix64) -> JSON {
        let lists = [
            ["s3:*"], ["s3:PutObject", "sqs:*"], ["kms:*"], ["sts:AssumeRole"], ["dynamodb:*"],
            ["secretsmanager:*", "s3:Get*"], ["sns:*", "lambda:*"],
        ]
        var members: [String: JSON] = [
            "Principal": .string("*"), "Action": .strings(dice.pick(lists)),
        ]
        members.merge(resources(isIdentity: false, everything: 50, using: &dice)) { first, _ in
            first
        }
        var condition: JSON?
        if dice.chance(35) {
            condition = .object([
                "StringNotEqualsIfExists": .object([
                    "aws:PrincipalOrgID": .string(world.organizationID)
                ]),
                "BoolIfExists": .object(["aws:PrincipalIsAWSService": .string("false")]),
            ])
        } else if dice.chance(85) {
            condition = conditions.block(isIdentitySide: false, using: &dice)
        }
        return .policy([
            statement(0, effect: "Deny", members, condition: condition, using: &dice)
        ])
    }
}

// Resource side
extension RandomPolicies {
    /// The policy of a listed resource.
    func resource(_ thing: RandomWorld.Thing, using dice: inout SplitMix64) -> JSON {
        let principals = RandomPrincipals(world: world, owner: thing.accountID)
        var statements: [JSON] = []
        for number in 0...(1 + dice.below(2)) {
            let denies = dice.chance(18)
            var members: [String: JSON] = [:]
            if dice.chance(8) {
                members["NotAction"] = .string(dice.pick(thing.kind.actions))
            } else {
                members["Action"] = .strings(dice.pick(thing.kind.patterns))
            }
            members.merge(resourceElement(thing, using: &dice)) { first, _ in first }
            if denies, dice.chance(30) {
                members["NotPrincipal"] = principals.chain(using: &dice)
            } else {
                members["Principal"] = principals.element(using: &dice)
            }
            var condition: JSON?
            if thing.isRestricted, !denies {
                condition = conditions.bucketBlock(using: &dice)
            } else if dice.chance(denies ? 65 : 30) {
                condition = conditions.block(isIdentitySide: false, using: &dice)
            }
            statements.append(
                statement(
                    number,
                    effect: denies ? "Deny" : "Allow",
                    members,
                    condition: condition,
                    using: &dice
                )
            )
        }
        return .policy(statements)
    }

    private func resourceElement(
        _ thing: RandomWorld.Thing,
        using dice: inout SplitMix64
    ) -> [String: JSON] {
        let arn = thing.arn
        guard thing.kind == .bucket else {
            let isOwn = thing.kind != .key && dice.chance(70)
            return ["Resource": .string(isOwn ? arn : "*")]
        }
        if dice.chance(8) {
            return ["NotResource": .string(arn + "/private/*")]
        }
        let lists = [
            [arn, arn + "/*"], [arn, arn + "/*"], [arn + "/*"], [arn + "*"],
            [arn, arn + "/${aws:username}/*", arn + "/${aws:PrincipalTag/team, 'red'}/*"],
        ]
        return ["Resource": .strings(dice.pick(lists))]
    }

    /// The trust policy of a role.
    func trust(_ role: RandomWorld.Person, using dice: inout SplitMix64) -> JSON {
        guard !role.isServiceLinked else {
            let members: [String: JSON] = [
                "Principal": .object(["Service": .string("events.amazonaws.com")]),
                "Action": .string("sts:AssumeRole"),
            ]
            return .policy([
                statement(0, effect: "Allow", members, condition: nil, using: &dice)
            ])
        }
        let principals = RandomPrincipals(world: world, owner: role.accountID)
        let lists = [["sts:AssumeRole"], ["sts:AssumeRole", "sts:TagSession"], ["sts:*"]]
        var statements: [JSON] = []
        for number in 0...dice.below(2) {
            let denies = number > 0 && dice.chance(25)
            let members: [String: JSON] = [
                "Principal": principals.element(using: &dice),
                "Action": .strings(dice.pick(lists)),
            ]
            let isConditional = dice.chance(denies ? 65 : 20)
            statements.append(
                statement(
                    number,
                    effect: denies ? "Deny" : "Allow",
                    members,
                    condition: isConditional
                        ? conditions.block(isIdentitySide: false, using: &dice) : nil,
                    using: &dice
                )
            )
        }
        return .policy(statements)
    }

    /// The policy of a VPC endpoint.
    func endpoint(using dice: inout SplitMix64) -> JSON {
        var statements: [JSON] = []
        for number in 0...1 {
            let denies = number > 0 && dice.chance(70)
            let list =
                denies
                ? dice.pick([["s3:PutObject"], ["sqs:*"], ["s3:Get*"]])
                : dice.pick([["*"], ["*"], ["s3:*", "sqs:*", "kms:*"]])
            var members: [String: JSON] = ["Action": .strings(list), "Principal": .string("*")]
            members.merge(resources(isIdentity: false, everything: 85, using: &dice)) { first, _ in
                first
            }
            if dice.chance(12) {
                let entity = dice.pick(world.users + world.ordinaryRoles)
                members["Principal"] = .object(["AWS": .string(entity.arn)])
            }
            let isConditional = dice.chance(denies ? 50 : 20)
            statements.append(
                statement(
                    number,
                    effect: denies ? "Deny" : "Allow",
                    members,
                    condition: isConditional
                        ? conditions.block(isIdentitySide: false, using: &dice) : nil,
                    using: &dice
                )
            )
        }
        return .policy(statements)
    }
}
