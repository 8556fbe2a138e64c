import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import SecurityTokens

/// Edits that may remove an obstacle, the narrowest first; whether they do the engine says.
struct CandidateFinder {
    let state: OrganizationState
    let engine: Engine
    let question: Question
    let requests: [Request]

    var organization: Organization { state.organization }

    /// Candidates for one obstacle; those beside it tell which actions go together.
    func candidates(for obstacle: Obstacle, among all: [Obstacle]) -> [Candidate] {
        guard requests.indices.contains(obstacle.request) else {
            return assignments(obstacle.reason)
        }
        let request = requests[obstacle.request]
        guard let view = engine.view(of: request) else { return [] }
        if obstacle.reason.policyType == .blockPublicAccess {
            return publicAccess(view, request)
        }
        if obstacle.isDenial { return denial(obstacle.reason, view, request) }
        // What is silent about one pair of a call is mostly silent about the others.
        let together = all.filter {
            $0.reason.policyType == obstacle.reason.policyType && !$0.isDenial
                && $0.reason.target == obstacle.reason.target
        }
        let indices = Set(together.map(\.request) + [obstacle.request]).sorted()
        let asked = indices.filter { requests[$0].resource == request.resource }
            .map { requests[$0] }
        return silence(obstacle.reason, Grant(asked, view), view, request)
    }

    /// Taking up a permission set needs an assignment.
    private func assignments(_ reason: Reason) -> [Candidate] {
        guard case .call(let token, _, _) = question, case .signIn(let request) = token,
            reason.policyType == .serviceRule, let account = organization.account(request.account)
        else { return [] }
        let assignment = JSONValue(
            written: .fields([
                "permissionSet": .string(request.permissionSet), "user": .string(request.user),
                "accounts": .strings([account.name]),
            ])
        )
        let sentence =
            "assign the permission set '\(request.permissionSet)' to '\(request.user)' in the "
            + "account '\(account.name)'"
        return [Candidate(.tag, sentence, [.after(.assign(assignment))])]
    }

    private func silence(
        _ reason: Reason,
        _ grant: Grant,
        _ view: RequestView,
        _ request: Request
    ) -> [Candidate] {
        switch reason.policyType {
        case .serviceControlPolicy: return controlGrants(reason, grant, view, request)
        case .vpcEndpointPolicy: return endpointGrants(reason, grant, view, request)
        case .identityPolicy:
            let own = near(view.identityPolicies, view, request, "the policies of the caller")
            return own + identityGrants(grant, request)
                + resourceGrants(grant, view, request, .shared)
        case .permissionsBoundary:
            let boundary = view.permissionsBoundary.map { [$0] } ?? []
            return near(boundary, view, request, "the permissions boundary")
                + boundaryGrants(grant, view, request)
                + resourceGrants(grant, view, request, .shared)
        case .sessionPolicy:
            let policies = view.sessionPolicies ?? []
            return near(policies, view, request, "the session policy") + sessionGrants(grant)
                + resourceGrants(grant, view, request, .shared)
        case .trustPolicy:
            let trust = view.role.map { [$0.trustPolicy] } ?? []
            return near(trust, view, request, "the trust policy") + trustGrants(grant, view)
        case .resourcePolicy:
            let policy = view.governing?.policy.map { [$0] } ?? []
            return near(policy, view, request, "the resource policy")
                + resourceGrants(grant, view, request, .exact)
        case .resourceControlPolicy, .blockPublicAccess, .serviceRule: return []
        }
    }

    /// Allow statements that would do if only the call were another.
    func near(
        _ policies: [Policy],
        _ view: RequestView,
        _ request: Request,
        _ whose: String
    ) -> [Candidate] {
        policies.flatMap { policy in
            policy.document.statements.filter { $0.effect == .allow }.flatMap { statement in
                let name = policy.name.map { "'\(statement.label)' of '\($0)'" }
                let what = name ?? "'\(statement.label)' of \(whose)"
                return supplies(
                    statement,
                    apply: true,
                    view,
                    request,
                    "the statement \(what)"
                )
            }
        }
    }
}
