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

    var isAllowed: Bool { !allows.isEmpty }

    fileprivate mutating func add(_ match: Match) {
        switch match.statement.effect {
        case .allow: allows.append(match)
        case .deny: denies.append(match)
        }
    }
}

/// One request being decided: all that matching statements needs.
struct Evaluation {
    let request: Request
    let subject: Subject
    let target: ResourceTarget
    let filled: FilledContext
    /// Unknown keys that matching statements asked for, by canonical name with their spelling.
    private(set) var absentKeys: [String: String] = [:]

    init(request: Request, subject: Subject, target: ResourceTarget, filled: FilledContext) {
        self.request = request
        self.subject = subject
        self.target = target
        self.filled = filled
    }
}

extension Evaluation {
    /// How a layer reads `Principal` elements.
    enum PrincipalReading {
        /// The policies have none, or it says everyone and is not asked.
        case none
        case graded
        /// Accounts mean their root user only (VPCE-2).
        case gatewayEndpoint
    }

    /// The statements of the policies that apply to the request (EVAL-2).
    mutating func layer(_ policies: [Policy], principals: PrincipalReading = .none) -> Layer {
        var layer = Layer()
        for policy in policies {
            for statement in policy.document.statements {
                guard let grade = grade(statement, of: policy, principals), applies(statement)
                else {
                    continue
                }
                layer.add(Layer.Match(policy: policy, statement: statement, grade: grade))
            }
        }
        return layer
    }

    private func grade(
        _ statement: Statement,
        of policy: Policy,
        _ reading: PrincipalReading
    ) -> Grade? {
        guard reading != .none, let principal = statement.principal else { return .direct }
        let grade = principal.grade(of: subject, writtenAt: policy.writtenAt)
        if reading == .gatewayEndpoint, !principal.isNegated, grade == .delegation { return nil }
        return grade
    }

    /// Action, resource and conditions; keys that could change the answer are noted.
    private mutating func applies(_ statement: Statement) -> Bool {
        guard statement.actions.covers(request.action) else { return false }
        let context = filled.context
        if let resources = statement.resources {
            for pattern in resources.patterns { note(pattern.variables) }
            guard resources.covers(target.requested, in: context) else { return false }
        }
        let failed = statement.conditions.filter { !$0.holds(in: context) }
        // Where a condition fails on what is known, no other key can make the statement apply.
        let isOpen = failed.allSatisfy { $0.keysRead.contains { filled.isUnknown($0) } }
        if isOpen { for condition in statement.conditions { note(condition.keysRead) } }
        return failed.isEmpty
    }

    private mutating func note(_ keys: [ConditionKey]) {
        for key in keys where filled.isUnknown(key) && absentKeys[key.canonical] == nil {
            absentKeys[key.canonical] = key.description
        }
    }
}
