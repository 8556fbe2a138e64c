import JSONSource
import Reports
import Scenarios

/// What a run has printed and will print, and the files it writes.
struct RunOutput {
    private let system: SystemInterface
    /// What goes to standard output.
    private let printed: any RunReport
    private let files: [(path: String, report: any RunReport)]
    /// What is printed at the end.
    private var kept: [UInt8] = []
    /// What each file holds so far.
    private var contents: [[UInt8]]
    private var progress: Progress
    private(set) var tally = RunTally()
    /// How many scenarios were listed.
    private var listed = 0
    /// Whether standard output takes what is written.
    private(set) var isHeard = true

    init(
        _ printed: any RunReport,
        _ files: [(path: String, report: any RunReport)],
        _ system: SystemInterface
    ) {
        self.printed = printed
        self.files = files
        self.system = system
        contents = Array(repeating: [], count: files.count)
        progress = Progress(system)
    }

    /// What is left of a scenario when it has been replayed: what each report says of it.
    struct Told: Sendable {
        let printed: [UInt8]
        let files: [[UInt8]]
        let tally: RunTally
    }

    /// What the reports say of a scenario; on any thread.
    static func told(
        _ result: ScenarioResult,
        _ printed: any RunReport,
        _ files: [(path: String, report: any RunReport)]
    ) -> Told {
        Told(
            printed: printed.scenario(result),
            files: files.map { $0.report.scenario(result) },
            tally: RunTally(result)
        )
    }

    /// Adds what is told of a scenario.
    mutating func add(_ told: Told) {
        let isFirst = tally.scenarios == 0
        if let opening = printed.opening(isFirst: isFirst) {
            isHeard = system.answer(opening) && system.answer(told.printed)
        } else {
            kept += told.printed
        }
        for (number, file) in files.enumerated() {
            contents[number] += (file.report.opening(isFirst: isFirst) ?? []) + told.files[number]
        }
        tally.add(told.tally)
        progress.show("\(tally.scenarios) scenarios replayed")
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
    ) -> Bool {
        progress.clear()
        system.writeError(renderer.render(diagnostics))
        let run = EndedRun(
            tally: tally,
            diagnostics: diagnostics,
            seconds: system.seconds() - since
        )
        var isWritten = true
        for (number, file) in files.enumerated() {
            let isKept = file.report.opening(isFirst: false) == nil
            let content = contents[number]
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
        if isHeard, listed == 0 { isHeard = system.answer(printed.ending(run, scenarios: kept)) }
        return isWritten
    }
}
