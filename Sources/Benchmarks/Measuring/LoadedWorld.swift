import Authorization
import JSONSource
import PolicyLanguage
import Scenarios

/// An organization with its engine, loaded as the tool loads it.
struct LoadedWorld {
    let engine: Engine
    let diagnostics: [Diagnostic]

    init(_ bytes: [UInt8]) throws(Failure) {
        let sources = SourceMap()
        let reader = FileReader { _ in .success(bytes) }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        guard let engine = scenarios.engine(path: "organization.json", namedAt: nil) else {
            let problems = DiagnosticRenderer(sources: sources).render(scenarios.diagnostics)
            throw Failure(message: problems)
        }
        self.engine = engine
        diagnostics = scenarios.diagnostics
    }

    /// The request of a line, with all names looked up.
    func request(_ line: some StringProtocol) throws(Failure) -> Request {
        do throws(RequestLine.Problem) {
            return try RequestLine.read(
                Array(line.utf8),
                engine: engine,
                at: Scenario.defaultClock
            )
        } catch {
            throw Failure(message: "\(error.message): \(line)")
        }
    }

    func decision(_ line: String) throws(Failure) -> Decision {
        engine.decide(try request(line))
    }
}
