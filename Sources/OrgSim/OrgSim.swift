import Authorization
import JSONSource
import OrganizationModel
import Reports
import Scenarios

/// An organization ready to be asked who can do what.
///
/// The front door for embedders: load an organization from the text of its file and put requests
/// to it, written as in the NDJSON format.
public struct Simulator: Sendable {
    let engine: Engine
    let state: OrganizationState
    let sources: SourceMap

    /// What is wrong with an organization file: every problem with its place.
    public struct LoadingError: Error, CustomStringConvertible {
        /// The problems as the command line prints them.
        public let description: String
    }

    /// Loads an organization from the text of its file, which holds no `$ref`.
    ///
    /// - Parameters:
    ///   - organization: The JSON text of the file.
    ///   - path: The name of the file in messages.
    /// - Throws: ``LoadingError`` when AWS would not accept what the file says.
    public init(organization: String, path: String = "organization.json") throws {
        let sources = SourceMap()
        let bytes = Array(organization.utf8)
        let reader = FileReader { $0 == path ? .success(bytes) : .failure(.notFound) }
        let loader = DocumentLoader(reader: reader, sources: sources)
        var scenarios = ScenarioReader(loader: loader)
        let world = scenarios.world(path: path, namedAt: nil)
        guard let world, !scenarios.diagnostics.hasErrors else {
            let renderer = DiagnosticRenderer(sources: sources)
            throw LoadingError(description: renderer.render(scenarios.diagnostics))
        }
        engine = world.engine
        state = world.state
        self.sources = sources
    }

    /// The answer to one request, both as JSON in the form of the NDJSON format.
    ///
    /// A request that cannot be read answers with an `error`, as on the command line.
    public func answer(_ request: String) -> String {
        let line = RequestLine(Array(request.utf8), engine: engine, at: Scenario.defaultClock)
        return DecisionJSON.line(line, number: 1)
    }
}
