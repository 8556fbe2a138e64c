import JSONSource
import Workloads

/// The table: every row, or those whose input and work contain a text.
struct RunCommand {
    let options: Options

    func run() throws {
        let report = Report(
            repetitions: try options.number("--repetitions", else: 5),
            only: options.text("--only"),
            isQuiet: options.has("--json")
        )
        let machine = Machine()
        if !options.has("--json") {
            let repetitions = "best of \(report.repetitions) repetitions"
            StandardOutput.write("\(machine.text); \(repetitions)\n\(Report.heading)")
        }
        CatalogRows(report: report).run()
        try CaseRows(report: report).run()
        let small = OrganizationShape(accounts: 100, rolesPerAccount: 100)
        let large = try options.shape(accounts: 10_000, roles: 20)
        try OrganizationRows(report: report, shape: small).run()
        try OrganizationRows(report: report, shape: large).run()
        try LoadingRows(report: report, shape: large, indent: nil).run()
        try LoadingRows(report: report, shape: large, indent: 2).run()
        try ThreadRows(report: report).run()
        try ToolRows(report: report).run()
        if options.has("--json") { StandardOutput.write(report.json(machine).pretty) }
    }
}
