import Analysis
import Authorization
import JSONSource
import Parallelism
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
            "random lines, read and decided", "who-can", "who-can, two threads",
            "who-can of everybody", "who-can --chained",
        ]

    func run() throws {
        guard report.wants(input, Self.works) else { return }
        let world = try LoadedWorld(GeneratedOrganization(shape).bytes())
        try decisions(world)
        let plan = OrganizationPlan(shape)
        let object = plan.bucketARN("data", in: shape.accounts / 2) + "/2026/x.json"
        guard let read = ActionName("s3:GetObject"), let list = ActionName("s3:ListAllMyBuckets")
        else { return }
        var question = WhoCan.Question(action: read, resource: object)
        whoCan("who-can", question, world)
        whoCan("who-can, two threads", question, world, by: Workers(2))
        whoCan("who-can of everybody", WhoCan.Question(action: list, resource: "*"), world)
        question.followsRoles = true
        whoCan("who-can --chained", question, world)
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

    private func whoCan(
        _ work: String,
        _ question: WhoCan.Question,
        _ world: LoadedWorld,
        by workers: Workers = .one
    ) {
        report.measure(input, work, .seconds, .wall) {
            Stopwatch.wall.seconds {
                let whoCan = WhoCan(question, world.engine, at: Scenario.defaultClock)
                _ = whoCan.result(by: workers)
            }
        }
    }
}
