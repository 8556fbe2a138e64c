import JSONSource
import Reports
import Scenarios

/// Scenario files, whole or with a few of their steps: read, replayed and reported.
struct ScenarioTarget: FuzzTarget {
    private let mutator: Mutator
    private let samples: [Sample]
    private var files: MutatedFiles

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        samples = corpus.scenarios + corpus.scenarios.flatMap(ScenarioText.excerpts)
        files = MutatedFiles(corpus)
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        let index = generator.below(samples.count)
        let bytes = mutator.mutated(samples[index], &generator)
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        let path = files.put(input.bytes, beside: samples[input.sample])
        let sayings = Sayings(sources: files.sources)
        let (said, results) = replay(path)
        var problems = sayings.problems(said)
        if results.isEmpty, !said.hasErrors {
            problems.append("a scenario is not read and nothing is said")
        }
        if results.contains(where: { $0.status == .error }), !said.hasErrors {
            problems.append("a scenario ends in an error and nothing is said")
        }
        let decisions = results.flatMap(\.steps).flatMap(\.checks).compactMap(\.decision)
        problems += decisions.flatMap(DecisionProperties.shape)
        let summary = RunSummary(results: results, seconds: 0)
        let json = JSONReport(sources: files.sources).render(summary)
        if input.isChosen(oneIn: 4, 1) {
            let text = TextReport(sources: files.sources, style: .plain).render(summary)
            problems += PrintedText.problems(text) + PrintedText.problems(json: json)
        }
        if input.isChosen(oneIn: 8, 2) {
            let again = replay(path)
            let copy = RunSummary(results: again.results, seconds: 0)
            let isSame =
                JSONReport(sources: files.sources).render(copy) == json
                && sayings.text(again.said) == sayings.text(said)
            if !isSame { problems.append("a scenario is replayed twice with two results") }
        }
        return problems
    }

    private func replay(_ path: String) -> (said: [Diagnostic], results: [ScenarioResult]) {
        var reader = files.reader
        var results: [ScenarioResult] = []
        if let scenario = reader.read(path) {
            let replayed = ScenarioReplay.run(scenario)
            reader.report(replayed.diagnostics)
            results.append(replayed.value)
        }
        return (files.said(by: reader), results)
    }
}

/// Scenarios cut short.
private enum ScenarioText {
    /// How many steps an excerpt has.
    private static let length = 3

    /// Every few steps of a scenario as one of its own.
    static func excerpts(_ scenario: Sample) -> [Sample] {
        guard let value = JSONParser.parse(scenario.bytes, file: 0).value,
            let steps = value["steps"], let all = steps.elements, all.count > length
        else { return [] }
        return stride(from: 0, to: all.count, by: length).map { start in
            let taken = all[start..<min(all.count, start + length)].map {
                scenario.bytes[Int($0.span.start)..<Int($0.span.end)]
            }
            var bytes = scenario.bytes
            let list = Array("[".utf8) + taken.joined(separator: ",".utf8) + Array("]".utf8)
            bytes.replaceSubrange(Int(steps.span.start)..<Int(steps.span.end), with: list)
            return Sample(path: scenario.path, bytes: bytes)
        }
    }
}
