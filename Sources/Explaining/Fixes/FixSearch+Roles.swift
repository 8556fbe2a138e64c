import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import SecurityTokens

// Where nothing at the resource can let the caller in: a role of the owner's account.
extension FixSearch {
    /// So many roles of the owner's account are asked.
    private static let roleLimit = 500

    func rolesInstead(_ answer: Answer, _ obstacles: [Obstacle]) -> FixResult? {
        guard case .request(let request) = question,
            obstacles.allSatisfy({ $0.reason.policyType != .serviceRule }),
            let view = engine.view(of: request), let owner = view.owner, canAssume(request.caller),
            request.action.service != "sts"
        else { return nil }
        let existing = existingRoles(in: owner, request, view)
        return existing.fixes.isEmpty ? newRole(in: owner, request, view) ?? existing : existing
    }

    /// Roles of AWS's services call what their service has them call.
    private func canAssume(_ caller: Caller) -> Bool {
        switch caller {
        case .user: true
        case .role: Holder(caller, in: state.organization) != nil
        case .root, .federatedUser, .assumedRoot, .service, .federation, .anonymous, .outsider:
            false
        }
    }

    /// A role that may do it, which the caller may assume or could.
    private func existingRoles(
        in owner: Account,
        _ request: Request,
        _ view: RequestView
    ) -> FixResult {
        let resolver = CallerResolver(
            organization: state.organization,
            instant: request.instant
        )
        var found: [Fix] = []
        let able = owner.roles.prefix(Self.roleLimit).filter { role in
            guard !role.isServiceLinked, !role.isReserved, role.arn != view.entity,
                let caller = try? resolver.caller(role.arn.description)
            else { return false }
            let asked = question.with(context: GivenContext(), caller: caller)
            return asked.answer(engine).decision.outcome == .allowed
        }
        for role in able.prefix(2) {
            guard let assuming = assuming(role.entity, on: state) else { continue }
            let edit = Fix.Edit(.call, "assume the role '\(role.arn)' and call as it")
            let whole = assuming.lazy.compactMap { confirmed($0, thenAs: role.entity, edit) }.first
            if let whole { found.append(whole) }
        }
        return FixResult(
            fixes: Array(ranked(found).prefix(limit)),
            note: nil,
            isBounded: owner.roles.count > Self.roleLimit
        )
    }

    /// What it takes to assume a role: nothing, or the fixes of that question.
    private func assuming(_ role: IAMEntity, on state: OrganizationState) -> [Fix]? {
        let engine = Engine(state.organization)
        guard
            let asked = Question.assuming(
                role,
                by: question.caller,
                at: question.instant,
                in: engine
            )
        else { return nil }
        let decision = asked.answer(engine).decision
        if decision.outcome == .allowed {
            return [Fix(edits: [], changes: [], call: CallEdits(), decision: decision)]
        }
        return FixSearch(asked, on: state, engine: engine, limit: 3).result().fixes
    }

    /// The changes that let the caller assume the role, and what the request needs besides once he
    /// has; nil where that is not to be had either.
    private func confirmed(
        _ fix: Fix,
        creating: (edit: Fix.Edit, change: OrganizationChange)? = nil,
        thenAs role: IAMEntity,
        _ assumption: Fix.Edit
    ) -> Fix? {
        var changes = (creating.map { [$0.change] } ?? []) + fix.changes
        var edits = (creating.map { [$0.edit] } ?? []) + fix.edits + [assumption]
        var call = fix.call
        call.role = role
        guard let changed = try? state.applying(changes) else { return nil }
        let engine = Engine(changed.organization)
        guard var answer = question.answer(engine, with: call) else { return nil }
        if answer.decision.outcome != .allowed {
            guard let caller = answer.requests.first?.caller else { return nil }
            let rest = FixSearch(
                question.with(context: call.context, caller: caller),
                on: changed,
                engine: engine,
                limit: 1,
                followsRoles: false
            )
            guard let more = rest.result().fixes.first, more.call.sessionPolicies.isEmpty,
                let whole = try? changed.applying(more.changes)
            else { return nil }
            changes += more.changes
            edits += more.edits
            call.context = call.context.overlaid(with: more.call.context)
            guard let last = question.answer(Engine(whole.organization), with: call),
                last.decision.outcome == .allowed
            else { return nil }
            answer = last
        }
        return Fix(edits: edits, changes: changes, call: call, decision: answer.decision)
    }

    /// A new role in the owner's account, for exactly this caller, action and resource.
    private func newRole(in owner: Account, _ request: Request, _ view: RequestView) -> FixResult? {
        let grant = Grant([request], view)
        guard let principal = grant.principal else { return nil }
        let trust = JSONOutput.fields([
            "Sid": .string("AllowAssumeRole"), "Effect": .string("Allow"),
            "Principal": principal.element, "Action": .string("sts:AssumeRole"),
            "Condition": Exemption.element(principal.condition),
        ])
        let wanted = String(grant.policyName("For").prefix(60))
        var name = wanted
        var number = 2
        while owner.role(name) != nil {
            name = "\(wanted)-\(number)"
            number += 1
        }
        let value = JSONOutput.fields([
            "trustPolicy": Grant.document(trust),
            "inlinePolicies": .fields([
                grant.policyName("Allow"): Grant.document(grant.statement(.allow))
            ]),
        ])
        let change = OrganizationChange.put(
            ["iam", "roles", name],
            account: owner.name,
            value: JSONValue(written: value)
        )
        let edit = Fix.Edit(
            .shared,
            "create the role '\(owner.name):role/\(name)' that trusts \(principal.name) and allows "
                + grant.what
        )
        guard let made = try? state.applying([change]),
            let role = made.organization.account(owner.id)?.role(name)?.entity,
            let assuming = assuming(role, on: made)
        else { return nil }
        let assumption = Fix.Edit(.call, "assume the role '\(owner.name):role/\(name)'")
        let fix = assuming.lazy.compactMap {
            confirmed($0, creating: (edit, change), thenAs: role, assumption)
        }.first
        return FixResult(fixes: fix.map { [$0] } ?? [], note: nil, isBounded: false)
    }
}
