/// A random organization with requests on it; both follow from a seed alone.
package struct RandomOrganization: Sendable {
    /// The instant that the dates of policies lie around: 2026-01-01T00:00:00Z.
    package static let now = 1_767_225_600

    let seed: UInt64
    let world: RandomWorld
    private let policies: RandomPolicies
    /// The dice after the world was made.
    private let dice: SplitMix64

    /// Makes the names of an organization.
    package init(seed: UInt64) {
        self.seed = seed
        var dice = SplitMix64(seed: seed)
        world = RandomWorld(using: &dice)
        policies = RandomPolicies(world: world)
        self.dice = dice
    }

    /// The organization file.
    package func organizationText() -> String {
        var dice = dice
        var file: [String: JSON] = [
            "organization": .object([
                "id": .string(world.organizationID), "managementAccount": .string("management"),
                "featureSet": .string("ALL"),
            ])
        ]
        var controls: [String: JSON] = [:]
        for index in 0..<3 {
            controls["Deny\(index)"] = policies.serviceControl(isAllowList: false, using: &dice)
            controls["Only\(index)"] = policies.serviceControl(isAllowList: true, using: &dice)
        }
        file["serviceControlPolicies"] = .object(controls)
        var perimeters: [String: JSON] = [:]
        for index in 0..<4 {
            perimeters["Edge\(index)"] = policies.resourceControl(using: &dice)
        }
        file["resourceControlPolicies"] = .object(perimeters)
        file["awsManagedPolicies"] = .object([
            Self.suppliedPolicy: .policy([
                .object([
                    "Sid": .string("Read"), "Effect": .string("Allow"),
                    "Action": .strings(["s3:Get*", "sqs:*", "kms:Decrypt"]),
                    "Resource": .string("*"),
                ])
            ])
        ])
        file["root"] = root(using: &dice)
        var external: [String: JSON] = [:]
        for member in world.members where member.isExternal {
            var account = accountMembers(member, using: &dice)
            if dice.chance(50) {
                account["organizationId"] = .string("o-otherorg01")
            }
            external[member.name] = .object(account)
        }
        file["externalAccounts"] = .object(external)
        if world.hasIdentityCenter {
            file["identityCenter"] = identityCenter(using: &dice)
        }
        return JSON.object(file).serialized
    }

    static let suppliedPolicy = "arn:aws:iam::aws:policy/SuppliedReader"
    static let administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
}

// Units
extension RandomOrganization {
    private func root(using dice: inout SplitMix64) -> JSON {
        guard case .object(var root) = unit("Root", using: &dice) else {
            return .null
        }
        root["id"] = .string(world.rootID)
        if dice.chance(15) {
            root["policyTypes"] = dice.pick([
                .array([]), .array([.string("SERVICE_CONTROL_POLICY")]),
                .array([.string("RESOURCE_CONTROL_POLICY")]),
            ])
        }
        return .object(root)
    }

    private func unit(_ path: String, using dice: inout SplitMix64) -> JSON {
        var unit = attachments(using: &dice)
        var accounts: [String: JSON] = [:]
        for member in world.members where member.unit == path {
            accounts[member.name] = account(member, using: &dice)
        }
        if !accounts.isEmpty {
            unit["accounts"] = .object(accounts)
        }
        var children: [String: JSON] = [:]
        for child in world.units where child.hasPrefix(path + "/") {
            let name = String(child.dropFirst(path.count + 1))
            if !name.contains("/") {
                children[name] = self.unit(child, using: &dice)
            }
        }
        if !children.isEmpty {
            unit["organizationalUnits"] = .object(children)
        }
        return .object(unit)
    }

    /// The policies attached to a unit or account; most levels allow everything.
    private func attachments(using dice: inout SplitMix64) -> [String: JSON] {
        var members: [String: JSON] = [:]
        if dice.chance(45) {
            var names = [dice.chance(80) ? "FullAWSAccess" : "Only\(dice.below(3))"]
            if dice.chance(60) {
                names.append("Deny\(dice.below(3))")
            }
            if dice.chance(5) {
                names.removeFirst()
            }
            members["serviceControlPolicies"] = .array(names.map { .string($0) })
        }
        if dice.chance(50) {
            members["resourceControlPolicies"] = .array([.string("Edge\(dice.below(4))")])
        }
        return members
    }
}

// Accounts
extension RandomOrganization {
    private func account(_ member: RandomWorld.Member, using dice: inout SplitMix64) -> JSON {
        var members = accountMembers(member, using: &dice)
        members.merge(attachments(using: &dice)) { first, _ in first }
        if member.isSuspended {
            members["status"] = .string("SUSPENDED")
        }
        return .object(members)
    }

    private func accountMembers(
        _ member: RandomWorld.Member,
        using dice: inout SplitMix64
    ) -> [String: JSON] {
        var resources: [String: JSON] = [:]
        for thing in member.resources {
            resources[thing.arn] = resource(thing, using: &dice)
        }
        var iam: [String: JSON] = [:]
        iam["managedPolicies"] = .object([
            "Wide": policies.identity(using: &dice),
            "Narrow": .object([
                "document": policies.identity(using: &dice), "path": .string("/team/"),
            ]),
            "Limit": policies.boundary(using: &dice),
        ])
        iam["groups"] = .object([
            "g1": .object([
                "managedPolicies": .array([.string(dice.pick(["Wide", Self.suppliedPolicy]))]),
                "inlinePolicies": .object(["g": policies.identity(using: &dice)]),
            ])
        ])
        var users: [String: JSON] = [:]
        for user in member.users {
            users[user.name] = entity(user, isUser: true, using: &dice)
        }
        iam["users"] = .object(users)
        var roles: [String: JSON] = [:]
        for role in member.roles {
            roles[role.name] = entity(role, isUser: false, using: &dice)
        }
        iam["roles"] = .object(roles)
        return [
            "id": .string(member.id), "iam": .object(iam), "resources": .object(resources),
        ]
    }

    private func entity(
        _ person: RandomWorld.Person,
        isUser: Bool,
        using dice: inout SplitMix64
    ) -> JSON {
        var members: [String: JSON] = [:]
        let tail = person.arn.split(separator: ":", maxSplits: 5)[4]
        let path = tail.drop { $0 != "/" }.dropLast(person.name.count)
        if path != "/" {
            members["path"] = .string(String(path))
        }
        members["tags"] = person.tag.map { .object(["team": .string($0)]) }
        if isUser, dice.chance(40) {
            members["groups"] = .array([.string("g1")])
        }
        if !isUser {
            members["trustPolicy"] = policies.trust(person, using: &dice)
        }
        if person.isServiceLinked {
            members["serviceLinked"] = .bool(true)
        } else if dice.chance(25) {
            members["permissionsBoundary"] = .string("Limit")
        }
        if dice.chance(60) {
            members["inlinePolicies"] = .object(["p": policies.identity(using: &dice)])
        }
        if dice.chance(55) {
            let names = ["Wide", "Narrow", Self.suppliedPolicy, Self.administrator]
            members["managedPolicies"] = .array(dice.some(names).map { .string($0) })
        }
        return .object(members)
    }

    private func resource(_ thing: RandomWorld.Thing, using dice: inout SplitMix64) -> JSON {
        var members: [String: JSON] = [:]
        if dice.chance(40) {
            members["tags"] = .object(["team": .string(dice.pick(["blue", "red"]))])
        }
        switch thing.kind {
        case .instance:
            break
        case .endpoint:
            members["vpc"] = .string(dice.pick(["vpc-1", "vpc-2"]))
            if dice.chance(80) {
                members["policy"] = policies.endpoint(using: &dice)
            }
        default:
            if dice.chance(85) {
                members["policy"] = policies.resource(thing, using: &dice)
            }
        }
        if thing.kind == .bucket {
            if thing.isRestricted {
                members["blockPublicAccess"] = .object([
                    "restrictPublicBuckets": .bool(true), "blockPublicPolicy": .bool(false),
                ])
            }
            if dice.chance(40) {
                members["region"] = .string(dice.pick(RandomWorld.regions))
            }
        }
        if thing.kind == .key, dice.chance(60) {
            members["grants"] = grants(using: &dice)
        }
        return .object(members)
    }

    private func grants(using dice: inout SplitMix64) -> JSON {
        var grants: [JSON] = []
        for _ in 0...dice.below(3) {
            let role = dice.pick(world.ordinaryRoles)
            let grantee = dice.pick([dice.pick(world.users).arn, role.arn, role.sessionARN])
            grants.append(
                .object([
                    "granteePrincipal": .string(grantee),
                    "operations": .array(
                        dice.some(["Decrypt", "Encrypt", "DescribeKey"]).map { .string($0) }
                    ),
                ])
            )
        }
        return .array(grants)
    }

    private func identityCenter(using dice: inout SplitMix64) -> JSON {
        let targets = world.members.filter { !$0.isExternal }.map(\.name)
        return .object([
            "instance": .string("ssoins-0000111122223333"),
            "region": .string(dice.pick(RandomWorld.regions)), "account": .string("management"),
            "users": .object([
                "ann": .object([
                    "groups": .array([.string("Staff")]),
                    "attributes": .object(["team": .string("blue")]),
                ]),
                "ben": .object([:]),
            ]),
            "groups": .object(["Staff": .object([:])]),
            "permissionSets": .object([
                "Admin": .object(["managedPolicies": .array([.string(Self.administrator)])]),
                "Team": .object([
                    "customerManagedPolicies": .array([
                        .object(["name": .string("Narrow"), "path": .string("/team/")])
                    ]),
                    "inlinePolicy": policies.identity(using: &dice),
                    "permissionsBoundary": .object([
                        "customerManagedPolicy": .object([
                            "name": .string("Limit"), "path": .string("/"),
                        ])
                    ]),
                ]),
            ]),
            "assignments": .array([
                .object([
                    "permissionSet": .string("Admin"), "group": .string("Staff"),
                    "accounts": .array(targets.map { .string($0) }),
                ]),
                .object([
                    "permissionSet": .string("Team"), "user": .string("ben"),
                    "organizationalUnits": .array([.string("Root")]),
                ]),
            ]),
            "attributesForAccessControl": .object(["team": .string("${user:team}")]),
        ])
    }
}
