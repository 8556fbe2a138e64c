import Authorization
import JSONSource
import Scenarios
import Testing

/// An organization with its engine, loaded from bytes.
struct World {
    let engine: Engine
    /// Every error and warning, as the tool prints them.
    let problems: String

    init(_ bytes: [UInt8]) throws {
        let sources = SourceMap()
        let reader = FileReader { _ in .success(bytes) }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        let engine = scenarios.engine(path: "organization.json", namedAt: nil)
        problems = DiagnosticRenderer(sources: sources).render(scenarios.diagnostics)
        self.engine = try #require(engine, "\(problems)")
    }
}
