import OrganizationModel
import PolicyLanguage

/// One request being decided: all that matching statements needs.
struct Evaluation {
    let request: Request
    let subject: Subject
    let target: ResourceTarget
    let filled: FilledContext
    let detail: Detail
    /// What statements count for whose conditions read keys that are unknown.
    let openStatements: OpenStatements
    /// Keys nobody gave that matching statements asked for, by canonical name with their spelling.
    private(set) var absentKeys: [String: String] = [:]
    /// What unknown keys leave open, where it could make a difference.
    private(set) var openQuestions: [OpenQuestion] = []
    private(set) var trace = Trace()

    init(
        request: Request,
        subject: Subject,
        target: ResourceTarget,
        filled: FilledContext,
        detail: Detail,
        openStatements: OpenStatements
    ) {
        self.request = request
        self.subject = subject
        self.target = target
        self.filled = filled
        self.detail = detail
        self.openStatements = openStatements
        if detail == .everyStatement {
            trace.filled = filled
            trace.requested = target.requested
        }
    }
}

/// How statements count that unknown keys leave open.
///
/// A verdict that both extremes share holds whatever the keys are: more Allow statements and
/// fewer Deny statements never turn an allowed request into a denied one.
enum OpenStatements {
    /// Allow statements apply, Deny statements do not.
    case favourAllow
    /// Deny statements apply, Allow statements do not.
    case favourDeny

    func count(_ effect: Statement.Effect) -> Bool {
        switch self {
        case .favourAllow: effect == .allow
        case .favourDeny: effect == .deny
        }
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

    /// Policies of one type that are evaluated together.
    struct Stack {
        let policyType: PolicyType
        let target: String
        let policies: [Policy]
        var principals = PrincipalReading.none
    }

    /// The statements of the policies that apply to the request (EVAL-2).
    mutating func layer(_ stack: Stack) -> Layer {
        var layer = Layer()
        var open: [OpenQuestion] = []
        for policy in stack.policies {
            for statement in policy.document.statements {
                let grade = grade(statement, of: policy, stack.principals)
                guard let grade, let fit = fit(statement) else { continue }
                let match = Layer.Match(policy: policy, statement: statement, grade: grade)
                switch fit {
                case .applies: layer.add(match)
                case .open(let questions):
                    open += questions.map { $0.about(match) }
                    if openStatements.count(statement.effect) { layer.addOpen(match) }
                }
            }
        }
        // Another Allow makes no difference where the best one applies for certain.
        openQuestions +=
            layer.isCertainlyAllowed ? open.filter { $0.effect == .deny } : open
        if detail == .everyStatement { record(stack) }
        return layer
    }

    /// Says why policies of a type are not asked.
    mutating func skip(_ type: PolicyType, _ why: @autoclosure () -> String) {
        guard detail == .everyStatement else { return }
        trace.notAsked.append(Trace.NotAsked(policyType: type, why: why()))
    }

    /// Notes what an unknown key leaves open outside of statements.
    mutating func leaveOpen(_ question: OpenQuestion) {
        openQuestions.append(question)
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

    private enum Fit {
        case applies
        /// Nothing known speaks against it.
        case open([OpenQuestion])
    }

    /// Action, resource and conditions; nil where one does not fit.
    ///
    /// Keys that could change the answer are noted.
    private mutating func fit(_ statement: Statement) -> Fit? {
        guard statement.actions.covers(request.action) else { return nil }
        let context = filled.context
        var open: [OpenQuestion] = []
        if let resources = statement.resources {
            for pattern in resources.patterns { note(pattern.variables) }
            switch filled.covers(resources, target.requested) {
            case .yes: break
            case .no: return nil
            case .open(let keys):
                open = keys.map {
                    OpenQuestion(
                        variable: $0,
                        in: resources,
                        covering: target.requested,
                        in: context
                    )
                }
            }
        }
        let failed = statement.conditions.filter { condition in
            if filled.leavesOpen(condition) {
                open.append(OpenQuestion(condition))
                return false
            }
            return !condition.holds(in: context)
        }
        // Where a condition fails on what is known, no other key can make the statement apply.
        let isOpen = failed.allSatisfy { $0.keysRead.contains { filled.isUnknown($0) } }
        if isOpen { for condition in statement.conditions { note(condition.keysRead) } }
        guard failed.isEmpty else { return nil }
        return open.isEmpty ? .applies : .open(open)
    }

    private mutating func note(_ keys: [ConditionKey]) {
        guard detail != .verdict else { return }
        for key in keys where filled.isUnknown(key) && absentKeys[key.canonical] == nil {
            absentKeys[key.canonical] = key.description
        }
    }
}

extension Evaluation {
    /// Every statement of the policies, whether it applies or not.
    private mutating func record(_ stack: Stack) {
        var layer = Trace.Layer(
            policyType: stack.policyType,
            target: stack.target,
            policies: stack.policies
        )
        for policy in stack.policies {
            layer.statements += policy.document.statements.map {
                examined($0, of: policy, stack.principals)
            }
        }
        trace.layers.append(layer)
    }

    /// All elements that fail, not only the first: near misses are told by them.
    private func examined(
        _ statement: Statement,
        of policy: Policy,
        _ reading: PrincipalReading
    ) -> Trace.Examined {
        var failed: [Trace.Element] = []
        var open: [Trace.Element] = []
        let grade = grade(statement, of: policy, reading)
        if grade == nil { failed.append(.principal) }
        if !statement.actions.covers(request.action) { failed.append(.action) }
        if let resources = statement.resources {
            switch filled.covers(resources, target.requested) {
            case .yes: break
            case .no: failed.append(.resource)
            case .open: open.append(.resource)
            }
        }
        for (index, condition) in statement.conditions.enumerated() {
            if filled.leavesOpen(condition) {
                open.append(.condition(index))
            } else if !condition.holds(in: filled.context) {
                failed.append(.condition(index))
            }
        }
        let isNamed = grade != nil && reading != .none
        return Trace.Examined(
            policy: policy,
            statement: statement,
            grade: grade,
            principal: isNamed
                ? statement.principal?.entry(naming: subject, writtenAt: policy.writtenAt) : nil,
            failed: failed,
            open: open
        )
    }
}
