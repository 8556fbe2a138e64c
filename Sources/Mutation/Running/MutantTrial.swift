import Authorization
import OrganizationModel
import Scenarios

/// Tries mutants on the scenarios of a plan.
struct MutantTrial: Sendable {
    let plan: MutationPlan
    let reach: Reach
    /// Whether only the checks are made that can notice a mutant; the outcome is the same.
    let isSelective: Bool

    /// What came of a mutant.
    struct Outcome: Sendable, Equatable {
        let fate: Fate
        /// How many scenarios were replayed on it.
        let runs: Int
    }

    enum Fate: Sendable, Equatable {
        /// By the step of a scenario, by their places.
        case killed(scenario: Int, step: Int)
        case survived
        /// The organization would not load with it.
        case refused
    }

    /// An organization with a mutant in it.
    struct Mutated: Sendable {
        let world: Int
        let state: OrganizationState
        let engine: Engine
    }

    /// The organizations that a mutant changes; nil where one of them would not load.
    func mutated(_ mutant: Mutant) -> [Mutated]? {
        var found: [Mutated] = []
        for (world, file) in plan.files(of: mutant) {
            guard let state = plan.worlds[world].state.rewritten(file) else { return nil }
            found.append(
                Mutated(world: world, state: state, engine: Engine(state.organization))
            )
        }
        return found
    }

    func outcome(of mutant: Mutant) -> Outcome {
        guard let worlds = mutated(mutant) else { return Outcome(fate: .refused, runs: 0) }
        var runs = 0
        let scenarios = worlds.flatMap { world in
            plan.worlds[world.world].scenarios.map { (scenario: $0, world: world) }
        }
        for (scenario, world) in scenarios.sorted(by: { $0.scenario < $1.scenario }) {
            let extent = isSelective ? reach.extent(of: mutant, in: scenario) : .all
            guard let extent else { continue }
            runs += 1
            let trial = ScenarioTrial(plan.scenarios[scenario], on: world.state, world.engine)
            if let step = trial.firstFailure(asking: extent) {
                return Outcome(fate: .killed(scenario: scenario, step: step), runs: runs)
            }
        }
        return Outcome(fate: .survived, runs: runs)
    }
}
