import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios
import ServiceCatalog

/// Looks for a request on which a mutant and the original differ.
///
/// It starts from what scenarios ask near the guardrail and edits that towards what the statement
/// says; every request is put to both.
struct SuggestionSearch {
    /// So many requests are put to both.
    private static let trialLimit = 800
    /// So many of them near one request of a scenario.
    private static let startTrials = 160
    /// So many requests of scenarios are started from.
    private static let startLimit = 12

    private let plan: MutationPlan
    private let reach: Reach
    private let mutant: Mutant
    private let mutated: [MutantTrial.Mutated]
    private var left = Self.trialLimit
    private var tried: Set<RequestDraft> = []
    /// What was found first of those whose denial names another policy than the mutant's.
    private var spare: SuggestedCheck?
    /// Who else may be asked about.
    private var principals: [JSONOutput] = []

    init(_ plan: MutationPlan, _ reach: Reach, _ mutant: Mutant, _ mutated: [MutantTrial.Mutated]) {
        self.plan = plan
        self.reach = reach
        self.mutant = mutant
        self.mutated = mutated
    }

    /// Nil where none was found.
    ///
    /// Of somebody who may do nothing anyway a check says that he may not: one of somebody who is
    /// allowed, or whom the guardrail itself stops, is better.
    mutating func result() -> SuggestedCheck? { best() ?? spare }

    private mutating func best() -> SuggestedCheck? {
        for world in mutated {
            let own = Set(plan.worlds[world.world].scenarios)
            let near = reach.asked.filter { own.contains($0.scenario) }
            let reaching = near.filter { $0.guardrails.contains(mutant.guardrail) }
            var seen: Set<RequestDraft> = []
            var starts: [(asked: Reach.Asked, draft: RequestDraft)] = []
            for asked in reaching + near.prefix(200) where starts.count < Self.startLimit {
                guard let draft = RequestDraft(asked, in: plan.scenarios[asked.scenario]),
                    seen.insert(draft).inserted
                else { continue }
                starts.append((asked, draft))
            }
            principals = principals(near, world)
            for (asked, draft) in starts {
                let scenario = plan.scenarios[asked.scenario]
                let found = search(from: draft, asked.request, scenario, world)
                if let found { return found }
            }
        }
        return nil
    }

    /// Those that scenarios name, then others of the organization.
    private func principals(
        _ near: [Reach.Asked],
        _ world: MutantTrial.Mutated
    ) -> [JSONOutput] {
        var found: [JSONOutput] = []
        func add(_ name: String, _ most: Int) {
            guard !name.hasPrefix("$"), !name.hasPrefix("service:"), found.count < most,
                !found.contains(.string(name))
            else { return }
            found.append(.string(name))
        }
        for name in near.prefix(1_000).compactMap(\.principal) { add(name, 24) }
        for account in world.state.organization.accounts.prefix(32) {
            for user in account.users.prefix(2) { add("\(account.name):user/\(user.name)", 48) }
            for role in account.roles.prefix(3) { add("\(account.name):role/\(role.name)", 48) }
        }
        return found
    }
}

// Requests near one of a scenario.
extension SuggestionSearch {
    private mutating func search(
        from start: RequestDraft,
        _ request: Request,
        _ scenario: Scenario,
        _ world: MutantTrial.Mutated
    ) -> SuggestedCheck? {
        let view = scenario.engine.view(of: request)
        let aim = Aim(
            plan.guardrails[mutant.guardrail],
            mutant,
            account: view?.callerAccount?.id.description ?? "111122223333",
            region: view?.resource.map(\.region).flatMap { $0.isEmpty ? nil : $0 } ?? "eu-west-1"
        )
        let context = view?.context ?? RequestContext()
        // No start takes what is left for the others.
        let floor = max(0, left - Self.startTrials)
        let bases = [start] + edited(start, aim)
        for draft in withFulfilled(bases, aim, context) {
            if let found = put(draft, scenario, world) { return found }
        }
        if start.principal != nil {
            for principal in aim.principals + principals where principal != start.principal {
                let others = bases.prefix(4).map { base in
                    var other = base
                    other.principal = principal
                    return other
                }
                for draft in withFulfilled(Array(others), aim, context) where left > floor {
                    if let found = put(draft, scenario, world) { return found }
                }
            }
        }
        for base in withFulfilled(bases, aim, context) {
            for draft in aim.variations(of: base, in: context) where left > floor {
                if let found = put(draft, scenario, world) { return found }
            }
        }
        return nil
    }

    /// A request with other actions, each on what it works on.
    private func edited(_ start: RequestDraft, _ aim: Aim) -> [RequestDraft] {
        guard case .action(_, let current) = start.verb else { return [] }
        return aim.actions.flatMap { action in
            aim.resources(of: action, near: current).map { resource in
                var draft = start
                draft.verb = .action(action, resource: resource)
                return draft
            }
        }
    }

    /// Each as it is, and with every condition of the statement fulfilled.
    private func withFulfilled(
        _ drafts: [RequestDraft],
        _ aim: Aim,
        _ context: RequestContext
    ) -> [RequestDraft] {
        drafts.flatMap { draft in
            var fulfilling = draft
            aim.fulfil(&fulfilling, in: context)
            return fulfilling == draft ? [draft] : [draft, fulfilling]
        }
    }

    /// Replays a step alone on both; what is found is replayed once more, as it would be pasted.
    private mutating func put(
        _ draft: RequestDraft,
        _ scenario: Scenario,
        _ world: MutantTrial.Mutated
    ) -> SuggestedCheck? {
        guard left > 0, tried.insert(draft).inserted else { return nil }
        left -= 1
        let fields = JSONOutput.object(draft.fields + [.init("expect", .string("allowed"))])
        guard let asking = scenario.asking(fields), let before = Self.decision(of: asking),
            let after = Self.decision(of: asking.on(world.state, world.engine)),
            let check = SuggestedCheck(draft, in: scenario.file, before: before, after: after),
            let written = scenario.asking(check.step),
            ScenarioTrial(written, on: written.state, written.engine)
                .firstFailure(asking: .all) == nil,
            ScenarioTrial(written, on: world.state, world.engine)
                .firstFailure(asking: .all) != nil
        else { return nil }
        if check.blames(plan.guardrails[mutant.guardrail].type) { return check }
        guard spare == nil else { return nil }
        spare = check
        // What tells of one who may do nothing anyway tells most of one who may.
        guard draft.principal != nil else { return nil }
        for principal in principals where principal != draft.principal {
            var other = draft
            other.principal = principal
            if let found = put(other, scenario, world) { return found }
        }
        return nil
    }

    private static func decision(of scenario: Scenario) -> Decision? {
        let replayed = ScenarioReplay.run(scenario, explaining: .none)
        guard replayed.diagnostics.isEmpty else { return nil }
        return replayed.value.steps.first?.checks.first?.decision
    }
}
