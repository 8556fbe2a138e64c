import JSONSource
import Workloads

/// The tool as a process: its start, and whole runs with one job and with two.
struct ToolRows {
    let report: Report
    private static let input = "orgsim"

    func run() throws {
        let folder = try ScratchFolder()
        try start(folder)
        let jobs = ["evaluate", "who-can", "test", "replay", "replay of unlike calls"].flatMap {
            verb in
            ["\(verb), one job", "\(verb), two jobs", "\(verb), two jobs by one"]
        }
        guard report.wants(Self.input, jobs) else { return }
        try runs(folder)
    }

    private func start(_ folder: ScratchFolder) throws {
        try report.measure(Self.input, "--version", .seconds, .wall, repetitions: 20) {
            try ChildProcess.tool("--version").run().wall
        }
        let scenario = FilePath.join(
            "../../../Scenarios/01-first-steps.json",
            relativeTo: #filePath
        )
        try report.measure(Self.input, "test of one scenario", .seconds, .wall, repetitions: 20) {
            try ChildProcess.tool("test", scenario).run().wall
        }
    }

    private func runs(_ folder: ScratchFolder) throws {
        let shape = OrganizationShape(accounts: 500, rolesPerAccount: 20)
        let generated = GeneratedOrganization(shape)
        let organization = try folder.write("organization.json") { sink in
            generated.write(indent: nil, to: sink)
        }
        let requests = GeneratedRequests(shape)
        let lines = try folder.write("requests.ndjson") { sink in
            for number in 0..<100_000 {
                sink(Array((requests.item(number).line(id: number) + "\n").utf8))
            }
        }
        let scenario = folder.file("scenario.json")
        try ChildProcess.benchmarks(
            "generate-scenario",
            "--accounts",
            "500",
            "--roles",
            "20",
            "--count",
            "10000"
        ).run(output: scenario)
        let bucket = OrganizationPlan(shape).bucketARN("data", in: 250) + "/x"
        try rate(organization, lines)
        try both("evaluate", ["evaluate", "--organization", organization], input: lines)
        try both(
            "who-can",
            [
                "who-can", "--organization", organization, "--action", "s3:GetObject",
                "--resource", bucket,
            ]
        )
        try both("test", ["test", scenario])
        for (name, isEachItsOwn) in [("replay", false), ("replay of unlike calls", true)] {
            let records = GeneratedRecords(shape, isEachItsOwn: isEachItsOwn)
            let history = try folder.write("\(name).ndjson") { sink in
                for number in 0..<100_000 { sink(Array((records.text(number) + "\n").utf8)) }
            }
            try both(name, ["replay", "--organization", organization, history])
        }
    }

    /// Lines a second of one core, end to end: what a run with lines takes more than one without.
    private func rate(_ organization: String, _ lines: String) throws {
        let child = ChildProcess.tool("evaluate", "--organization", organization)
        try report.measure(Self.input, "evaluate, end to end", .perSecond, .processor) {
            let empty = try child.run().processor
            return 100_000 / (try child.run(input: lines).processor - empty)
        }
    }

    /// One job and two of the same, and the ratio measured in this run.
    private func both(_ name: String, _ arguments: [String], input: String? = nil) throws {
        let path = ChildProcess.folder + "/orgsim"
        func measure(_ title: String, _ jobs: String) throws -> Figure? {
            let child = ChildProcess(path: path, arguments: arguments + ["--jobs", jobs])
            return try report.measure(Self.input, "\(name), \(title)", .seconds, .wall) {
                try child.run(input: input).wall
            }
        }
        do {
            guard let one = try measure("one job", "1"), let two = try measure("two jobs", "2")
            else { return }
            let ratio = one.best / two.best
            report.add(Figure(Self.input, "\(name), two jobs by one", .times, nil, [ratio]))
        } catch let failure as Failure {
            report.note("\(name): \(failure.message)")
        }
    }
}
