/// Writes the policies of a random chain.
struct ChainPolicies {
    let world: ChainWorld
    let conditions: ChainConditions

    init(world: ChainWorld) {
        self.world = world
        conditions = ChainConditions(world: world)
    }

    private func statement(
        _ sid: String?,
        _ effect: String,
        _ actions: [String],
        resource: [String] = ["*"],
        condition: JSON? = nil
    ) -> JSON {
        var members: [String: JSON] = [
            "Effect": .string(effect), "Action": .strings(actions),
            "Resource": .strings(resource),
        ]
        members["Sid"] = sid.map { .string($0) }
        members["Condition"] = condition
        return .object(members)
    }
}

// Trust
extension ChainPolicies {
    private func trustStatement(
        _ sid: String?,
        _ effect: String,
        _ principal: JSON,
        _ actions: [String],
        condition: JSON?
    ) -> JSON {
        var members: [String: JSON] = [
            "Effect": .string(effect), "Principal": principal, "Action": .strings(actions),
        ]
        members["Sid"] = sid.map { .string($0) }
        members["Condition"] = condition
        return .object(members)
    }

    private func assuming(_ verb: String, using dice: inout SplitMix64) -> [String] {
        let tag = "sts:TagSession"
        let identity = "sts:SetSourceIdentity"
        return dice.pick([
            [verb, tag, identity], [verb, tag, identity], [verb, tag, identity],
            [verb, tag, identity], [verb, tag],
            [verb, identity], [verb], ["sts:*"],
        ])
    }

    /// The trust policy that lets in whom the world says.
    func trust(_ role: ChainWorld.Role, using dice: inout SplitMix64) -> JSON {
        var statements: [JSON] = []
        let people = role.trusted.filter { entry in
            !entry.contains("-provider/") && entry != ChainWorld.service
        }
        if !people.isEmpty {
            statements += trustInPeople(role, people, using: &dice)
        }
        for entry in role.trusted where entry.contains("-provider/") {
            statements.append(trustInProvider(entry, using: &dice))
        }
        if role.trusted.contains(ChainWorld.service) {
            statements.append(
                trustStatement(
                    "Service",
                    "Allow",
                    .object(["Service": .string(ChainWorld.service)]),
                    ["sts:AssumeRole", "sts:TagSession"],
                    condition: nil
                )
            )
        }
        if dice.chance(18) {
            let lists = [
                ["sts:AssumeRole"], ["sts:TagSession"], ["sts:SetSourceIdentity"], ["sts:*"],
            ]
            statements.append(
                trustStatement(
                    "Never",
                    "Deny",
                    dice.chance(70) ? .string("*") : .object(["AWS": .string(role.accountID)]),
                    dice.pick(lists),
                    condition: conditions.denial(using: &dice)
                )
            )
        }
        return .policy(statements)
    }

    private func trustInPeople(
        _ role: ChainWorld.Role,
        _ people: [String],
        using dice: inout SplitMix64
    ) -> [JSON] {
        let isOpen = people == ["*"]
        let principal: JSON =
            isOpen && dice.chance(50) ? .string("*") : .object(["AWS": .strings(people)])
        let actions = assuming("sts:AssumeRole", using: &dice)
        let condition =
            dice.chance(isOpen ? 80 : 32) ? conditions.trust(role, using: &dice) : nil
        var statements: [JSON] = []
        // Tags may have a statement of their own.
        if actions.contains("sts:TagSession"), dice.chance(25) {
            statements.append(
                trustStatement(
                    "Tags",
                    "Allow",
                    principal,
                    ["sts:TagSession"],
                    condition: conditions.trust(role, using: &dice)
                )
            )
            statements.append(
                trustStatement(
                    "Assume",
                    "Allow",
                    principal,
                    actions.filter { $0 != "sts:TagSession" },
                    condition: condition
                )
            )
        } else {
            let sid = dice.chance(50) ? "Assume" : nil
            statements.append(
                trustStatement(sid, "Allow", principal, actions, condition: condition)
            )
        }
        return statements
    }

    private func trustInProvider(_ arn: String, using dice: inout SplitMix64) -> JSON {
        let tail = ARNText.segment(5, of: arn)
        let isSAML = tail.hasPrefix("saml-provider/")
        let host = String(tail.dropFirst("oidc-provider/".count))
        return trustStatement(
            nil,
            "Allow",
            .object(["Federated": .string(arn)]),
            assuming(
                isSAML ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity",
                using: &dice
            ),
            condition: isSAML
                ? conditions.saml(using: &dice) : conditions.oidc(host, using: &dice)
        )
    }
}

// Identity side
extension ChainPolicies {
    /// An identity policy: mostly something of STS and something of S3 or SQS.
    func identity(using dice: inout SplitMix64) -> JSON {
        var statements: [JSON] = []
        if dice.chance(94) {
            let lists = [
                ["sts:*"], ["sts:*"], ["sts:*"],
                ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
                ["sts:AssumeRole", "sts:TagSession"], ["sts:Assume*", "sts:Set*"],
                ["sts:AssumeRole", "sts:GetFederationToken"],
            ]
            let resources = [
                ["*"], ["*"], ["*"], ["arn:aws:iam::*:role/*"],
                ["arn:aws:iam::*:role/team/*", "arn:aws:sts::*:federated-user/*"],
            ]
            statements.append(
                statement(
                    "Sts",
                    "Allow",
                    dice.pick(lists),
                    resource: dice.pick(resources),
                    condition: dice.chance(12) ? own(using: &dice) : nil
                )
            )
        }
        let lists = [
            ["s3:*"], ["s3:Get*", "s3:List*"], ["sqs:*", "s3:GetObject"], ["*"], ["iam:*", "s3:*"],
        ]
        let resources = [
            ["*"], ["*"], ["arn:aws:s3:::*/${aws:PrincipalTag/team}/*", "arn:aws:sqs:*:*:jobs"],
            ["arn:aws:s3:::*/${aws:SourceIdentity}/*"], ["arn:aws:s3:::*/${saml:sub}/*"],
        ]
        statements.append(
            statement(
                "Work",
                "Allow",
                dice.pick(lists),
                resource: dice.pick(resources),
                condition: dice.chance(25) ? own(using: &dice) : nil
            )
        )
        if dice.chance(18) {
            let lists = [["s3:*"], ["sts:TagSession"], ["sts:AssumeRole"], ["sqs:*", "s3:Put*"]]
            statements.append(
                statement(
                    "Never",
                    "Deny",
                    dice.pick(lists),
                    condition: conditions.denial(using: &dice)
                )
            )
        }
        return .policy(statements)
    }

    /// A condition on the principal's own credentials.
    private func own(using dice: inout SplitMix64) -> JSON {
        let blocks: [(String, String, String)] = [
            ("Bool", "aws:MultiFactorAuthPresent", "true"),
            ("BoolIfExists", "aws:MultiFactorAuthPresent", "true"),
            ("StringLike", "aws:SourceIdentity", "*"), ("Null", "aws:SourceIdentity", "true"),
            ("StringEquals", "aws:PrincipalTag/team", dice.pick(ChainWorld.teams)),
            ("StringNotEquals", "aws:PrincipalTag/cost", "1"),
            ("NumericLessThan", "aws:MultiFactorAuthAge", "1800"),
            ("DateGreaterThan", "aws:TokenIssueTime", conditions.issueTime(using: &dice)),
            ("DateLessThanEquals", "aws:TokenIssueTime", conditions.issueTime(using: &dice)),
            ("StringLike", "aws:FederatedProvider", "*:oidc-provider/*"),
            ("Null", "aws:FederatedProvider", "true"),
        ]
        let (name, key, value) = dice.pick(blocks)
        return .object([name: .object([key: .string(value)])])
    }

    /// A boundary; half of them leave STS out.
    func boundary(using dice: inout SplitMix64) -> JSON {
        let lists = [
            ["s3:*", "sqs:*"], ["s3:*", "sts:*"], ["*"], ["sts:AssumeRole", "s3:*", "sqs:*"],
        ]
        return .policy([statement(nil, "Allow", dice.pick(lists))])
    }

    /// A managed policy that session policies may name.
    func managed(using dice: inout SplitMix64) -> JSON {
        .policy([
            statement("Managed", "Allow", dice.pick([["sqs:*", "s3:List*"], ["s3:*", "sts:*"]]))
        ])
    }

    /// An inline session policy.
    func session(using dice: inout SplitMix64) -> JSON {
        let lists = [["s3:*"], ["*"], ["s3:GetObject", "sts:AssumeRole"], ["sqs:*"], ["sts:*"]]
        var statements = [statement(nil, "Allow", dice.pick(lists))]
        if dice.chance(25) {
            statements.append(
                statement(
                    "Out",
                    "Deny",
                    dice.pick([["s3:PutObject"], ["sts:SetSourceIdentity"], ["sqs:*"]])
                )
            )
        }
        return .policy(statements)
    }
}

// Organizations and resources
extension ChainPolicies {
    /// Service control policies by name.
    func serviceControls(using dice: inout SplitMix64) -> [String: JSON] {
        func root(_ extra: [String: JSON]) -> JSON {
            let arn = JSON.object(["aws:PrincipalArn": .string("arn:aws:iam::*:root")])
            return .object(extra.merging(["ArnLike": arn]) { first, _ in first })
        }
        let lists = [["s3:Put*"], ["sts:TagSession"], ["sqs:*"], ["sts:AssumeRole"]]
        let allowed = [["sts:*", "s3:*"], ["s3:*", "sqs:*"], ["*"]]
        let exempt = dice.chance(60)
        return [
            "NoRoot": .policy([
                statement(
                    "Root",
                    "Deny",
                    ["*"],
                    condition: root(
                        exempt ? ["Null": .object(["aws:AssumedRoot": .string("true")])] : [:]
                    )
                )
            ]),
            "Guard": .policy([
                statement(
                    "Guard",
                    "Deny",
                    dice.pick(lists),
                    condition: conditions.denial(using: &dice)
                )
            ]),
            "Only": .policy([
                statement("Only", "Allow", dice.pick(allowed))
            ]),
        ]
    }

    /// Resource control policies by name (RCP-4); they reach roles, buckets and queues.
    func resourceControls(using dice: inout SplitMix64) -> [String: JSON] {
        func denial(_ actions: [String], _ resource: String, _ condition: JSON) -> JSON {
            guard
                case .object(var members) = statement(
                    "Edge",
                    "Deny",
                    actions,
                    resource: [resource],
                    condition: condition
                )
            else {
                return .null
            }
            members["Principal"] = .string("*")
            return .policy([.object(members)])
        }
        let outsiders = JSON.object([
            "StringNotEqualsIfExists": .object([
                "aws:PrincipalOrgID": .string(world.organizationID)
            ]),
            "BoolIfExists": .object(["aws:PrincipalIsAWSService": .string("false")]),
        ])
        let roles = "arn:aws:iam::*:role/*"
        let verbs = [
            ["sts:AssumeRole"], ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
            ["sts:TagSession"], ["sts:SetSourceIdentity"],
        ]
        return [
            "Strangers": denial(dice.pick([["s3:*"], ["sts:AssumeRole"]]), "*", outsiders),
            "Sessions": denial(dice.pick(verbs), roles, conditions.denial(using: &dice)),
        ]
    }

    /// The policy of a bucket or queue.
    func resource(
        _ arn: String,
        of member: ChainWorld.Member,
        using dice: inout SplitMix64
    ) -> JSON {
        let other = dice.pick(world.members)
        let role = dice.pick(dice.chance(60) ? member.roles : other.roles)
        let entries = [
            role.arn, role.sessionARN(dice.pick(ChainWorld.sessionNames)), other.id,
            member.rootARN, dice.pick(member.users).arn,
            "arn:aws:sts::\(member.id):federated-user/guest",
        ]
        let isBucket = arn.hasPrefix("arn:aws:s3:")
        let actions = isBucket ? dice.pick([["s3:GetObject"], ["s3:*"]]) : ["sqs:*"]
        let places = isBucket ? [arn, arn + "/*"] : [arn]
        var statements = [
            trustless("Allow", .object(["AWS": .strings(dice.some(entries))]), actions, places)
        ]
        if dice.chance(20) {
            statements.append(
                trustless(
                    "Deny",
                    .string("*"),
                    isBucket ? ["s3:PutObject"] : ["sqs:SendMessage"],
                    places,
                    condition: conditions.denial(using: &dice)
                )
            )
        }
        return .policy(statements)
    }

    private func trustless(
        _ effect: String,
        _ principal: JSON,
        _ actions: [String],
        _ resources: [String],
        condition: JSON? = nil
    ) -> JSON {
        var members: [String: JSON] = [
            "Effect": .string(effect), "Principal": principal, "Action": .strings(actions),
            "Resource": .strings(resources),
        ]
        members["Condition"] = condition
        return .object(members)
    }
}
