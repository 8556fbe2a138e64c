import JSONSource
package import Scenarios

/// A scenario that could be replayed, in one line.
package enum ScenarioList {
    package static func line(_ scenario: Scenario) -> String {
        let tags = scenario.tags.isEmpty ? "" : " [\(scenario.tags.joined(separator: ", "))]"
        let steps = scenario.steps.count.counted("step")
        return "\(scenario.file): \(scenario.name)\(tags), \(steps)".printable + "\n"
    }
}
