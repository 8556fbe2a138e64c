package import Authorization
import JSONSource
package import OrganizationModel
import PolicyLanguage

/// Looks for the smallest sets of edits that turn a denial into a permission.
///
/// Candidates are tried one by one on the organization itself; what each removes is put together to
/// sets that remove everything, the smallest first, and each set is made as a whole and the engine
/// asked again. Nothing is reported that the engine has not confirmed.
package struct FixSearch: Sendable {
    let state: OrganizationState
    let engine: Engine
    let question: Question
    let limit: Int
    /// Whether a role of the owner's account may be the way.
    private let followsRoles: Bool
    private let trialLimit: Int

    /// `trialLimit` is how often an organization is read anew at most, confirmations not counted.
    package init(
        _ question: Question,
        on state: OrganizationState,
        engine: Engine? = nil,
        limit: Int = 5,
        trialLimit: Int? = nil,
        followsRoles: Bool = true
    ) {
        self.followsRoles = followsRoles
        self.question = question
        self.state = state
        self.engine = engine ?? Engine(state.organization)
        self.limit = limit
        // A large organization takes long to read; some trials it gets all the same.
        self.trialLimit = trialLimit ?? max(12, min(80, 4_000_000 / max(1, state.valueCount)))
    }

    /// The fixes, best first; for a denial the edits that would allow it.
    package func result() -> FixResult {
        let answer = question.answer(engine)
        if answer.decision.outcome == .allowed {
            return FixResult(fixes: [], note: "the request is allowed already", isBounded: false)
        }
        guard let obstacles = answer.obstacles(engine) else {
            return FixResult(fixes: [], note: Self.note(on: answer.decision), isBounded: false)
        }
        var trials = Trials(search: self, left: trialLimit)
        trials.explore(obstacles, answer)
        var fixes = trials.fixes()
        var isBounded = trials.isBounded
        if fixes.isEmpty, followsRoles, let other = rolesInstead(answer, obstacles) {
            fixes = other.fixes
            isBounded = isBounded || other.isBounded
        }
        let note = fixes.isEmpty ? hopelessness(answer, obstacles) : nil
        return FixResult(fixes: fixes, note: note, isBounded: isBounded)
    }

    /// Makes edits for real; nil where AWS would refuse one or the verdict is not the one wanted.
    func confirmed(
        _ candidates: [Candidate],
        wanted: @Sendable (Decision.Outcome) -> Bool = { $0 == .allowed }
    ) -> Fix? {
        let plan = Plan(candidates, on: state)
        guard let changed = try? state.applying(plan.changes),
            let answer = question.answer(Engine(changed.organization), with: plan.call),
            wanted(answer.decision.outcome)
        else { return nil }
        return Fix(
            edits: plan.edits,
            changes: plan.changes,
            call: plan.call,
            decision: answer.decision
        )
    }
}

// Why nothing helps.
extension FixSearch {
    private static func note(on decision: Decision) -> String {
        let why = decision.notes.first.map { ": \($0)" } ?? ""
        if decision.outcome == .expiredToken {
            return "no edit helps an expired session, a new one must be obtained\(why)"
        }
        return "AWS rejects the call before it looks at any policy\(why)"
    }

    private func hopelessness(_ answer: Answer, _ obstacles: [Obstacle]) -> String {
        if let rule = obstacles.first(where: { $0.reason.policyType == .serviceRule }) {
            return "no policy changes a rule of the service: \(rule.reason.explanation ?? "")"
        }
        for (index, request) in answer.requests.enumerated() {
            let own = obstacles.filter { $0.request == index }.map(\.reason)
            if !own.isEmpty, let view = engine.view(of: request),
                let why = hopelessness(request, view, own)
            {
                return why
            }
        }
        return Self.unexplained
    }

    /// What is said where the search itself knows no reason.
    package static let unexplained =
        "no edit was found that AWS would accept and that turns the verdict"

    private func hopelessness(
        _ request: Request,
        _ view: RequestView,
        _ reasons: [Reason]
    ) -> String? {
        if let owner = view.ownerID, view.owner == nil {
            return "the account \(owner) is not in the file, so nothing there can be changed"
        }
        if reasons.contains(where: { $0.policyType == .trustPolicy }) {
            guard let role = view.role else {
                return "there is no role '\(request.resource)' whose trust policy could be changed"
            }
            if role.isReserved || role.isServiceLinked {
                return "the trust policy of '\(role.arn)' can be changed by its service only"
            }
        }
        switch request.caller {
        case .assumedRoot where reasons.contains { $0.policyType == .sessionPolicy }:
            return "the task policy of AssumeRoot allows its task alone, and cannot be changed"
        case .role where Holder(request.caller, in: state.organization) == nil:
            return "the role '\(view.entity?.description ?? "")' can be changed by its service only"
        case .user, .role: return nil
        case .root, .federatedUser, .assumedRoot, .service, .federation, .anonymous, .outsider:
            break
        }
        guard reasons.contains(where: { $0.policyType == .resourcePolicy }) else { return nil }
        if let arn = view.resource, !view.takesPolicy {
            return "'\(arn)' takes no resource policy, and the caller can assume no role"
        }
        if view.resource == nil {
            return "the action works on no resource that could have a policy"
        }
        return nil
    }
}
