import Authorization
import JSONSource
import Linting
import OrganizationModel
import PolicyLanguage
import Reports
import Scenarios

/// Policy documents: read by every grammar, linted, printed, attached and asked.
struct PolicyTarget: FuzzTarget {
    private let mutator: Mutator
    private let samples: [Sample]
    private let linter = Linter()
    private let small = SmallOrganization()

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        samples = corpus.policies
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        // Half of them are short, which is quick and still mutates every element.
        var index = generator.below(samples.count)
        if samples[index].bytes.count > 1_024 { index = generator.below(samples.count) }
        let bytes = mutator.mutated(samples[index], &generator)
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        let sources = SourceMap()
        let file = sources.add(SourceText(path: "policy.json", bytes: input.bytes))
        guard let value = JSONParser.parse(input.bytes, file: file).value else { return [] }
        let sayings = Sayings(sources: sources)
        var problems: [String] = []
        var sound: [PolicyKind] = []
        for kind in PolicyKind.allCases {
            let parsed = PolicyParser.parse(value, as: kind.grammar)
            if input.isChosen(oneIn: 2, 1) { problems += sayings.problems(parsed.diagnostics) }
            if (parsed.value == nil) != parsed.diagnostics.hasErrors {
                problems.append("\(kind.noun) is read in spite of an error, or not without one")
            }
            if let document = parsed.value {
                sound.append(kind)
                problems += misplaced(document, in: value)
            }
            if input.isChosen(oneIn: 8, 2) { problems += rewritten(value, kind, parsed) }
        }
        if input.isChosen(oneIn: 4, 3) { problems += linted(value, input, sources) }
        if !sound.isEmpty, input.isChosen(oneIn: 2, 4) {
            problems += small.problems(with: value, as: sound, sources)
        }
        return problems
    }
}

extension PolicyTarget {
    private func misplaced(_ document: PolicyDocument, in value: JSONValue) -> [String] {
        let isInside = document.statements.allSatisfy {
            value.span.start <= $0.span.start && $0.span.end <= value.span.end
        }
        return isInside ? [] : ["a statement stands outside of its policy"]
    }

    /// White space, escapes and places do not change what a policy says.
    private func rewritten(
        _ value: JSONValue,
        _ kind: PolicyKind,
        _ parsed: Parsed<PolicyDocument?>
    ) -> [String] {
        let text = JSONOutput(value).pretty
        guard let copy = JSONParser.parse(Array(text.utf8), file: 0).value else {
            return ["a policy is printed as something else"]
        }
        let again = PolicyParser.parse(copy, as: kind.grammar)
        let isSame =
            again.diagnostics.map(\.message) == parsed.diagnostics.map(\.message)
            && again.value?.size == parsed.value?.size
        return isSame ? [] : ["a policy printed again reads as another one"]
    }

    /// One kind an input: every check looks at every policy, which takes its time.
    private func linted(_ value: JSONValue, _ input: FuzzInput, _ sources: SourceMap) -> [String] {
        let kind = PolicyKind.allCases[Int(input.choice >> 32) % PolicyKind.allCases.count]
        let policy = WrittenPolicy(value, kind, name: "'policy.json'")
        var result = LintResult()
        result.findings = linter.findings(in: policy)
        result.policies[kind] = 1
        var problems = LintProperties(sources: sources).problems(result, input)
        if input.isChosen(oneIn: 16, 5) {
            let again = linter.findings(in: policy)
            let isSame = again.map(\.remark.message) == result.findings.map(\.remark.message)
            if !isSame { problems.append("a policy is linted twice with two results") }
        }
        return problems
    }
}
