import OrganizationModel
import PolicyLanguage

/// The callers of the requests prepared so far.
struct CallerTable: ~Copyable {
    var facts = Arena<CallerFacts>()
    var profiles: [CallerProfile] = []
    /// Callers whose credentials carry nothing of their own, by who they are.
    var plain: [PlainCaller: UInt32] = [:]
}

/// A caller who is the same whenever he calls: a user, or a role in a session that adds nothing.
struct PlainCaller: Hashable {
    let account: AccountID
    /// Empty for the root user.
    let uniqueID: String
    let session: String
    let issuedAt: Instant?

    init?(_ caller: Caller) {
        switch caller {
        case .root(let account, nil):
            self.init(account: account, uniqueID: "", session: "", issuedAt: nil)
        case .user(let entity, nil):
            self.init(
                account: entity.account,
                uniqueID: entity.uniqueID,
                session: "",
                issuedAt: nil
            )
        case .role(let entity, let session) where session.isPlain:
            self.init(
                account: entity.account,
                uniqueID: entity.uniqueID,
                session: session.name,
                issuedAt: session.issuedAt
            )
        default: return nil
        }
    }

    private init(account: AccountID, uniqueID: String, session: String, issuedAt: Instant?) {
        self.account = account
        self.uniqueID = uniqueID
        self.session = session
        self.issuedAt = issuedAt
    }
}

extension Session {
    /// Whether nothing but its name and time tells it from another session of the role.
    fileprivate var isPlain: Bool {
        guard case .notUsed = mfa, expiresAt == nil, tags.isEmpty, policies == nil, keys.isEmpty
        else { return false }
        return sourceIdentity == nil
    }
}
