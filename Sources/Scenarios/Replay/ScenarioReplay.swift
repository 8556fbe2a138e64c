package import JSONSource
import Analysis
package import Authorization
package import Explaining
package import OrganizationModel
import PolicyLanguage
import SecurityTokens

/// Replays a scenario: its steps in order on one state of organization, clock and sessions.
package struct ScenarioReplay {
    private let scenario: Scenario
    private let explained: ExplainedChecks
    private var state: OrganizationState
    private var engine: Engine
    private var clock: Instant
    /// The callers that `saveAs` named; nil for one whose session was not obtained.
    private var sessions: [String: Caller?] = [:]
    /// Mistakes that only show when a step is replayed, such as an unknown principal.
    private var diagnostics: [Diagnostic] = []
    /// How many of them are errors.
    private var mistakes = 0
    /// How many failed checks may still be explained; nobody reads more.
    private var explanationsLeft = 1_000
    /// Is told of every check that was decided.
    private let observer: ((Observation) -> Void)?

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

    private init(
        _ scenario: Scenario,
        _ explained: ExplainedChecks,
        _ observer: ((Observation) -> Void)?
    ) {
        self.observer = observer
        self.scenario = scenario
        self.explained = explained
        state = scenario.state
        engine = scenario.engine
        clock = scenario.clock
    }

    package static func run(
        _ scenario: Scenario,
        explaining explained: ExplainedChecks = .failed,
        observer: ((Observation) -> Void)? = nil
    ) -> Parsed<ScenarioResult> {
        var replay = ScenarioReplay(scenario, explained, observer)
        var steps: [StepResult] = []
        // Nobody reads a thousand mistakes, and each looks for the name that was meant.
        for step in scenario.steps where replay.mistakes < [Diagnostic].limit {
            steps.append(replay.run(step))
        }
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
    private var resolver: RequestResolver { RequestResolver(engine, at: clock) }
    private var targets: TargetNames { TargetNames(engine, at: clock) }

    private mutating func run(_ step: Step) -> StepResult {
        let before = diagnostics.count
        defer { mistakes += diagnostics[before...].count { $0.severity == .error } }
        var checks: [CheckResult] = []
        switch step.verb {
        case .action(let action): checks = run(action, of: step)
        case .session(let session): checks = run(session, of: step)
        case .whoCan(let question): checks = run(question, of: step)
        case .change(let change): checks = run(change, of: step)
        case .advance(let duration): clock = clock.adding(seconds: duration.seconds)
        case .at(let instant, let span): move(to: instant, at: span)
        }
        let status: ScenarioResult.Status =
            if diagnostics.count > before {
                .error
            } else {
                checks.allSatisfy { $0.status == .passed } ? .passed : .failed
            }
        return StepResult(
            index: step.index,
            name: step.name,
            span: step.span,
            status: status,
            checks: checks
        )
    }

    private mutating func move(to instant: Instant, at span: SourceSpan) {
        guard instant >= clock else {
            let message = "the clock never goes back: \(instant) lies before \(clock)"
            diagnostics.append(.error("scenario.clock", message, at: span))
            return
        }
        clock = instant
    }

    /// Who a principal is at this moment, or why a check on him fails.
    private enum Found {
        case caller(Caller)
        /// His session was not obtained, so nothing can be asked of him.
        case missing(String)
    }

    private mutating func find(_ reference: PrincipalReference) -> Found? {
        guard case .named(let text) = reference.form, text.hasPrefix("$") else {
            return resolver.caller(reference, &diagnostics).map { .caller($0) }
        }
        let name = String(text.dropFirst())
        guard let saved = sessions[name] else {
            let near = NearestName.of(name, among: sessions.keys.sorted())
            let hint = near.map { ", did you mean '$\($0)'?" } ?? ""
            let message = "no step before has saved a session '\(name)'\(hint)"
            diagnostics.append(.error("scenario.session", message, at: reference.span))
            return nil
        }
        guard let caller = saved else { return .missing("the session '\(name)' was not obtained") }
        return .caller(caller)
    }
}

// Requests.
extension ScenarioReplay {
    private func observe(
        _ step: Step,
        _ check: CheckDraft,
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

    private mutating func run(_ action: ActionStep, of step: Step) -> [CheckResult] {
        let resolver = resolver
        let targets = targets
        let resources = action.resources.map { ($0, resolver.resource($0, &diagnostics)) }
        var checks: [CheckResult] = []
        for principal in action.principals {
            guard diagnostics.count < [Diagnostic].limit * 4 else { break }
            guard let found = find(principal) else { continue }
            for name in action.actions {
                for case (let text, let resource?) in resources {
                    let check = CheckDraft(
                        principal: principal.text,
                        action: name.description,
                        resource: text.text,
                        expectation: action.expectation,
                        span: step.span
                    )
                    switch found {
                    case .missing(let why): checks.append(check.failed(why))
                    case .caller(let caller):
                        let request = resolver.request(
                            caller,
                            name,
                            resource,
                            action.circumstances,
                            &diagnostics
                        )
                        guard let request else { return checks }
                        let decision = engine.decide(request)
                        observe(step, check, .request(request), decision)
                        let result = check.result(decision, targets: targets)
                        checks.append(explaining(result, .request(request)))
                    }
                }
            }
        }
        return checks
    }

    private mutating func run(_ session: SessionStep, of step: Step) -> [CheckResult] {
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
            guard let found = find(principal) else { return [] }
            switch found {
            case .missing(let why): return [check.failed(why)]
            case .caller(let known): caller = known
            }
        }
        let question = resolver.question(
            session.call,
            by: caller,
            session.circumstances,
            &diagnostics
        )
        guard case .call(let token, let call, _) = question else { return [] }
        let outcome = SecurityTokenService(engine, at: clock).obtain(token, by: call)
        if let question { observe(step, check, question, outcome.decision) }
        if let name = session.saveAs { sessions[name] = .some(outcome.caller) }
        return [explaining(check.result(outcome.decision, targets: targets), question)]
    }
}

// Why checks came out as they did.
extension ScenarioReplay {
    /// The check with the explanation of each request that made its decision, where one is asked.
    private mutating func explaining(_ check: CheckResult, _ question: Question?) -> CheckResult {
        switch explained {
        case .all: break
        case .failed:
            guard check.status == .failed, explanationsLeft > 0 else { return check }
            explanationsLeft -= 1
        }
        var check = check
        let explanations = question?.explanations(
            named: check.principal,
            action: check.action,
            resource: check.resource,
            by: engine
        )
        check.explanations = (explanations ?? []).map { explained == .all ? $0 : $0.withoutTrace }
        return check
    }
}

// Questions about everybody, and changes.
extension ScenarioReplay {
    private mutating func run(_ step: WhoCanStep, of outer: Step) -> [CheckResult] {
        let resolver = resolver
        let before = diagnostics.count
        let question = resolver.question(step, &diagnostics)
        let names = PrincipalNames(engine.organization, resolver)
        let exactly = step.exactly.map { names.canonical($0, &diagnostics) }
        let includes = names.canonical(step.includes, &diagnostics)
        let excludes = names.canonical(step.excludes, &diagnostics)
        guard let question, diagnostics.count == before else { return [] }
        let answers = WhoCan(question, engine, at: clock).result().answers.map(\.principal.name)
        let found = Set(answers)
        var failures: [String] = []
        func list(_ names: some Sequence<String>) -> String {
            names.sorted().joined(separator: ", ")
        }
        let surplus = exactly.map { found.subtracting($0) } ?? []
        let missing = Set(exactly ?? []).union(includes).subtracting(found)
        if !surplus.isEmpty { failures.append("also can: \(list(surplus))") }
        if !missing.isEmpty { failures.append("cannot: \(list(missing))") }
        let unwanted = found.intersection(excludes)
        if !unwanted.isEmpty { failures.append("can and should not: \(list(unwanted))") }
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
