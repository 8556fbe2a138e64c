import Coverage
import JSONSource
import Parallelism
import Reports
import Scenarios

/// The forms in which a run is told, one of them printed.
struct RunReports: Sendable {
    let printed: any RunReport
    let files: [(path: String, report: any RunReport)]
    /// What organizations have that can be decided, where somebody wants to know what was.
    private let inventories: InventoryShelf?

    init(
        _ printed: RunFormat,
        _ files: [RunFile],
        _ sources: SourceMap,
        style: TextStyle,
        countsCoverage: Bool
    ) {
        inventories = countsCoverage ? InventoryShelf() : nil
        self.printed = printed.report(sources, style: style)
        self.files = files.map { ($0.path, $0.format.report(sources, style: .plain)) }
    }
}

extension RunReports {
    /// What is left of a scenario when it has been replayed: what each report says of it.
    struct Told: Sendable {
        let printed: [UInt8]
        let files: [[UInt8]]
        let tally: RunTally
        let diagnostics: [Diagnostic]
        var coverage: Covered?
    }

    /// What of an organization a scenario decided.
    struct Covered: Sendable {
        let inventory: Inventory
        let decided: DecidedParts
    }

    /// Replays a scenario, on any thread; nil is one that cannot be read.
    func replay(_ scenario: Scenario?, in file: String, by workers: Workers) -> Told {
        guard let scenario else {
            let unread = ScenarioResult(
                file: file,
                name: file,
                description: nil,
                status: .error,
                steps: []
            )
            return told(unread, [])
        }
        let isExplained =
            printed.showsExplanations || files.contains(where: \.report.showsExplanations)
        let explained: ExplainedChecks = isExplained ? .failed : .none
        guard let inventories, scenario.isSound else {
            let replayed = ScenarioReplay.run(scenario, explaining: explained, by: workers)
            return told(replayed.value, replayed.diagnostics)
        }
        var observer = CoverageObserver(inventories.inventory(of: scenario.state))
        let replayed = ScenarioReplay.run(
            scenario,
            explaining: explained,
            by: workers,
            observer: { observer.note($0) },
            surveyor: { observer.note($0) }
        )
        var told = told(replayed.value, replayed.diagnostics)
        told.coverage = Covered(inventory: observer.inventory, decided: observer.decided)
        return told
    }

    private func told(_ result: ScenarioResult, _ diagnostics: [Diagnostic]) -> Told {
        Told(
            printed: printed.scenario(result),
            files: files.map { $0.report.scenario(result) },
            tally: RunTally(result),
            diagnostics: diagnostics
        )
    }
}
