/// Somebody who makes a call in a random chain.
struct ChainActor {
    enum Kind {
        /// Long-term keys of a user.
        case user
        /// Credentials of GetSessionToken.
        case userSession
        /// A session of a role, Identity Center's included.
        case role
        case federatedUser
        case assumedRoot
        case service
    }

    let kind: Kind
    /// How steps name it.
    private(set) var principal: String
    let accountID: String
    /// The entries of trust policies that mean it.
    var names: [String] = []
    var user: ChainWorld.User?
    /// How many session calls led to it.
    var depth = 0
}

extension ChainActor {
    static func user(_ user: ChainWorld.User, of member: ChainWorld.Member) -> ChainActor {
        ChainActor(
            kind: .user,
            principal: "\(member.name):user/\(user.name)",
            accountID: member.id,
            names: [user.arn, member.id, member.rootARN],
            user: user
        )
    }

    static func role(
        _ role: ChainWorld.Role,
        session: String,
        principal: String,
        depth: Int
    ) -> ChainActor {
        ChainActor(
            kind: .role,
            principal: principal,
            accountID: role.accountID,
            names: [
                role.arn, role.sessionARN(session), role.accountID,
                "arn:aws:iam::\(role.accountID):root",
            ],
            depth: depth
        )
    }

    static let service = ChainActor(
        kind: .service,
        principal: "service:\(ChainWorld.service)",
        accountID: "",
        names: [ChainWorld.service]
    )

    /// The same under the name that a step gives its session.
    func named(_ principal: String) -> ChainActor {
        var actor = self
        actor.principal = principal
        return actor
    }

    /// Whether a trust policy speaks of it at all.
    func isTrusted(by role: ChainWorld.Role) -> Bool {
        role.trusted.contains { $0 == "*" || names.contains($0) }
    }
}
