import Coverage
import JSONSource
import Reports
import Scenarios

/// What a run has printed and will print, and the files it writes.
struct RunOutput {
    private let system: SystemInterface
    private let reports: RunReports
    /// What is printed at the end.
    private var kept: [UInt8] = []
    /// What each file holds so far.
    private var contents: [[UInt8]]
    private var organizations: [EndedRun.ToldOrganization] = []
    private var progress: Progress
    private(set) var tally = RunTally()
    /// How many scenarios were listed.
    private var listed = 0
    /// Whether standard output takes what is written.
    private(set) var isHeard = true
    private var coverage: Coverage?
    private let tellsCoverage: Bool

    init(
        _ reports: RunReports,
        _ system: SystemInterface,
        _ coverage: Coverage?,
        tellsCoverage: Bool
    ) {
        self.coverage = coverage
        self.tellsCoverage = tellsCoverage
        self.reports = reports
        self.system = system
        contents = Array(repeating: [], count: reports.files.count)
        progress = Progress(system)
    }

    /// Adds what is told of a scenario.
    mutating func add(_ told: RunReports.Told) {
        let isFirst = tally.scenarios == 0
        if let opening = reports.printed.opening(isFirst: isFirst) {
            isHeard = system.answer(opening) && system.answer(told.printed)
        } else {
            kept += told.printed
        }
        for (number, file) in reports.files.enumerated() {
            contents[number] += (file.report.opening(isFirst: isFirst) ?? []) + told.files[number]
        }
        if let organization = told.organization,
            !organizations.contains(where: { $0.organization === organization.organization })
        {
            organizations.append(organization)
        }
        tally.add(told.tally)
        if let covered = told.coverage { coverage?.add(covered.inventory, covered.decided) }
        progress.show("\(tally.scenarios) scenarios replayed")
    }

    /// Whether results would be written over a file that they come from, which is told.
    private func isInput(_ path: String) -> Bool {
        guard let input = RootFolder.first(of: reports.sources.paths, at: path) else {
            return false
        }
        let name = input.printable
        system.writeError("orgsim test: '\(name)' was read, results are not written over it\n")
        return true
    }

    /// How many scenarios were told or listed.
    var count: Int { tally.scenarios + listed }

    /// Prints the line of a scenario that is not replayed.
    mutating func list(_ line: String) {
        listed += 1
        isHeard = system.answer(Array(line.utf8))
    }

    /// Tells what is wrong with the files read and what came out of the run, and writes the files;
    /// false where one of them cannot be written.
    mutating func end(
        _ diagnostics: [Diagnostic],
        _ renderer: DiagnosticRenderer,
        since: Double
    ) -> (isWritten: Bool, coverage: CoverageReport?) {
        let covered = coverage?.report
        progress.clear()
        system.writeError(renderer.render(diagnostics))
        let run = EndedRun(
            tally: tally,
            diagnostics: diagnostics,
            seconds: system.seconds() - since,
            coverage: covered,
            organizations: organizations
        )
        // A page shows what nobody else asked for.
        let other = tellsCoverage ? run : run.withoutCoverage
        var isWritten = true
        for (number, file) in reports.files.enumerated() {
            guard !isInput(file.path) else {
                isWritten = false
                continue
            }
            let isKept = file.report.opening(isFirst: false) == nil
            let content = contents[number]
            let run = file.report.showsWorld ? run : other
            let bytes =
                isKept
                ? file.report.ending(run, scenarios: content)
                : content + file.report.ending(run, scenarios: [])
            do throws(SystemProblem) {
                try system.writeFile(bytes, file.path)
            } catch {
                let path = file.path.printable
                system.writeError("orgsim test: cannot write '\(path)': \(error.reason)\n")
                isWritten = false
            }
        }
        if isHeard, listed == 0 {
            let run = reports.printed.showsWorld ? run : other
            isHeard = system.answer(reports.printed.ending(run, scenarios: kept))
        }
        return (isWritten, covered)
    }
}
