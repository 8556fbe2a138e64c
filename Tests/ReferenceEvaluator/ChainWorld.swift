/// Who and what exists in the organization of a random chain.
struct ChainWorld {
    struct Member {
        let name: String
        let id: String
        /// The unit it lies in; empty for accounts outside the organization.
        let unit: String
        var users: [User] = []
        var roles: [Role] = []

        var rootARN: String {
            "arn:aws:iam::\(id):root"
        }

        var bucketARN: String {
            "arn:aws:s3:::chain-\(id.suffix(5))"
        }

        var queueARN: String {
            "arn:aws:sqs:eu-west-1:\(id):jobs"
        }

        var samlProvider: String {
            "arn:aws:iam::\(id):saml-provider/corp"
        }

        func oidcProvider(_ host: String) -> String {
            "arn:aws:iam::\(id):oidc-provider/\(host)"
        }
    }

    struct User {
        let name: String
        let arn: String
        let accountID: String
        let tags: [String: String]

        var deviceARN: String {
            "arn:aws:iam::\(accountID):mfa/\(name)"
        }
    }

    struct Role {
        let name: String
        let path: String
        let accountID: String
        let accountName: String
        let tags: [String: String]
        let maximumDuration: Int
        /// Whom its trust policy lets in: ARNs, account ids, provider ARNs, services, or `*`.
        var trusted: [String] = []

        var arn: String {
            "arn:aws:iam::\(accountID):role\(path)\(name)"
        }

        func sessionARN(_ session: String) -> String {
            "arn:aws:sts::\(accountID):assumed-role/\(name)/\(session)"
        }
    }

    static let teams = ["blue", "red"]
    static let sessionNames = ["dev1", "job-7", "u1-x", "ann"]
    static let subjects = ["ann@corp", "ben@corp"]
    static let identities = ["ann", "u1", "ops-team"]
    static let github = "token.actions.githubusercontent.com"
    static let cluster = "oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF0123456789"
    static let tokenSubjects = ["repo:acme/app:ref:refs/heads/main", "repo:acme/app:pull_request"]
    static let audience = "sts.amazonaws.com"
    static let signInPage = "https://signin.aws.amazon.com/saml"
    static let service = "lambda.amazonaws.com"

    let organizationID: String
    private(set) var members: [Member] = []
    let hasIdentityCenter: Bool

    init(using dice: inout SplitMix64) {
        let number = String(dice.below(9000) + 1000)
        organizationID = "o-chain\(number)aa"
        hasIdentityCenter = dice.chance(60)
        let places = [
            ("management", "Root"), ("app", "Root/Work"), ("data", "Root/Work/Deep"),
            ("vendor", ""),
        ]
        for (index, place) in places.enumerated() {
            var member = Member(
                name: place.0,
                id: "2000000\(number)\(index)",
                unit: place.1
            )
            populate(&member, using: &dice)
            members.append(member)
        }
        for index in members.indices {
            for role in members[index].roles.indices {
                members[index].roles[role].trusted = trusted(
                    by: members[index].roles[role],
                    of: members[index],
                    using: &dice
                )
            }
        }
    }

    private func populate(_ member: inout Member, using dice: inout SplitMix64) {
        func tags() -> [String: String] {
            var tags: [String: String] = [:]
            if dice.chance(65) {
                tags[dice.chance(80) ? "team" : "Team"] = dice.pick(Self.teams)
            }
            if dice.chance(25) {
                tags["stage"] = dice.pick(["test", "prod"])
            }
            return tags
        }
        for (name, path) in [("u1", "/"), ("u2", "/staff/")] {
            member.users.append(
                User(
                    name: name,
                    arn: "arn:aws:iam::\(member.id):user\(path)\(name)",
                    accountID: member.id,
                    tags: tags()
                )
            )
        }
        let places = [("Entry", "/"), ("Hub", "/team/"), ("Deploy", "/"), ("Leaf", "/team/")]
        for (name, path) in places {
            member.roles.append(
                Role(
                    name: name,
                    path: path,
                    accountID: member.id,
                    accountName: member.name,
                    tags: tags(),
                    maximumDuration: dice.pick([3600, 3600, 7200, 43200])
                )
            )
        }
    }
}

extension ChainWorld {
    /// Every role.
    var roles: [Role] {
        members.flatMap(\.roles)
    }

    /// The members of the organization that are not its management account.
    var ordinaryMembers: [Member] {
        members.filter { !$0.unit.isEmpty && $0.name != "management" }
    }

    /// The account with an id.
    func member(_ id: String) -> Member? {
        members.first { $0.id == id }
    }

    /// Whom a role is going to trust.
    private func trusted(
        by role: Role,
        of member: Member,
        using dice: inout SplitMix64
    ) -> [String] {
        var entries: [String] = []
        let near = member.roles.filter { $0.name != role.name }
        let far = members.filter { $0.id != member.id }
        for _ in 0...(1 + dice.below(3)) {
            let other = dice.pick(far)
            let peer = dice.chance(60) ? dice.pick(near) : dice.pick(other.roles)
            switch dice.below(16) {
            case 0, 1, 2:
                entries.append(dice.pick([member.id, member.rootARN]))
            case 3, 4:
                entries.append(dice.pick([other.id, other.rootARN]))
            case 5, 6, 7:
                entries.append(dice.pick(member.users).arn)
            case 8:
                entries.append(dice.pick(other.users).arn)
            case 9, 10, 11, 12:
                entries.append(peer.arn)
            case 13:
                entries.append(peer.sessionARN(dice.pick(Self.sessionNames)))
            case 14:
                // STS-6: itself.
                entries.append(role.arn)
            default:
                entries.append("*")
            }
        }
        // A list holds either everybody or single entries.
        if entries.contains("*") {
            entries = ["*"]
        }
        if role.name == "Entry" || dice.chance(15) {
            let providers = [
                member.samlProvider, member.oidcProvider(Self.github),
                member.oidcProvider(Self.cluster),
            ]
            entries += dice.some(providers)
        }
        if dice.chance(20) {
            entries.append(Self.service)
        }
        var seen: Set<String> = []
        return entries.filter { seen.insert($0).inserted }
    }
}
