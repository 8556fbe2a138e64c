package import Authorization
package import JSONSource
package import OrganizationModel
import Parallelism
import PolicyLanguage

/// A scenario on another organization, of which only some checks are made.
///
/// Everything that is no request is replayed as far as the last check asked for: sessions, changes
/// and questions about everybody are what they would be if all were.
package struct ScenarioTrial: Sendable {
    private let scenario: Scenario

    package init(_ scenario: Scenario, on state: OrganizationState, _ engine: Engine) {
        self.scenario = scenario.on(state, engine)
    }

    /// What is asked of a scenario.
    package enum Extent: Sendable {
        /// The checks of steps of requests by the place of the step, and no step behind a place.
        case some([Int: [Int]], through: Int)
        case all
    }

    /// The first step that does not come out as expected, by its place.
    package func firstFailure(asking extent: Extent) -> Int? {
        var replay = ScenarioReplay(scenario, .none, .one, nil, nil)
        // Between two steps that may change something all are asked of one moment.
        var moment: ReplayMoment?
        for (place, step) in scenario.steps.enumerated() {
            guard case .action(let action) = step.verb else {
                if case .some(_, let last) = extent, place > last { return nil }
                moment = nil
                guard replay.run(step).status == .passed else { return place }
                continue
            }
            let checks: [Int]?
            switch extent {
            case .some(let asked, let last):
                if place > last { return nil }
                guard let own = asked[place] else { continue }
                checks = own
            case .all: checks = nil
            }
            let now = moment ?? replay.moment
            moment = now
            let matrix = MatrixStep(step, action, at: now)
            let passes = now.engine.withDecider { decider in
                (checks ?? Array(0..<matrix.count)).allSatisfy { check in
                    matrix.passes(check, at: now, by: &decider)
                }
            }
            guard passes, matrix.diagnostics.isEmpty else { return place }
        }
        return nil
    }
}

extension MatrixStep {
    /// Whether one check comes out as expected; one that cannot be made does not.
    fileprivate func passes(
        _ check: Int,
        at moment: ReplayMoment,
        by decider: inout Decider
    ) -> Bool {
        let rows = rows(check..<check + 1, at: moment, by: &decider, keeping: .none)
        return rows.allSatisfy { row in
            !row.endsStep && row.diagnostics.isEmpty && !row.made.isEmpty
                && row.made.allSatisfy { $0.result.status == .passed }
        }
    }
}

extension Scenario {
    /// The same steps on another organization.
    package func on(_ state: OrganizationState, _ engine: Engine) -> Scenario {
        with(steps, on: state, engine)
    }

    /// Steps as the file has them, without what its defaults add.
    package var writtenSteps: [JSONValue] { source["steps"]?.elements ?? [] }

    /// What its file would be with one step instead of all; nil where there is a mistake in the step.
    package func asking(_ step: JSONOutput) -> Scenario? {
        let parsed = JSONParser.parse(
            Array(JSONOutput.array([step]).compact.utf8),
            file: SourceSpan.nowhere.file
        )
        guard let steps = parsed.value, let file = source.setting(["steps"], to: steps) else {
            return nil
        }
        let draft = ScenarioDraft(file, path: self.file)
        guard !draft.diagnostics.hasErrors, draft.steps.count == 1 else { return nil }
        return with(draft.steps, on: state, engine)
    }

    private func with(
        _ steps: [Step],
        on state: OrganizationState,
        _ engine: Engine
    ) -> Scenario {
        Scenario(
            file: file,
            name: name,
            description: description,
            tags: tags,
            clock: clock,
            state: state,
            engine: engine,
            steps: steps,
            isSound: isSound,
            source: source
        )
    }
}
