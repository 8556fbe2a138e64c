import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

/// Why no request can tell a mutant from the original, where that can be shown.
struct EquivalenceProof {
    let plan: MutationPlan
    let reach: Reach

    /// Nil where nothing is proven.
    func sentence(for mutant: Mutant) -> String? {
        let guardrail = plan.guardrails[mutant.guardrail]
        switch mutant.change {
        case .document(let document):
            if isAttachedNowhere(mutant.guardrail) { return "the policy is attached nowhere" }
            return sentence(guardrail, document, mutant.statement)
        case .attachment(_, let edits):
            guard edits.allSatisfy({ $0.verb != .takeBoundary }) else { return nil }
            return chainsAreSame(mutant)
                ? "every account that the policy reaches is under it just as much" : nil
        }
    }

    /// A control policy that nothing can bring into force but a change, where there is none.
    private func isAttachedNowhere(_ guardrail: Int) -> Bool {
        switch plan.guardrails[guardrail].type {
        case .serviceControlPolicy, .resourceControlPolicy:
            return !plan.attached.contains(guardrail)
                && !plan.guardrails[guardrail].places.contains { reach.mayChange($0.world) }
        default: return false
        }
    }

    /// Of two documents that differ in one statement.
    private func sentence(
        _ guardrail: Guardrail,
        _ mutant: JSONValue,
        _ place: Int?
    ) -> String? {
        let grammar = guardrail.grammar
        guard let place, let one = PolicyParser.parse(guardrail.value, as: grammar).value,
            let other = PolicyParser.parse(mutant, as: grammar).value,
            one.statements.count == other.statements.count,
            one.statements.indices.contains(place),
            // S3 looks at a bucket's policy as a whole.
            grammar.kind != .resource
                || PublicPolicy.isPublic(one) == PublicPolicy.isPublic(other)
        else { return nil }
        let cover = StatementCover(grammar, of: guardrail.resource)
        let (before, after) = (one.statements[place], other.statements[place])
        if cover.reachesNothing(before), cover.reachesNothing(after) {
            return "\(grammar.name) reaches no action that the statement covers"
        }
        if cover.areSame(before, after) {
            return "the statement reaches the same requests, of all actions that AWS lists"
        }
        for statement in one.statements where statement.index != place {
            guard cover.covers(statement, before) else { continue }
            guard cover.covers(statement, after) || cover.reachesNothing(after) else { continue }
            return "the statement '\(statement.label)' says as much in either case"
        }
        guard cover.reachesNothing(after) || cover.covers(before, after),
            let lost = LostGrant(before, after, grammar)
        else { return nil }
        return one.statements.first { $0.effect == .deny && lost.isDenied(by: $0, cover) }
            .map { "what it allows there is denied by the statement '\($0.label)'" }
    }

    /// Whether each account is under the same control policies after a change of attachments.
    ///
    /// Only the first state is looked at: a scenario that moves an account or attaches a policy may
    /// tell chains apart that are the same before.
    private func chainsAreSame(_ mutant: Mutant) -> Bool {
        let type: ControlPolicyType =
            plan.guardrails[mutant.guardrail].type == .serviceControlPolicy
            ? .serviceControlPolicy : .resourceControlPolicy
        return plan.files(of: mutant).allSatisfy { world, file in
            guard !reach.mayChange(world) else { return false }
            let before = plan.worlds[world].state
            guard let after = before.rewritten(file) else { return false }
            return ControlChain.all(before.organization, type)
                == ControlChain.all(after.organization, type)
        }
    }
}

/// What the control policies above an account come to.
struct ControlChain: Hashable {
    let account: AccountID
    /// The policies that deny something, on whichever level (SCP-3).
    let denying: Set<PolicyDocument>
    /// The policies that allow something, for each level that does not allow everything.
    let allowing: Set<Set<PolicyDocument>>

    /// Of every account that control policies of a type reach: never the management account
    /// (ROOT-8).
    static func all(_ organization: Organization, _ type: ControlPolicyType) -> [ControlChain] {
        organization.accounts.filter { account in
            account.isMember && !organization.isManagementAccount(account)
        }.map { account in
            let path = organization.path(to: account)
            let levels: [[Policy]]
            switch type {
            case .serviceControlPolicy:
                levels = path.map(\.serviceControlPolicies) + [account.serviceControlPolicies]
            case .resourceControlPolicy:
                levels = path.map(\.resourceControlPolicies) + [account.resourceControlPolicies]
            }
            return ControlChain(account.id, levels.map { $0.map(\.document) }, type)
        }
    }

    private init(_ account: AccountID, _ levels: [[PolicyDocument]], _ type: ControlPolicyType) {
        self.account = account
        denying = Set(levels.joined().filter { $0.statements.contains { $0.effect == .deny } })
        // Of resource control policies none allows but AWS's own (RCP-4).
        allowing =
            type == .resourceControlPolicy
            ? []
            : Set(
                levels.filter { !$0.contains(where: \.allowsEverything) }.map { level in
                    Set(level.filter { $0.statements.contains { $0.effect == .allow } })
                }
            )
    }
}

extension PolicyDocument {
    /// Whether one statement allows every action on everything without a condition.
    fileprivate var allowsEverything: Bool {
        statements.contains { statement in
            statement.effect == .allow && statement.conditions.isEmpty
                && !statement.actions.isNegated
                && statement.actions.patterns.contains(where: \.isEverything)
                && statement.resources.map {
                    !$0.isNegated && $0.patterns.contains(where: \.isEverything)
                } == true
        }
    }
}
