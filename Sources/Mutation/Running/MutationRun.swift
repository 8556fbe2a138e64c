package import Parallelism
import Scenarios

/// Tries every mutant of a plan.
package struct MutationRun: Sendable {
    private let plan: MutationPlan
    private let trial: MutantTrial
    private let suggests: Bool

    /// The scenarios must pass: what fails without a mutant says nothing of one.
    ///
    /// Only checks that can notice a mutant are made on it, or all of them: the outcome is the same.
    /// Checks that would kill survivors are looked for unless nobody wants them.
    package init(_ plan: MutationPlan, asking checks: Checks = .reached, suggests: Bool = true) {
        self.plan = plan
        self.suggests = suggests
        trial = MutantTrial(plan: plan, reach: Reach(plan), isSelective: checks == .reached)
    }

    /// What is asked of each mutant.
    package enum Checks: Sendable {
        case reached
        case all
    }

    /// The same, however many work on it; `progress` is told how many mutants were tried.
    package func result(by workers: Workers, progress: (Int) -> Void) -> MutationResult {
        var tried: [Tried] = []
        var left = plan.mutants[...]
        workers.run(
            makeWorker: {},
            next: { left.popFirst() },
            work: { _, mutant in outcome(of: mutant) },
            deliver: { one in
                tried.append(one)
                progress(tried.count)
                return true
            }
        )
        return MutationResult(
            policies: policies(tried),
            runs: tried.reduce(0) { $0 + $1.runs },
            refused: tried.count { $0.result == nil },
            isBounded: plan.isBounded,
            hasSuggestions: suggests
        )
    }

    private struct Tried: Sendable {
        /// Nil for one that the organization would not load with.
        let result: MutantResult?
        let runs: Int
    }

    private func outcome(of mutant: Mutant) -> Tried {
        let outcome = trial.outcome(of: mutant)
        let fate: MutantResult.Fate
        switch outcome.fate {
        case .refused: return Tried(result: nil, runs: outcome.runs)
        case .killed(let scenario, let place):
            let step = plan.scenarios[scenario].steps[place]
            fate = .killed(
                KillingStep(
                    file: plan.scenarios[scenario].file,
                    step: step.index,
                    name: step.name,
                    span: step.span
                )
            )
        case .survived: fate = survival(of: mutant)
        }
        return Tried(result: MutantResult(mutant: mutant, fate: fate), runs: outcome.runs)
    }

    private func survival(of mutant: Mutant) -> MutantResult.Fate {
        let proof = EquivalenceProof(plan: plan, reach: trial.reach)
        if let sentence = proof.sentence(for: mutant) { return .equivalent(sentence) }
        guard suggests, let mutated = trial.mutated(mutant) else { return .survived(nil) }
        var search = SuggestionSearch(plan, trial.reach, mutant, mutated)
        return .survived(search.result())
    }

    /// Mutants are made policy by policy.
    private func policies(_ tried: [Tried]) -> [PolicyResult] {
        var byGuardrail: [Int: [MutantResult]] = [:]
        for one in tried.compactMap(\.result) {
            byGuardrail[one.mutant.guardrail, default: []].append(one)
        }
        return byGuardrail.sorted { $0.key < $1.key }.map { index, mutants in
            let guardrail = plan.guardrails[index]
            return PolicyResult(
                title: guardrail.title,
                type: guardrail.type,
                span: guardrail.span,
                mutants: mutants
            )
        }
    }
}
