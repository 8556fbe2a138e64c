import OrganizationModel
import PolicyLanguage

/// One request with everything that is known of it before policies are compared.
///
/// What it says is worked out once when a request is prepared; the ``Decider`` compares.
// INVARIANT: changes only while the request is prepared.
final class Evaluation {
    let keys: KeyDerivation
    /// For what statements count of which unknown keys leave open whether they apply.
    let openStatements: OpenStatements
    /// The number of the resource among those of the decider.
    let resource: UInt32
    /// What unknown keys leave open outside of statements.
    private(set) var openQuestions: [OpenQuestion] = []
    /// Grants of a KMS key that cover the request, with their place in its list.
    var grants: [GrantMatch] = []

    init(_ keys: KeyDerivation, resource: UInt32, openStatements: OpenStatements) {
        self.keys = keys
        self.resource = resource
        self.openStatements = openStatements
    }

    var request: Request { keys.request }
    var subject: Subject { keys.subject }
    var target: ResourceTarget { keys.target }
}

/// What a statement counts for that unknown keys leave open.
enum OpenStatements {
    case favourAllow
    case favourDeny

    func count(_ effect: Statement.Effect) -> Bool {
        switch self {
        case .favourAllow: effect == .allow
        case .favourDeny: effect == .deny
        }
    }
}

extension Evaluation {
    /// Whether a key has a value; where it is unknown, what open statements count for.
    func fits(_ key: ConditionKey, _ text: String) -> Bool {
        guard keys.isOpen(key) else { return keys.single(key) == text }
        openQuestions.append(OpenQuestion(key, comparedWith: text))
        return openStatements.count(.allow)
    }
}

extension Evaluation {
    /// Whether caller and resource are in one account.
    var isSameAccount: Bool {
        if target.isDecidedByCallerAlone { return true }
        return subject.account != nil && subject.account?.id == target.ownerID
    }
}
