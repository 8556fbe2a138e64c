import Authorization
import JSONSource
import Linting
import OrganizationModel
import Scenarios
import Synchronization

/// What is done with an input: everything the tool would do with the file, and what must hold
/// whatever the bytes.
package struct FuzzTarget {
    /// How many inputs share what was read of the corpus; what they add to it is forgotten then.
    private static let batch = 1_000

    private let corpus: Corpus
    private let slot = Slot()
    private var sources = SourceMap()
    /// Knows the sound organizations already; copied for every input.
    private var sound: ScenarioReader
    private var count = 0

    package init(_ corpus: Corpus) {
        self.corpus = corpus
        sound = Self.reader(of: corpus, slot, sources)
    }

    /// Reads, replays and lints an input as a file beside those of the corpus.
    ///
    /// - Returns: what is wrong with how the tool took it; nil when it took it well.
    package mutating func run(_ input: MutatedInput) -> String? {
        count += 1
        if count % Self.batch == 0 {
            sources = SourceMap()
            sound = Self.reader(of: corpus, slot, sources)
        }
        // A name of its own: nothing known of the sound file may be taken for it.
        let path = input.path + "-\(count)"
        slot.input.withLock { $0 = MutatedInput(path: path, bytes: input.bytes) }
        var scenarios = sound
        if scenarios.isScenario(path) {
            if let scenario = scenarios.read(path) {
                scenarios.report(ScenarioReplay.run(scenario).diagnostics)
            } else if !scenarios.diagnostics.dropFirst(sound.diagnostics.count).contains(where: {
                $0.severity == .error
            }) {
                return "a scenario was not read and nothing was said"
            }
        } else if let engine = scenarios.engine(path: path, namedAt: nil) {
            for line in Self.requests {
                _ = RequestLine(line, engine: engine, at: Scenario.defaultClock)
            }
        }
        let new = Array(scenarios.diagnostics.dropFirst(sound.diagnostics.count))
        _ = DiagnosticRenderer(sources: sources).render(new)
        return Self.misplaced(new.map(\.span), sources) ?? lint(path)
    }

    private func lint(_ path: String) -> String? {
        let sources = SourceMap()
        let reader = Self.files(corpus, slot)
        var loader = DocumentLoader(reader: reader, sources: sources)
        guard let value = loader.load(path, namedAt: nil) else { return nil }
        let found: [Finding]
        switch FileContent(value) {
        case .policy(let value):
            let kind = PolicyKind(guessedFrom: value, path: path)
            found = Linter().findings(in: WrittenPolicy(value, kind, name: path))
        case .organization(let value):
            let loading = OrganizationState.load(value).diagnostics
            found = Linter().findings(in: WrittenOrganization(value), loading: loading)
        case .scenario, .other: found = []
        }
        let findings = Silences(loader.lintNotes).apply(to: found)
        return Self.misplaced(findings.map(\.remark.span), sources)
    }
}

extension FuzzTarget {
    /// The input at work, seen by a reader made before it.
    private final class Slot: Sendable {
        let input = Mutex<MutatedInput?>(nil)
    }

    private static func files(_ corpus: Corpus, _ slot: Slot) -> FileReader {
        FileReader { path in
            let input = slot.input.withLock { $0 }
            if let input, input.path == path { return .success(input.bytes) }
            return corpus.files[path].map { .success($0) } ?? .failure(.notFound)
        }
    }

    private static func reader(
        of corpus: Corpus,
        _ slot: Slot,
        _ sources: SourceMap
    ) -> ScenarioReader {
        let loader = DocumentLoader(reader: files(corpus, slot), sources: sources)
        var reader = ScenarioReader(loader: loader)
        for path in corpus.paths where !reader.isScenario(path) {
            _ = reader.engine(path: path, namedAt: nil)
        }
        // What is wrong with the corpus is not what is looked for.
        return reader
    }

    /// A place outside its file.
    private static func misplaced(_ spans: [SourceSpan], _ sources: SourceMap) -> String? {
        for span in spans {
            guard let text = sources.text(span.file) else { continue }
            if span.start > span.end || Int(span.end) > text.bytes.count {
                return "a message points outside of '\(text.path)'"
            }
        }
        return nil
    }

    private static let requests = [
        #"{"principal": "service:s3.amazonaws.com", "action": "sqs:SendMessage", "resource": "*"}"#,
        #"{"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}"#,
    ].map { Array($0.utf8) }
}
