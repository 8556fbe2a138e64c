import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

// A Deny statement that applies.
extension CandidateFinder {
    func denial(_ reason: Reason, _ view: RequestView, _ request: Request) -> [Candidate] {
        if reason.policyType == .sessionPolicy { return sessionDenial(reason, view, request) }
        guard let index = reason.statementIndex else { return [] }
        var found: [Candidate] = []
        for source in sources(of: reason, view, request)
        where source.document.statements.indices.contains(index) {
            let statement = source.document.statements[index]
            guard statement.effect == .deny else { continue }
            let whose = "the statement '\(statement.label)' of \(source.title)"
            found += supplies(statement, apply: false, view, request, whose)
            found += exemptions(statement, source, whose, view, request)
            found.append(
                Candidate(
                    .removal,
                    "remove \(whose)",
                    [.document(source.place, .statement(index) { _ in nil })]
                )
            )
        }
        if found.isEmpty { found += appliedTo(reason, view, request) }
        return found + detachments(reason, request)
    }

    /// What calling differently does to a statement of a policy that cannot be edited.
    private func appliedTo(_ reason: Reason, _ view: RequestView, _ request: Request) -> [Candidate]
    {
        let policies = view.identityPolicies + (view.permissionsBoundary.map { [$0] } ?? [])
        return policies.filter { $0.name == reason.policy }.prefix(1).flatMap { policy in
            policy.document.statements.filter { $0.index == reason.statementIndex }.flatMap {
                let whose = "the statement '\($0.label)' of '\(policy.name ?? "")'"
                return supplies($0, apply: false, view, request, whose)
            }
        }
    }

    /// The statement narrowed so that it spares the caller, the action or the resource.
    private func exemptions(
        _ statement: Statement,
        _ source: PolicySource,
        _ whose: String,
        _ view: RequestView,
        _ request: Request
    ) -> [Candidate] {
        var found: [Candidate] = []
        func add(
            _ reach: Fix.Reach,
            _ sentence: String,
            _ edit: @escaping @Sendable (JSONValue) -> JSONValue?
        ) {
            let step = Candidate.Step.document(source.place, .statement(statement.index, edit))
            found.append(Candidate(reach, sentence, [step]))
        }
        // Of a policy that nobody else has nothing would be left.
        if source.isShared || !source.isIdentity,
            let exemption = Exemption(request.caller, view, isNegated: true)
        {
            let listed = statement.conditions.first {
                $0.key.canonical == exemption.key.lowercased() && $0.operator.quantifier == nil
                    && Self.exempting.contains($0.operator.base)
            }
            if let listed {
                let name = listed.operator.description
                let sentence =
                    "add '\(exemption.value)' to \(name) \(listed.key) of \(whose), which spares it"
                add(.exact, sentence) {
                    $0.extending(condition: name, exemption.key, with: exemption.value)
                }
            } else {
                let sentence =
                    "exempt '\(exemption.value)' from \(whose) by "
                    + "\(exemption.operator) \(exemption.key)"
                add(.exact, sentence) {
                    $0.adding(condition: exemption.operator, exemption.key, exemption.value)
                }
            }
        }
        let action = Grant([request], view).actions[0]
        if statement.actions.isNegated {
            add(.shared, "add \(action) to NotAction of \(whose), which spares it for everybody") {
                $0.setting(["NotAction"], to: $0["NotAction"]?.appending(action))
            }
        } else if statement.actions.patterns.count > 1 {
            add(.shared, "take \(action) out of Action of \(whose) for everybody") { value in
                guard let list = value["Action"] else { return nil }
                let own = list.texts.first { $0.lowercased() == request.action.canonical }
                return own.flatMap { value.setting(["Action"], to: list.removing($0)) }
            }
        }
        if let resources = statement.resources, resources.isNegated,
            case .named(let text) = view.requested
        {
            add(.shared, "add '\(text)' to NotResource of \(whose), which spares it for everybody")
            {
                $0.setting(["NotResource"], to: $0["NotResource"]?.appending(text))
            }
        }
        return found
    }

    /// Operators under which a list names those who are spared.
    private static let exempting: Set<ConditionOperator.Base> = [
        .arnNotEquals, .arnNotLike, .stringNotEquals, .stringNotLike, .stringNotEqualsIgnoreCase,
    ]

    /// The policy taken off where it is attached.
    func detachments(_ reason: Reason, _ request: Request) -> [Candidate] {
        guard let name = reason.policy else { return [] }
        switch reason.policyType {
        case .serviceControlPolicy, .resourceControlPolicy:
            guard let target = reason.target else { return [] }
            let sentence = "detach '\(name)' from '\(target)'"
            return [Candidate(.removal, sentence, [.after(.detachPolicy(name, target: target))])]
        case .identityPolicy:
            guard let holder = Holder(request.caller, in: organization) else { return [] }
            return managedDetachments(name, holder)
        case .permissionsBoundary:
            guard let holder = Holder(request.caller, in: organization) else { return [] }
            return [withoutBoundary(holder)]
        default: return []
        }
    }

    private func managedDetachments(_ name: String, _ holder: Holder) -> [Candidate] {
        var places: [(Place, String)] = [(holder.place("managedPolicies"), holder.title)]
        if case .user(let account, let user) = holder {
            for group in account.user(user)?.groups ?? [] {
                let place = Place.account(
                    account.name,
                    ["iam", "groups", group, "managedPolicies"]
                )
                places.append((place, "the group '\(account.name):\(group)'"))
            }
        }
        return places.flatMap { place, title in
            let listed = state.value(at: place)?.texts ?? []
            let known = listed.filter {
                $0 == name || customerManaged($0, in: holder.account) == name
            }
            return known.map { entry in
                Candidate(
                    .removal,
                    "detach '\(name)' from \(title)",
                    [.document(place, .replace { $0?.removing(entry) })]
                )
            }
        }
    }

    func withoutBoundary(_ holder: Holder) -> Candidate {
        Candidate(
            .setting,
            "remove the permissions boundary of \(holder.title)",
            [.document(holder.place("permissionsBoundary"), .replace { _ in nil })]
        )
    }

    /// A Deny among the policies that the session was obtained with.
    private func sessionDenial(
        _ reason: Reason,
        _ view: RequestView,
        _ request: Request
    )
        -> [Candidate]
    {
        var found: [Candidate] = []
        for (place, policy) in (view.sessionPolicies ?? []).enumerated()
        where policy.name == reason.policy {
            for statement in policy.document.statements
            where statement.index == reason.statementIndex && statement.effect == .deny {
                let whose = "the statement '\(statement.label)' of the session policy"
                found += supplies(statement, apply: false, view, request, whose)
                let sentence = "pass a session policy without the statement '\(statement.label)'"
                let edit = SessionPolicyEdit.removing(policy: place, statement: statement.index)
                found.append(Candidate(.call, sentence, [.session(edit)]))
            }
        }
        return found
    }
}
