import OrganizationModel
import PolicyLanguage

/// One request with everything that is known of it before policies are compared.
///
/// What it says is worked out once when a request is prepared; the ``Decider`` compares.
struct Evaluation {
    let request: Request
    let subject: Subject
    let target: ResourceTarget
    let keys: KeyDerivation
    /// For what statements count of which unknown keys leave open whether they apply.
    let openStatements: OpenStatements
    /// What unknown keys leave open outside of statements.
    private(set) var openQuestions: [OpenQuestion] = []
    /// Grants of a KMS key that cover the request, with their place in its list.
    var grants: [GrantMatch] = []

    init(
        request: Request,
        subject: Subject,
        target: ResourceTarget,
        in organization: Organization,
        openStatements: OpenStatements
    ) {
        self.request = request
        self.subject = subject
        self.target = target
        self.openStatements = openStatements
        keys = KeyDerivation(
            request: request,
            subject: subject,
            target: target,
            organization: organization
        )
    }
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
    mutating func fits(_ key: ConditionKey, _ text: String) -> Bool {
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
