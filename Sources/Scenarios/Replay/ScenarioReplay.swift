package import Authorization
package import JSONSource
import PolicyLanguage

/// Replays a scenario: its steps in order on one state of organization and clock.
package struct ScenarioReplay {
    private let scenario: Scenario
    private var clock: Instant
    /// Mistakes that only show when a step is replayed, such as an unknown principal.
    private var diagnostics: [Diagnostic] = []

    private init(_ scenario: Scenario) {
        self.scenario = scenario
        clock = scenario.clock
    }

    package static func run(_ scenario: Scenario) -> Parsed<ScenarioResult> {
        var replay = ScenarioReplay(scenario)
        let steps = scenario.steps.map { replay.run($0) }
        let statuses = Set(steps.map(\.status))
        let result = ScenarioResult(
            file: scenario.file,
            name: scenario.name,
            description: scenario.description,
            status: statuses.contains(.error)
                ? .error : statuses.contains(.failed) ? .failed : .passed,
            steps: steps
        )
        return Parsed(result, replay.diagnostics)
    }
}

extension ScenarioReplay {
    private mutating func run(_ step: Step) -> StepResult {
        let before = diagnostics.count
        var checks: [CheckResult] = []
        switch step.verb {
        case .action(let action): checks = run(action, of: step)
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

    private mutating func run(_ action: ActionStep, of step: Step) -> [CheckResult] {
        let resolver = RequestResolver(scenario.engine, at: clock)
        let targets = TargetNames(scenario.engine, at: clock)
        let resources = action.resources.map { ($0, resolver.resource($0, &diagnostics)) }
        var checks: [CheckResult] = []
        for principal in action.principals {
            guard let caller = resolver.caller(principal, &diagnostics) else { continue }
            for name in action.actions {
                for case (let text, let resource?) in resources {
                    let request = resolver.request(
                        caller,
                        name,
                        resource,
                        action.circumstances,
                        &diagnostics
                    )
                    guard let request else { return checks }
                    let decision = scenario.engine.decide(request)
                    checks.append(
                        CheckResult(
                            principal: principal.text,
                            action: name.description,
                            resource: text.text,
                            expected: action.expectation,
                            decision: decision,
                            failures: action.expectation.failures(of: decision, targets: targets),
                            span: step.span
                        )
                    )
                }
            }
        }
        return checks
    }
}

extension Expectation {
    /// Everything in which a decision differs from the expectation, one sentence each.
    package func failures(of decision: Decision, targets: TargetNames) -> [String] {
        var failures: [String] = []
        if !verdict.accepts(decision.outcome) {
            failures.append("expected \(verdict.rawValue), got \(decision.outcome.rawValue)")
        }
        for pattern in because
        where !decision.reasons.contains(where: { pattern.matches($0, targets: targets) }) {
            failures.append("no reason has \(pattern)")
        }
        if let blockedBy, blockedBy != Set(decision.blockedBy) {
            let expected = blockedBy.map(\.rawValue).sorted().joined(separator: ", ")
            let actual = decision.blockedBy.map(\.rawValue).joined(separator: ", ")
            failures.append("expected to be blocked by [\(expected)], got [\(actual)]")
        }
        return failures
    }
}
