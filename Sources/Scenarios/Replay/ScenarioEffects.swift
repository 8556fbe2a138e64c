package import Explaining
import Authorization
import OrganizationModel

/// What a fix would do to the other checks of a scenario, each at its own moment.
package struct ScenarioEffects: Sendable {
    /// The checks that were denied and would be allowed, by step and question.
    package private(set) var opened: [String] = []
    /// The checks that were allowed and would be denied.
    package private(set) var closed: [String] = []

    /// The checks besides the one at a place; sessions stay as they were obtained, only what they may
    /// do is asked again.
    package init(of fix: Fix, on checks: [ScenarioReplay.Observation], but place: Int) {
        // Checks between two changes share one state, in which the fix is made once.
        var start = checks.startIndex
        while start < checks.endIndex {
            let state = checks[start].state
            let end =
                checks[start...].firstIndex { $0.state.changeCount != state.changeCount }
                ?? checks.endIndex
            let group = checks[start..<end]
            let effects = FixSearch.effects(of: fix, on: group.map(\.question), in: state)
            let others = { (found: [Int]) in
                found.map { start + $0 }.filter { $0 != place }.map { checks[$0].label }
            }
            opened += others(effects.opened)
            closed += others(effects.closed)
            start = end
        }
    }
}

extension ScenarioReplay.Observation {
    /// The check as a person would point at it.
    fileprivate var label: String {
        let who = principal.map { "\($0) → " } ?? ""
        let what = resource.map { " on \($0)" } ?? ""
        return "step \(step.index): \(who)\(action)\(what)"
    }
}
