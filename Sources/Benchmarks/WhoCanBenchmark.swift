import Analysis
import JSONSource
import PolicyLanguage
import Scenarios

/// "Who can" over a generated organization: loaded once, asked directly and along chains.
struct WhoCanBenchmark {
    let accounts: Int
    let rolesPerAccount: Int

    func run() throws -> [BenchmarkRow] {
        let text = GeneratedOrganization(accounts: accounts, rolesPerAccount: rolesPerAccount).text
        let bytes = Array(text.utf8)
        let clock = ContinuousClock()
        let name = "\(accounts * rolesPerAccount) roles"
        let start = clock.now
        let sources = SourceMap()
        let reader = FileReader { _ in .success(bytes) }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        guard let engine = scenarios.engine(path: "generated.json", namedAt: nil) else {
            throw Benchmark.Failure(message: "the generated organization does not load")
        }
        let loading = clock.now - start
        guard let action = ActionName("s3:GetObject") else { return [] }
        var question = WhoCan.Question(action: action, resource: "arn:aws:s3:::data-0/k")
        let instant = Scenario.defaultClock
        let direct = clock.measure { _ = WhoCan(question, engine, at: instant).result() }
        question.followsRoles = true
        let chained = clock.measure { _ = WhoCan(question, engine, at: instant).result() }
        return [
            BenchmarkRow(name: name, work: "organization loaded", seconds: loading.seconds),
            BenchmarkRow(name: name, work: "who-can", seconds: direct.seconds),
            BenchmarkRow(name: name, work: "who-can --chained", seconds: chained.seconds),
        ]
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
