package import JSONSource
package import Analysis
package import Authorization
package import Explaining
package import OrganizationModel
package import Parallelism
package import PolicyLanguage
import SecurityTokens

/// Replays a scenario: its steps in order on one state of organization, clock and sessions.
package struct ScenarioReplay {
    let scenario: Scenario
    let workers: Workers
    private let explained: ExplainedChecks
    private var state: OrganizationState
    private var engine: Engine
    private var clock: Instant
    /// The callers that `saveAs` named; nil for one whose session was not obtained.
    private var sessions: [String: Caller?] = [:]
    /// Mistakes that only show when a step is replayed, such as an unknown principal.
    var diagnostics: [Diagnostic] = []
    /// How many of them are errors.
    var mistakes = 0
    /// How many checks may still be explained; nobody reads more.
    private var explanationsLeft = (failed: 1_000, denied: 300)
    /// Is told of every check that was decided.
    private let observer: ((Observation) -> Void)?
    /// Is told of every question about everybody.
    private let surveyor: ((Survey) -> Void)?

    /// A check with everything it was decided on.
    package struct Observation {
        package let step: Step
        /// Who asked for what, as the scenario names it.
        package let principal: String?
        package let action: String
        package let resource: String?
        package let state: OrganizationState
        package let engine: Engine
        package let question: Question
        package let decision: Decision
    }

    /// A question about everybody with what came of it.
    package struct Survey {
        package let step: Step
        package let engine: Engine
        package let instant: Instant
        package let whoCan: WhoCan
        package let answers: [WhoCan.Answer]
        /// Those the step names, as answers call them.
        package let named: Set<String>
        /// Whether whoever is not in the answers is expected not to be.
        package let isExact: Bool
    }

    init(
        _ scenario: Scenario,
        _ explained: ExplainedChecks,
        _ workers: Workers,
        _ observer: ((Observation) -> Void)?,
        _ surveyor: ((Survey) -> Void)?
    ) {
        self.observer = observer
        self.surveyor = surveyor
        self.scenario = scenario
        self.explained = explained
        self.workers = workers
        state = scenario.state
        engine = scenario.engine
        clock = scenario.clock
    }

    /// The same, however many work on it.
    package static func run(
        _ scenario: Scenario,
        explaining explained: ExplainedChecks = .failed,
        by workers: Workers = .one,
        observer: ((Observation) -> Void)? = nil,
        surveyor: ((Survey) -> Void)? = nil
    ) -> Parsed<ScenarioResult> {
        var replay = ScenarioReplay(scenario, explained, workers, observer, surveyor)
        let steps = replay.steps()
        let statuses = scenario.isSound ? Set(steps.map(\.status)) : [.error]
        let result = ScenarioResult(
            file: scenario.file,
            name: scenario.name,
            description: scenario.description,
            status: statuses.contains(.error)
                ? .error : statuses.contains(.failed) ? .failed : .passed,
            steps: scenario.isSound ? steps : []
        )
        return Parsed(result, replay.diagnostics)
    }
}

extension ScenarioReplay {
    /// The state as it is now.
    var moment: ReplayMoment { ReplayMoment(engine, at: clock, sessions: sessions) }

    private mutating func steps() -> [StepResult] {
        var results: [StepResult] = []
        // Nobody reads a thousand mistakes, and each looks for the name that was meant.
        while results.count < scenario.steps.count, mistakes < [Diagnostic].limit {
            let step = scenario.steps[results.count]
            if case .action = step.verb {
                results += runMatrices(from: results.count)
            } else {
                results.append(run(step))
            }
        }
        return results
    }

    /// Replays a step that is no request, and so may change what those behind it are asked of.
    mutating func run(_ step: Step) -> StepResult {
        let before = diagnostics.count
        var checks: [CheckResult] = []
        switch step.verb {
        case .action: break
        case .session(let session): checks = run(session, of: step)
        case .whoCan(let question): checks = run(question, of: step)
        case .change(let change): checks = run(change, of: step)
        case .advance(let duration): clock = clock.adding(seconds: duration.seconds)
        case .at(let instant, let span): move(to: instant, at: span)
        }
        mistakes += diagnostics[before...].count { $0.severity == .error }
        return StepResult(step, checks, hasMistakes: diagnostics.count > before)
    }

    private mutating func move(to instant: Instant, at span: SourceSpan) {
        guard instant >= clock else {
            let message = "the clock never goes back: \(instant) lies before \(clock)"
            diagnostics.append(.error("scenario.clock", message, at: span))
            return
        }
        clock = instant
    }
}

// Sessions.
extension ScenarioReplay {
    func observe(
        _ step: Step,
        _ check: CheckResult,
        _ question: Question,
        _ decision: Decision
    ) {
        observer?(
            Observation(
                step: step,
                principal: check.principal,
                action: check.action,
                resource: check.resource,
                state: state,
                engine: engine,
                question: question,
                decision: decision
            )
        )
    }

    private mutating func run(_ session: SessionStep, of step: Step) -> [CheckResult] {
        let moment = moment
        let check = CheckDraft(
            principal: session.principal?.text,
            action: session.call.verb.rawValue,
            resource: session.call.role?.text ?? session.call.account?.text
                ?? session.call.target?.text,
            expectation: session.expectation,
            span: step.span
        )
        if let name = session.saveAs { sessions[name] = .some(nil) }
        var caller = Caller.anonymous
        if let principal = session.principal {
            guard let found = moment.find(principal, &diagnostics) else { return [] }
            switch found {
            case .missing(let why): return [check.failed(why)]
            case .caller(let known): caller = known
            }
        }
        let question = moment.resolver.question(
            session.call,
            by: caller,
            session.circumstances,
            &diagnostics
        )
        guard case .call(let token, let call, _) = question else { return [] }
        let outcome = SecurityTokenService(engine, at: clock).obtain(token, by: call)
        var result = check.result(outcome.decision, targets: moment.targets)
        if let question { observe(step, result, question, outcome.decision) }
        if let name = session.saveAs { sessions[name] = .some(outcome.caller) }
        if let question, isExplained(result) {
            result.explanations = explainer.explanations(of: result, question)
        }
        return [result]
    }
}

// Why checks came out as they did.
extension ScenarioReplay {
    /// Whether a check comes with its explanations; it is counted if so.
    mutating func isExplained(_ check: CheckResult) -> Bool {
        switch explained {
        case .none: return false
        case .all: return true
        case .failed, .denied:
            if check.status == .failed {
                guard explanationsLeft.failed > 0 else { return false }
                explanationsLeft.failed -= 1
                return true
            }
            guard explained == .denied, let outcome = check.decision?.outcome,
                outcome != .allowed, explanationsLeft.denied > 0
            else { return false }
            explanationsLeft.denied -= 1
            return true
        }
    }

    /// Whose requests are asked about again when their checks are made.
    var keptRequests: MatrixStep.KeptRequests {
        if observer != nil || explained >= .denied { return .all }
        return explained == .failed ? .ofFailedChecks : .none
    }

    var explainer: CheckExplainer { CheckExplainer(engine: engine, explained: explained) }
}

/// Makes the explanations of checks, on any thread.
struct CheckExplainer: Sendable {
    let engine: Engine
    let explained: ExplainedChecks

    /// The explanation of each request that made the decision of a check.
    func explanations(of check: CheckResult, _ question: Question) -> [Explanation] {
        let found = question.explanations(
            named: check.principal,
            action: check.action,
            resource: check.resource,
            by: engine
        )
        return explained == .all ? found : found.map(\.withoutTrace)
    }
}

// Questions about everybody, and changes.
extension ScenarioReplay {
    private mutating func run(_ step: WhoCanStep, of outer: Step) -> [CheckResult] {
        let resolver = moment.resolver
        let before = diagnostics.count
        let question = resolver.question(step, &diagnostics)
        let names = PrincipalNames(engine.organization, resolver)
        let exactly = step.exactly.map { names.canonical($0, &diagnostics) }
        let includes = names.canonical(step.includes, &diagnostics)
        let excludes = names.canonical(step.excludes, &diagnostics)
        guard let question, diagnostics.count == before else { return [] }
        let whoCan = WhoCan(question, engine, at: clock)
        let result = whoCan.result(by: workers)
        let answers = result.answers.map(\.principal.name)
        surveyor?(
            Survey(
                step: outer,
                engine: engine,
                instant: clock,
                whoCan: whoCan,
                answers: result.answers,
                named: includes.union(excludes).union(exactly ?? []),
                isExact: exactly != nil
            )
        )
        let found = Set(answers)
        let open = Set(result.undetermined.map(\.name))
        var failures: [String] = []
        func list(_ names: some Sequence<String>) -> String {
            names.sorted().joined(separator: ", ")
        }
        let surplus = exactly.map { found.subtracting($0) } ?? []
        let wanted = Set(exactly ?? []).union(includes)
        let missing = wanted.subtracting(found).subtracting(open)
        if !surplus.isEmpty { failures.append("also can: \(list(surplus))") }
        if !missing.isEmpty { failures.append("cannot: \(list(missing))") }
        let unwanted = found.intersection(excludes)
        if !unwanted.isEmpty { failures.append("can and should not: \(list(unwanted))") }
        // What nobody can tell is not what was expected, one way or the other.
        let untold = open.intersection(exactly == nil ? wanted.union(excludes) : open)
        if !untold.isEmpty { failures.append("cannot be told: \(list(untold))") }
        let expected = step.exactly ?? step.includes
        return [
            CheckResult(
                principal: nil,
                action: "whoCan \(step.action)",
                resource: step.resource.text,
                expected: list(expected.map(\.text)),
                actual: list(answers),
                decision: nil,
                failures: failures,
                span: outer.span
            )
        ]
    }

    private mutating func run(_ step: ChangeStep, of outer: Step) -> [CheckResult] {
        var refusal: String?
        do throws(ChangeRefusal) {
            state = try state.applying(step.changes)
            engine = Engine(state.organization)
        } catch {
            refusal = error.reason
        }
        guard step.expectsRefusal || refusal != nil else { return [] }
        let failure: String? =
            switch (step.expectsRefusal, refusal) {
            case (true, nil): "expected to be refused, but AWS would make the change"
            case (false, let reason?): "AWS would refuse the change: \(reason)"
            case (true, .some), (false, nil): nil
            }
        return [
            CheckResult(
                principal: nil,
                action: "change",
                resource: nil,
                expected: step.expectsRefusal ? "refused" : "made",
                actual: refusal.map { "refused: \($0)" } ?? "made",
                decision: nil,
                failures: failure.map { [$0] } ?? [],
                span: outer.span
            )
        ]
    }
}
