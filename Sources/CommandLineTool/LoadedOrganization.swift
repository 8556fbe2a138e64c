import Authorization
import JSONSource
import Parallelism
import PolicyLanguage
import Reports
import Scenarios

/// The organization that `--organization` names, with the folder it may read from.
struct LoadedOrganization {
    private let path: String
    private let root: RootFolder
    let sources = SourceMap()

    /// `paths` says what a word that is no option would have been taken for, had it a place.
    init(_ arguments: Arguments, paths: String) throws(Arguments.UsageError) {
        guard let path = arguments.options["--organization"] else {
            throw Arguments.UsageError(message: "--organization FILE is needed")
        }
        if let extra = arguments.paths.first {
            throw Arguments.UsageError(message: "unexpected '\(extra)': \(paths)")
        }
        self.path = path
        guard let root = try RootFolder.option(arguments) ?? RootFolder(holding: path) else {
            throw Arguments.UsageError(message: "there is no file '\(path)'")
        }
        self.root = root
    }

    /// The engine with all that is to be said of the files; nil when they do not load.
    func engine(by workers: Workers = .one) -> Parsed<Engine?> {
        let world = world(by: workers)
        world.value.map { Self.keepUntilExit($0) }
        return Parsed(world.value?.engine, world.diagnostics)
    }

    /// PERF: to take an organization apart, entity by entity, costs a tenth of loading it, and the
    /// process ends with the run that loaded it.
    private static func keepUntilExit(_ world: ScenarioReader.World) {
        final class Kept {
            let world: ScenarioReader.World
            init(_ world: ScenarioReader.World) { self.world = world }
        }
        _ = Unmanaged.passRetained(Kept(world))
    }

    /// The organization as it can be changed and asked; nil when it does not load.
    func world(by workers: Workers = .one) -> Parsed<ScenarioReader.World?> {
        var reader = ScenarioReader(
            loader: DocumentLoader(
                reader: root.reader(within: ReadingBudget(), by: workers),
                sources: sources
            ),
            workers: workers
        )
        let world = reader.world(path: path, namedAt: nil)
        return Parsed(reader.diagnostics.hasErrors ? nil : world, reader.diagnostics)
    }

    /// Problems in a format; nothing where there are none.
    func text(_ problems: [Diagnostic], as format: OutputFormat = .text) -> String {
        if problems.isEmpty { return "" }
        return switch format {
        case .text: DiagnosticRenderer(sources: sources).render(problems)
        case .json: ProblemReport(sources: sources).json(problems)
        case .github: GitHubAnnotations(sources: sources).render(problems)
        }
    }
}

/// What a verb prints.
enum OutputFormat: String, CaseIterable {
    case text
    case json
    case github

    static let names = allCases.map(\.rawValue)

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        self = try arguments.choice("--format", Self.self) ?? .text
    }
}

extension Arguments {
    /// The instant that `--clock` gives.
    func clock() throws(UsageError) -> Instant {
        guard let text = options["--clock"] else { return Scenario.defaultClock }
        guard let instant = Instant(iso8601: text) else {
            let message = "'\(text)' is not a date and time such as 2026-01-15T09:00:00Z"
            throw UsageError(message: message)
        }
        return instant
    }
}
