package import Authorization
import JSONSource
package import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// Looks for the smallest guardrails that stop a request which is allowed.
///
/// Each is one edit, made on the organization and confirmed by the engine.
package struct GuardrailSearch: Sendable {
    private let search: FixSearch

    package init(
        _ question: Question,
        on state: OrganizationState,
        engine: Engine? = nil,
        limit: Int = 5
    ) {
        search = FixSearch(question, on: state, engine: engine, limit: limit)
    }

    package func result() -> FixResult {
        let answer = search.question.answer(search.engine)
        guard answer.decision.outcome == .allowed else {
            return FixResult(fixes: [], note: "the request is denied already", isBounded: false)
        }
        guard let request = answer.requests.first, let view = search.engine.view(of: request) else {
            return FixResult(fixes: [], note: Self.byRule(answer.decision), isBounded: false)
        }
        let finder = CandidateFinder(
            state: search.state,
            engine: search.engine,
            question: search.question,
            requests: answer.requests
        )
        let candidates = finder.guardrails(answer.decision.reasons, view, request)
        let ordered = candidates.enumerated().sorted {
            ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset)
        }
        var fixes: [Fix] = []
        for (_, candidate) in ordered where fixes.count < search.limit {
            let fix = search.confirmed([candidate]) {
                $0 == .explicitDeny || $0 == .implicitDeny
            }
            if let fix { fixes.append(fix) }
        }
        let note = fixes.isEmpty ? Self.byRule(answer.decision) : nil
        return FixResult(fixes: search.ranked(fixes), note: note, isBounded: false)
    }

    private static func byRule(_ decision: Decision) -> String {
        let rule = decision.reasons.isEmpty ? decision.notes.first : nil
        return "no policy stops the request" + (rule.map { ": \($0)" } ?? "")
    }
}

extension CandidateFinder {
    /// Deny statements for exactly this request, in every kind of policy that reaches it, and the
    /// grants it rests on taken away.
    func guardrails(_ granting: [Reason], _ view: RequestView, _ request: Request) -> [Candidate] {
        let grant = Grant([request], view)
        return identityDenies(grant, request) + resourceDenies(grant, view, request)
            + controlDenies(grant, view, request)
            + granting.flatMap { withdrawals($0, view, request) }
    }

    private func identityDenies(_ grant: Grant, _ request: Request) -> [Candidate] {
        guard let holder = Holder(request.caller, in: organization) else { return [] }
        let statement = grant.statement(.deny)
        if case .permissionSet = holder {
            let sentence =
                "add to the inline policy of \(holder.title) a statement that denies \(grant.what)"
            let step = Candidate.Step.document(holder.place("inlinePolicy"), .append(statement))
            return [Candidate(.shared, sentence, [step])]
        }
        let known = state.value(at: holder.place("inlinePolicies"))
        let name = free(grant.policyName("Deny"), among: known)
        let document = JSONValue(written: Grant.document(statement))
        let sentence =
            "give \(holder.title) an inline policy '\(name)' that denies \(grant.what)"
        let place = holder.place("inlinePolicies", name)
        return [Candidate(.exact, sentence, [.document(place, .replace { _ in document })])]
    }

    private func resourceDenies(
        _ grant: Grant,
        _ view: RequestView,
        _ request: Request
    ) -> [Candidate] {
        guard let denied = grant.denied else { return [] }
        func statement(hasResource: Bool) -> JSONOutput {
            grant.statement(
                .deny,
                for: denied.element,
                hasResource: hasResource,
                condition: denied.condition
            )
        }
        if request.action.service == "sts" {
            guard let source = trust(view) else { return [] }
            let sentence =
                "add to \(source.title) a statement that denies \(denied.name) \(grant.what)"
            let step = Candidate.Step.document(
                source.place,
                .append(statement(hasResource: false))
            )
            return [Candidate(.exact, sentence, [step])]
        }
        guard let place = policyPlace(view), place.takesPolicy else { return [] }
        let sentence =
            "add to the resource policy of '\(place.arn)' a statement that denies "
            + "\(denied.name) \(grant.what)"
        let append = Candidate.Step.document(place.policy, .append(statement(hasResource: true)))
        return [Candidate(.exact, sentence, place.beginning + [append])]
    }

    /// On the caller's account and on the owner's, for the caller alone.
    private func controlDenies(
        _ grant: Grant,
        _ view: RequestView,
        _ request: Request
    ) -> [Candidate] {
        guard let only = Exemption(request.caller, view, isNegated: false),
            let everybody = grant.principal?.asEverybody(only: only)
        else { return [] }
        let who = "'\(only.value)'" + PrincipalClause.told(Array(everybody.condition.dropFirst()))
        let types: [(ControlPolicyType, Account?, JSONOutput, String)] = [
            (
                .serviceControlPolicy, view.callerAccount,
                grant.statement(.deny, condition: everybody.condition), "service control policy"
            ),
            (
                .resourceControlPolicy, view.owner,
                grant.statement(
                    .deny,
                    for: everybody.element,
                    hasResource: true,
                    condition: everybody.condition
                ), "resource control policy"
            ),
        ]
        return types.compactMap { type, account, statement, kind in
            guard let account, account.isMember else { return nil }
            let name = controlPolicyName(type, grant.policyName("Deny"), statement)
            let document = JSONValue(written: Grant.document(statement))
            return Candidate(
                .shared,
                "attach to '\(account.name)' a \(kind) '\(name)' that denies \(who) "
                    + grant.what,
                [
                    .document(.controlPolicy(type, name), .replace { _ in document }),
                    .after(.attachPolicy(name, target: account.name)),
                ]
            )
        }
    }

    /// A statement that granted it, or the policy it stands in.
    private func withdrawals(
        _ reason: Reason,
        _ view: RequestView,
        _ request: Request
    ) -> [Candidate] {
        var found: [Candidate] = []
        if let index = reason.statementIndex {
            for source in sources(of: reason, view, request)
            where source.document.statements.indices.contains(index) {
                let label = source.document.statements[index].label
                let step = Candidate.Step.document(source.place, .statement(index) { _ in nil })
                found.append(
                    Candidate(
                        .removal,
                        "remove the statement '\(label)' of \(source.title)",
                        [step]
                    )
                )
            }
        }
        return found + detachments(reason, request)
    }
}
