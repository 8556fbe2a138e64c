import Coverage
import Authorization
import JSONSource
import OrganizationModel
import Parallelism
import Reports
import Scenarios

/// The forms in which a run is told, one of them printed.
struct RunReports: Sendable {
    let printed: any RunReport
    let files: [(path: String, report: any RunReport)]
    /// What organizations have that can be decided, where somebody wants to know what was.
    private let inventories: InventoryShelf?
    let sources: SourceMap

    init(
        _ printed: RunFormat,
        _ files: [RunFile],
        _ sources: SourceMap,
        style: TextStyle,
        countsCoverage: Bool
    ) {
        inventories = countsCoverage ? InventoryShelf() : nil
        self.sources = sources
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
        /// What it asks, where a report shows that.
        var organization: EndedRun.ToldOrganization?
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
        let explained = all.map(\.explained).max() ?? .none
        var told: Told
        if let inventories, scenario.isSound {
            var observer = CoverageObserver(inventories.inventory(of: scenario.state))
            let replayed = ScenarioReplay.run(
                scenario,
                explaining: explained,
                by: workers,
                observer: { observer.note($0) },
                surveyor: { observer.note($0) }
            )
            told = self.told(replayed.value, replayed.diagnostics)
            told.coverage = Covered(inventory: observer.inventory, decided: observer.decided)
        } else {
            let replayed = ScenarioReplay.run(scenario, explaining: explained, by: workers)
            told = self.told(replayed.value, replayed.diagnostics)
        }
        if all.contains(where: \.showsWorld) { told.organization = scenario.told(sources) }
        return told
    }

    private var all: [any RunReport] { [printed] + files.map(\.report) }

    private func told(_ result: ScenarioResult, _ diagnostics: [Diagnostic]) -> Told {
        Told(
            printed: printed.scenario(result),
            files: files.map { $0.report.scenario(result) },
            tally: RunTally(result),
            diagnostics: diagnostics
        )
    }
}

extension Scenario {
    /// Its organization with the name of the file, the first of several laid over one another.
    fileprivate func told(_ sources: SourceMap) -> EndedRun.ToldOrganization {
        let path = sources.location(of: state.value.span)?.path ?? self.file
        return EndedRun.ToldOrganization(
            file: path,
            scenario: file,
            organization: engine.organization
        )
    }
}
