/// A random organization with steps that lead from session to session; both follow from a seed.
package struct RandomChain: Sendable {
    /// The instant of the first step: 2026-01-01T00:00:00Z, the clock that scenarios begin with.
    package static let start = RandomOrganization.now

    /// A step with what the reference says about it; nil where it only moves the clock.
    package struct Move: Sendable {
        package let step: JSON
        package let decision: ReferenceDecision?
    }

    /// The organization file.
    package let organization: JSON
    let world: ChainWorld
    let policies: ChainPolicies
    /// The dice after the organization was made.
    let dice: SplitMix64

    /// Makes an organization.
    package init(seed: UInt64) {
        var dice = SplitMix64(seed: seed ^ 0x5eed_0c4a_1a5a_77e1)
        world = ChainWorld(using: &dice)
        policies = ChainPolicies(world: world)
        organization = Self.organization(world, policies, using: &dice)
        self.dice = dice
    }

    /// The organization file as text.
    package func organizationText() -> String {
        organization.serialized
    }

    /// The steps, each with `expect`: a list of a valid scenario.
    package func steps() -> [JSON] {
        moves().map(\.step)
    }

    /// The steps with the decisions of the reference.
    package func moves() -> [Move] {
        var generator = ChainSteps(
            world: world,
            policies: policies,
            replay: ReferenceReplay(organization: organization, start: Self.start),
            dice: dice
        )
        return generator.moves()
    }
}

extension RandomChain {
    private static func organization(
        _ world: ChainWorld,
        _ policies: ChainPolicies,
        using dice: inout SplitMix64
    ) -> JSON {
        var accounts: [String: JSON] = [:]
        for member in world.members {
            accounts[member.name] = .object(account(member, policies, using: &dice))
        }
        func unit(_ path: String, children: [String: JSON] = [:]) -> JSON {
            var members = attachments(isRoot: path == "Root", using: &dice)
            let inside = world.members.filter { $0.unit == path }.map(\.name)
            members["accounts"] = .object(accounts.filter { inside.contains($0.key) })
            if !children.isEmpty {
                members["organizationalUnits"] = .object(children)
            }
            return .object(members)
        }
        let deep = unit("Root/Work/Deep")
        let work = unit("Root/Work", children: ["Deep": deep])
        var file: [String: JSON] = [
            "organization": .object([
                "id": .string(world.organizationID), "managementAccount": .string("management"),
                "featureSet": .string("ALL"),
            ]),
            "trustedAccess": .array([.string("iam.amazonaws.com"), .string("sso.amazonaws.com")]),
            "delegatedAdministrators": .object([
                "iam.amazonaws.com": .array([.string("app")])
            ]),
            "centralizedRootAccess": .object([
                "rootCredentialsManagement": .bool(true), "rootSessions": .bool(true),
            ]),
            "serviceControlPolicies": .object(policies.serviceControls(using: &dice)),
            "resourceControlPolicies": .object(policies.resourceControls(using: &dice)),
            "root": unit("Root", children: ["Work": work]),
            "externalAccounts": .object(["vendor": accounts["vendor"] ?? .null]),
        ]
        if world.hasIdentityCenter {
            file["identityCenter"] = identityCenter(policies, using: &dice)
        }
        return .object(file)
    }

    private static func attachments(
        isRoot: Bool,
        using dice: inout SplitMix64
    ) -> [String: JSON] {
        var members: [String: JSON] = [:]
        var names = ["FullAWSAccess"]
        if dice.chance(12) {
            names.append("Guard")
        }
        if dice.chance(20) {
            names.append("NoRoot")
        }
        if !isRoot, dice.chance(8) {
            names[0] = "Only"
        }
        if names != ["FullAWSAccess"] {
            members["serviceControlPolicies"] = .array(names.map { .string($0) })
        }
        let edges = ["Strangers", "Sessions"].filter { _ in dice.chance(9) }
        if !edges.isEmpty {
            members["resourceControlPolicies"] = .array(edges.map { .string($0) })
        }
        return members
    }

    private static func account(
        _ member: ChainWorld.Member,
        _ policies: ChainPolicies,
        using dice: inout SplitMix64
    ) -> [String: JSON] {
        func entity(_ tags: [String: String]) -> [String: JSON] {
            var members: [String: JSON] = [
                "inlinePolicies": .object(["own": policies.identity(using: &dice)])
            ]
            if !tags.isEmpty {
                members["tags"] = .object(tags.mapValues { .string($0) })
            }
            if dice.chance(16) {
                members["permissionsBoundary"] = .string("Limit")
            }
            return members
        }
        var users: [String: JSON] = [:]
        for user in member.users {
            var members = entity(user.tags)
            members["path"] = user.name == "u2" ? .string("/staff/") : nil
            members["mfaDevices"] = .array([.string(user.deviceARN)])
            users[user.name] = .object(members)
        }
        var roles: [String: JSON] = [:]
        for role in member.roles {
            var members = entity(role.tags)
            members["path"] = role.path == "/" ? nil : .string(role.path)
            members["trustPolicy"] = policies.trust(role, using: &dice)
            if role.maximumDuration != 3600 {
                members["maxSessionDuration"] = .number(String(role.maximumDuration))
            }
            roles[role.name] = .object(members)
        }
        var resources: [String: JSON] = [:]
        for arn in [member.bucketARN, member.queueARN] where dice.chance(75) {
            resources[arn] = .object(["policy": policies.resource(arn, of: member, using: &dice)])
        }
        let audiences = JSON.object(["audiences": .array([.string(ChainWorld.audience)])])
        var result: [String: JSON] = [
            "id": .string(member.id),
            "iam": .object([
                "managedPolicies": .object([
                    "Limit": policies.boundary(using: &dice),
                    "Common": policies.managed(using: &dice),
                ]),
                "users": .object(users), "roles": .object(roles),
                "samlProviders": .object(["corp": .object([:])]),
                "oidcProviders": .object([
                    ChainWorld.github: audiences, ChainWorld.cluster: audiences,
                ]),
            ]),
            "resources": .object(resources),
        ]
        if !member.unit.isEmpty {
            result.merge(attachments(isRoot: false, using: &dice)) { first, _ in first }
        }
        return result
    }

    private static func identityCenter(
        _ policies: ChainPolicies,
        using dice: inout SplitMix64
    ) -> JSON {
        let accounts = JSON.array(["app", "data"].map { .string($0) })
        return .object([
            "instance": .string("ssoins-0000111122224444"),
            "region": .string(dice.pick(["eu-west-1", "us-east-1"])),
            "account": .string("management"),
            "users": .object([
                "ann": .object([
                    "groups": .array([.string("Staff")]),
                    "attributes": .object(["team": .string(dice.pick(ChainWorld.teams))]),
                ]),
                "ben": .object([:]),
            ]),
            "groups": .object(["Staff": .object([:])]),
            "permissionSets": .object([
                "Ops": .object([
                    "inlinePolicy": policies.identity(using: &dice),
                    "sessionDuration": .string("PT2H"),
                ]),
                "Dev": .object([
                    "customerManagedPolicies": .array([
                        .object(["name": .string("Common"), "path": .string("/")])
                    ])
                ]),
            ]),
            "assignments": .array([
                .object([
                    "permissionSet": .string("Ops"), "group": .string("Staff"),
                    "accounts": accounts,
                ]),
                .object([
                    "permissionSet": .string("Dev"), "user": .string("ben"),
                    "organizationalUnits": .array([.string("Root/Work")]),
                ]),
            ]),
            "attributesForAccessControl": .object(["team": .string("${user:team}")]),
        ])
    }
}
