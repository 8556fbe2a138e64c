import JSONSource
import Linting
import OrganizationModel
import Scenarios

/// Organization files: loaded, asked and linted.
struct OrganizationTarget: FuzzTarget {
    private let mutator: Mutator
    private let samples: [Sample]
    private var files: MutatedFiles
    private let linter = Linter()

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        samples = corpus.organizations
        files = MutatedFiles(corpus)
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        // Long ones cost what many short ones do.
        var index = generator.below(samples.count)
        if samples[index].bytes.count > 4_096 { index = generator.below(samples.count) }
        let bytes = mutator.mutated(samples[index], &generator)
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        let path = files.put(input.bytes, beside: samples[input.sample])
        var reader = files.reader
        let engine = reader.engine(path: path, namedAt: nil)
        let said = files.said(by: reader)
        let sayings = Sayings(sources: files.sources)
        var problems = sayings.problems(said)
        if let engine {
            for line in Self.requests {
                let answer = RequestLine(line, engine: engine, at: Scenario.defaultClock)
                if case .problem(let message, _) = answer.answer {
                    problems.append("no decision: \(message)")
                }
            }
        } else if !said.hasErrors {
            problems.append("an organization is not loaded and nothing is said")
        }
        if input.isChosen(oneIn: 8, 1) {
            var again = files.reader
            _ = again.engine(path: path, namedAt: nil)
            if sayings.text(files.said(by: again)) != sayings.text(said) {
                problems.append("an organization is read twice with two results")
            }
        }
        return input.isChosen(oneIn: 3, 2) ? problems + lint(path, input) : problems
    }

    private func lint(_ path: String, _ input: FuzzInput) -> [String] {
        var loader = files.loader
        guard let value = loader.load(path, namedAt: nil),
            case .organization(let organization) = FileContent(value)
        else { return [] }
        let loading = OrganizationState.load(organization).diagnostics
        let found = linter.findings(in: WrittenOrganization(organization), loading: loading)
        var result = LintResult()
        result.findings = Silences(loader.lintNotes).apply(to: found)
        result.organizations = 1
        return LintProperties(sources: files.sources).problems(result, input)
    }

    private static let requests = [
        #"{"principal": "service:s3.amazonaws.com", "action": "sqs:SendMessage", "resource": "*"}"#,
        #"{"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}"#,
    ].map { Array($0.utf8) }
}
