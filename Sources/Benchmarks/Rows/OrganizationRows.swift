import Analysis
import Authorization
import JSONSource
import PolicyLanguage
import Reports
import Scenarios
import Workloads

/// A generated organization as a whole: requests spread over it, and who-can.
struct OrganizationRows {
    let report: Report
    let shape: OrganizationShape
    private static let distinctRequests = 20_000

    private var input: String {
        "\(shape.accounts.grouped) x \(shape.rolesPerAccount) roles"
    }

    private static let works =
        PreparedDecisions.Recording.allCases.map { "random requests, \($0.rawValue)" }
        + [
            "random requests, prepared and made", "random lines, read",
            "random lines, read and decided", "who-can", "who-can --chained",
        ]

    func run() throws {
        guard report.wants(input, Self.works) else { return }
        let world = try LoadedWorld(GeneratedOrganization(shape).bytes())
        try decisions(world)
        whoCan(world, chained: false)
        whoCan(world, chained: true)
    }

    private func decisions(_ world: LoadedWorld) throws {
        let generated = GeneratedRequests(shape)
        let lines = (0..<Self.distinctRequests).map { generated.item($0).line(id: $0) }
        var requests: [Request] = []
        for line in lines { requests.append(try world.request(line)) }
        let decisions = PreparedDecisions(engine: world.engine, requests: requests)
        for recording in PreparedDecisions.Recording.allCases {
            let work = "random requests, \(recording.rawValue)"
            report.measure(input, work, .perSecond, .processor) {
                Stopwatch.processor.rate(units: decisions.count) { decisions.decideAll(recording) }
            }
        }
        report.measure(input, "random requests, prepared and made", .perSecond, .processor) {
            Stopwatch.processor.rate(units: decisions.count) { decisions.decideWhole() }
        }
        let answers = AnsweredLines(engine: world.engine, lines: lines)
        report.measure(input, "random lines, read", .perSecond, .processor) {
            Stopwatch.processor.rate(units: answers.count) { answers.readAll() }
        }
        report.measure(input, "random lines, read and decided", .perSecond, .processor) {
            Stopwatch.processor.rate(units: answers.count) { answers.answerAll() }
        }
    }

    private func whoCan(_ world: LoadedWorld, chained: Bool) {
        guard let action = ActionName("s3:GetObject") else { return }
        let plan = OrganizationPlan(shape)
        let resource = plan.bucketARN("data", in: shape.accounts / 2) + "/2026/x.json"
        var question = WhoCan.Question(action: action, resource: resource)
        question.followsRoles = chained
        let work = chained ? "who-can --chained" : "who-can"
        report.measure(input, work, .seconds, .wall) {
            Stopwatch.wall.seconds {
                _ = WhoCan(question, world.engine, at: Scenario.defaultClock).result()
            }
        }
    }
}
