import Analysis
import Authorization
import JSONSource
import PolicyLanguage
import Scenarios
import Workloads

/// How cost grows: one size doubled at a time, the others kept.
///
/// The exponent is that of a power of the size through the first and the last point; n log n gives
/// about 1.1 at these sizes. What lies above the limit is marked.
struct GrowthCommand {
    let options: Options
    private static let requests = 4_000

    func run() throws {
        let report = GrowthReport(
            only: options.text("--only"),
            repetitions: try options.number("--repetitions", else: 3),
            isQuiet: options.has("--json")
        )
        if !options.has("--json") { StandardOutput.write(Machine().text + "\n") }
        try worlds(report, "accounts", [125, 250, 500, 1_000, 2_000]) {
            OrganizationShape(accounts: $0, rolesPerAccount: 20)
        }
        try worlds(report, "roles per account", [20, 40, 80, 160, 320]) {
            OrganizationShape(accounts: 100, rolesPerAccount: $0)
        }
        try worlds(report, "statements per policy", [2, 4, 8, 16, 32]) {
            var shape = OrganizationShape(accounts: 200, rolesPerAccount: 20)
            shape.statementsPerPolicy = $0
            return shape
        }
        try trusting(report, [250, 500, 1_000, 2_000, 4_000])
        try lines(report, [2_000, 4_000, 8_000, 16_000, 32_000])
        try tool(report)
        if options.has("--json") { StandardOutput.write(report.json(Machine()).pretty) }
        if !report.isWithinLimits { throw Failure(message: "some costs grow faster than n log n") }
    }

    /// Loading, who-can and decisions in organizations of one growing size.
    private func worlds(
        _ report: GrowthReport,
        _ dimension: String,
        _ sizes: [Int],
        _ shape: (Int) -> OrganizationShape
    ) throws {
        let questions = ["loading", "who-can", "who-can --chained"]
        guard report.wants(dimension, questions + ["decisions"]) else { return }
        var costs: [String: [Double]] = [:]
        for size in sizes {
            let shape = shape(size)
            let bytes = GeneratedOrganization(shape).bytes()
            var world: LoadedWorld?
            costs["loading", default: []].append(
                try report.best { world = try LoadedWorld(bytes) }
            )
            guard let world else { continue }
            for chained in [false, true] {
                let name = chained ? "who-can --chained" : "who-can"
                let cost = report.best { whoCan(world, shape, chained: chained) }
                costs[name, default: []].append(cost)
            }
            let generated = GeneratedRequests(shape)
            var requests: [Request] = []
            for number in 0..<Self.requests {
                requests.append(try world.request(generated.item(number).line(id: number)))
            }
            let decisions = PreparedDecisions(engine: world.engine, requests: requests)
            costs["decisions", default: []].append(report.best { decisions.decideAll(.verdict) })
        }
        for name in questions { report.add(name, dimension, sizes, costs[name] ?? []) }
        // As many requests whatever the size: only what one of them costs may grow.
        report.add(
            "decisions",
            dimension,
            sizes,
            costs["decisions"] ?? [],
            units: sizes.map { _ in Self.requests },
            limit: dimension == "statements per policy" ? GrowthReport.limit : 0.3
        )
    }

    private func whoCan(_ world: LoadedWorld, _ shape: OrganizationShape, chained: Bool) {
        guard let action = ActionName("s3:GetObject") else { return }
        let bucket = OrganizationPlan(shape).bucketARN("data", in: shape.accounts / 2)
        var question = WhoCan.Question(action: action, resource: bucket + "/x")
        question.followsRoles = chained
        _ = WhoCan(question, world.engine, at: Scenario.defaultClock).result()
    }

    /// Roles that trust everybody: chains may lead from any to any.
    private func trusting(_ report: GrowthReport, _ sizes: [Int]) throws {
        guard report.wants("roles that trust everybody", ["who-can --chained"]) else { return }
        var costs: [Double] = []
        for size in sizes {
            var shape = OrganizationShape(accounts: size / 20, rolesPerAccount: 20)
            shape.trust = .everyone
            let world = try LoadedWorld(GeneratedOrganization(shape).bytes())
            costs.append(report.best { whoCan(world, shape, chained: true) })
        }
        report.add("who-can --chained", "roles that trust everybody", sizes, costs)
    }

    private func lines(_ report: GrowthReport, _ sizes: [Int]) throws {
        guard report.wants("requests", ["evaluate"]) else { return }
        let shape = OrganizationShape(accounts: 200, rolesPerAccount: 20)
        let world = try LoadedWorld(GeneratedOrganization(shape).bytes())
        let generated = GeneratedRequests(shape)
        let costs = sizes.map { size in
            let lines = (0..<size).map { generated.item($0).line(id: $0) }
            let answers = AnsweredLines(engine: world.engine, lines: lines)
            return report.best { answers.answerAll() }
        }
        report.add("evaluate", "requests", sizes, costs)
    }

    /// Whole runs of the tool, less what it takes to load the smallest input.
    private func tool(_ report: GrowthReport) throws {
        let folder = try ScratchFolder()
        let checks = [1_250, 2_500, 5_000, 10_000, 20_000]
        if report.wants("checks", ["test"]) {
            let shape = OrganizationShape(accounts: 100, rolesPerAccount: 20)
            _ = try organization(shape, folder)
            var costs: [Double] = []
            for count in checks {
                let scenario = folder.file("checks-\(count).json")
                // A scenario has at most 10,000 steps: larger runs have more files.
                try ChildProcess.benchmarks(
                    "generate-scenario",
                    "--accounts",
                    "100",
                    "--roles",
                    "20",
                    "--count",
                    "\(min(count, 10_000))"
                ).run(output: scenario)
                let files = Array(repeating: scenario, count: max(1, count / 10_000))
                let child = ChildProcess(
                    path: ChildProcess.folder + "/orgsim",
                    arguments: ["test"] + files
                )
                costs.append(try report.best { try child.run() })
            }
            report.add("test", "checks", checks, costs)
        }
        let accounts = [25, 50, 100, 200, 400]
        if report.wants("accounts", ["lint"]) {
            var costs: [Double] = []
            for count in accounts {
                let shape = OrganizationShape(accounts: count, rolesPerAccount: 20)
                let file = try organization(shape, folder)
                // Findings make the exit code 1; the time is the same.
                let child = ChildProcess(
                    path: ChildProcess.folder + "/orgsim",
                    arguments: ["lint", file]
                )
                costs.append(try report.best { try child.run(accepting: [0, 1]) })
            }
            report.add("lint", "accounts", accounts, costs)
        }
    }

    private func organization(
        _ shape: OrganizationShape,
        _ folder: ScratchFolder
    ) throws -> String {
        try folder.write("organization.json") { sink in
            GeneratedOrganization(shape).write(indent: nil, to: sink)
        }
    }
}
