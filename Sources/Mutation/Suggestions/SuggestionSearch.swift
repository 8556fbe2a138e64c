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
    private static let trialLimit = 1_200
    /// So many requests of scenarios are started from.
    private static let startLimit = 12

    private let plan: MutationPlan
    private let reach: Reach
    private let mutant: Mutant
    private let mutated: [MutantTrial.Mutated]
    private var left = Self.trialLimit
    private var tried: Set<RequestDraft> = []

    init(_ plan: MutationPlan, _ reach: Reach, _ mutant: Mutant, _ mutated: [MutantTrial.Mutated]) {
        self.plan = plan
        self.reach = reach
        self.mutant = mutant
        self.mutated = mutated
    }

    /// Nil where none was found.
    mutating func result() -> SuggestedCheck? {
        for world in mutated {
            let own = Set(plan.worlds[world.world].scenarios)
            let near = reach.asked.filter { own.contains($0.scenario) }
            let reaching = near.filter { $0.guardrails.contains(mutant.guardrail) }
            let starts = (reaching + near).compactMap { asked in
                RequestDraft(asked).map { (asked, $0) }
            }
            var seen: Set<RequestDraft> = []
            let distinct = starts.filter { seen.insert($0.1).inserted }
            var trial = WorldTrial(
                before: plan.worlds[world.world].engine,
                after: world.engine,
                principals: principals(distinct.map(\.1.principal), world)
            )
            for (asked, draft) in distinct.prefix(Self.startLimit) {
                let scenario = plan.scenarios[asked.scenario]
                trial.instant = scenario.clock
                if let found = search(from: draft, asked.request, scenario, trial) { return found }
            }
        }
        return nil
    }

    /// The two engines that are asked, and who may be asked about.
    private struct WorldTrial {
        let before: Engine
        let after: Engine
        let principals: [String]
        var instant = Scenario.defaultClock
    }

    /// Those that scenarios name, then others of the organization.
    private func principals(_ named: [String], _ world: MutantTrial.Mutated) -> [String] {
        var found: [String] = []
        for name in named where !found.contains(name) && found.count < 24 { found.append(name) }
        for account in world.state.organization.accounts.prefix(32) {
            let own =
                account.users.prefix(2).map { "\(account.name):user/\($0.name)" }
                + account.roles.prefix(3).map { "\(account.name):role/\($0.name)" }
            for name in own where !found.contains(name) && found.count < 48 { found.append(name) }
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
        _ trial: WorldTrial
    ) -> SuggestedCheck? {
        let aim = Aim(plan.guardrails[mutant.guardrail], mutant)
        let view = trial.before.view(of: request)
        let context = view?.context ?? RequestContext()
        var bases = [start]
        for action in aim.actions {
            for resource in [start.resource] + aim.resources(start.resource) {
                var draft = start
                draft.action = action
                draft.resource = resource
                bases.append(draft)
            }
        }
        for base in bases {
            var fulfilling = base
            aim.fulfil(&fulfilling, in: context)
            for draft in [base, fulfilling] {
                if let found = put(draft, scenario, trial) { return found }
                for variation in aim.variations(of: draft, in: context) {
                    if let found = put(variation, scenario, trial) { return found }
                }
                guard left > 0 else { return nil }
            }
        }
        for principal in trial.principals where principal != start.principal {
            for base in bases.prefix(6) {
                var draft = base
                draft.principal = principal
                if let found = put(draft, scenario, trial) { return found }
                aim.fulfil(&draft, in: context)
                if let found = put(draft, scenario, trial) { return found }
            }
        }
        return nil
    }

    /// Puts a request to both engines, as a step would.
    private mutating func put(
        _ draft: RequestDraft,
        _ scenario: Scenario,
        _ trial: WorldTrial
    ) -> SuggestedCheck? {
        guard left > 0, tried.insert(draft).inserted else { return nil }
        left -= 1
        let line = Array(JSONOutput.object(draft.fields).compact.utf8)
        guard
            case .decision(let before) = RequestLine(line, engine: trial.before, at: trial.instant)
                .answer,
            case .decision(let after) = RequestLine(line, engine: trial.after, at: trial.instant)
                .answer
        else { return nil }
        return SuggestedCheck(draft, in: scenario.file, before: before, after: after)
    }
}
