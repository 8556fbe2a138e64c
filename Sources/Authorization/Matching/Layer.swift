import OrganizationModel
import PolicyLanguage

/// The statements of some policies that apply to one request.
struct Layer {
    /// A statement with the policy it stands in.
    struct Match {
        let policy: Policy
        let statement: Statement
        /// How strongly the statement's principal element names the caller.
        let grade: Grade
    }

    private(set) var allows: [Match] = []
    private(set) var denies: [Match] = []
    /// Whether an Allow applies that no other could outdo.
    private(set) var isCertainlyAllowed = false

    var isAllowed: Bool { !allows.isEmpty }

    mutating func add(_ match: Match) {
        if match.statement.effect == .allow, match.grade == .direct { isCertainlyAllowed = true }
        addOpen(match)
    }

    /// Adds a statement that is taken to apply.
    mutating func addOpen(_ match: Match) {
        switch match.statement.effect {
        case .allow: allows.append(match)
        case .deny: denies.append(match)
        }
    }
}
