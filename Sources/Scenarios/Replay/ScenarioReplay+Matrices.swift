import Authorization
import Explaining
import JSONSource
import Parallelism

// Steps of requests: what lies between two changes of the state is decided in parallel.
extension ScenarioReplay {
    /// How many checks a thread makes before it takes others.
    private static let slice = 64

    /// Replays the steps of requests at a place of the scenario, up to the first other step.
    mutating func runMatrices(from start: Int) -> [StepResult] {
        let steps = scenario.steps[start...].prefix { $0.asksRequests }
        let moment = moment
        let kept = keptRequests
        var rest = MatrixRest(steps: steps, moment: moment)
        var outcomes: [StepOutcome] = []
        // Where there is little to do, other threads would begin when it is done.
        (scenario.checks(from: start) < Self.slice * 4 ? .one : workers).run(
            makeWorker: {},
            next: { rest.next(Self.slice) },
            work: { _, parts in
                moment.engine.withDecider { decider in
                    parts.map {
                        ($0, $0.matrix.rows($0.range, at: moment, by: &decider, keeping: kept))
                    }
                }
            },
            deliver: { parts in
                for (part, rows) in parts where !add(rows, of: part, to: &outcomes) { return false }
                return true
            }
        )
        explain(&outcomes)
        return outcomes.map { $0.result }
    }

    /// Adds checks in order; false when so much is wrong that nothing behind it is replayed.
    private mutating func add(
        _ rows: [MatrixStep.Row],
        of part: MatrixRest.Part,
        to outcomes: inout [StepOutcome]
    ) -> Bool {
        if part.range.lowerBound == 0 {
            guard mistakes < [Diagnostic].limit else { return false }
            outcomes.append(StepOutcome(step: part.matrix.step))
            report(part.matrix.diagnostics, of: &outcomes[outcomes.count - 1])
        }
        let place = outcomes.count - 1
        for row in rows where !outcomes[place].isEnded {
            if row.isFirst, diagnostics.count >= [Diagnostic].limit * 4 {
                outcomes[place].isEnded = true
                continue
            }
            for made in row.made {
                if let request = made.request, let decision = made.result.decision {
                    observe(part.matrix.step, made.result, .request(request), decision)
                    if isExplained(made.result) {
                        outcomes[place].asked.append((outcomes[place].checks.count, request))
                    }
                }
                outcomes[place].checks.append(made.result)
            }
            report(row.diagnostics, of: &outcomes[place])
            outcomes[place].isEnded = row.endsStep
        }
        return true
    }

    private mutating func report(_ problems: [Diagnostic], of outcome: inout StepOutcome) {
        outcome.mistakes += problems.count
        mistakes += problems.count { $0.severity == .error }
        diagnostics += problems
    }

    /// Puts the explanations of checks where they are asked for.
    private func explain(_ outcomes: inout [StepOutcome]) {
        let asked = outcomes.enumerated().flatMap { place, outcome in
            outcome.asked.map { (step: place, check: $0.check, request: $0.request) }
        }
        let checks = asked.map { (outcomes[$0.step].checks[$0.check], $0.request) }
        let explainer = explainer
        let found = (checks.count < 16 ? .one : workers).map(checks) { check, request in
            explainer.explanations(of: check, .request(request))
        }
        for (place, explanations) in zip(asked, found) {
            outcomes[place.step].checks[place.check].explanations = explanations
        }
    }
}

/// What came out of a step so far.
private struct StepOutcome {
    let step: Step
    var checks: [CheckResult] = []
    /// The checks that are explained when all are made, by their places.
    var asked: [(check: Int, request: Request)] = []
    var mistakes = 0
    /// Whether what follows of it is left out.
    var isEnded = false

    init(step: Step) {
        self.step = step
    }

    var result: StepResult {
        StepResult(step, checks, hasMistakes: mistakes > 0)
    }
}

/// What is left to do of steps of requests.
private struct MatrixRest {
    /// Some checks of a step.
    struct Part: Sendable {
        let matrix: MatrixStep
        let range: Range<Int>
    }

    var steps: ArraySlice<Step>
    let moment: ReplayMoment
    private var current: MatrixStep?
    private var done = 0

    init(steps: ArraySlice<Step>, moment: ReplayMoment) {
        self.steps = steps
        self.moment = moment
    }

    /// About so many checks, of one step or of several.
    mutating func next(_ count: Int) -> [Part]? {
        var parts: [Part] = []
        var left = count
        while left > 0, let matrix = current ?? nextStep() {
            let range = done..<min(matrix.count, done + left)
            parts.append(Part(matrix: matrix, range: range))
            left -= max(1, range.count)
            done = range.upperBound
            current = done < matrix.count ? matrix : nil
        }
        return parts.isEmpty ? nil : parts
    }

    private mutating func nextStep() -> MatrixStep? {
        guard let step = steps.popFirst(), let action = step.matrix else { return nil }
        done = 0
        return MatrixStep(step, action, at: moment)
    }
}

extension Scenario {
    /// How many requests the scenario asks in all.
    package var matrixChecks: Int { steps.reduce(0) { $0 + $1.checkCount } }

    /// How many requests the steps at a place ask, up to the first step that is something else.
    fileprivate func checks(from start: Int) -> Int {
        var count = 0
        for step in steps[start...] {
            guard step.asksRequests else { break }
            count += step.checkCount
        }
        return count
    }
}

extension Step {
    /// The requests of the step, if it asks any.
    fileprivate var matrix: ActionStep? {
        if case .action(let action) = verb { action } else { nil }
    }

    fileprivate var asksRequests: Bool { if case .action = verb { true } else { false } }
}
