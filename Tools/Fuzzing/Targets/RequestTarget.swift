import Authorization
import Explaining
import JSONSource
import PolicyLanguage
import Reports
import Scenarios

/// Lines of NDJSON put to the organizations of the scenarios they are taken from.
struct RequestTarget: FuzzTarget {
    private let mutator: Mutator
    private let samples: [Sample]
    /// The organization of each sample.
    private let engines: [Engine]
    private let properties: DecisionProperties

    init(_ corpus: Corpus) {
        let sources = SourceMap()
        let files = corpus.files
        let reader = FileReader { files[$0].map { .success($0) } ?? .failure(.notFound) }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        var samples: [Sample] = []
        var engines: [Engine] = []
        for document in corpus.scenarios {
            guard let scenario = scenarios.read(document.path),
                let value = JSONParser.parse(document.bytes, file: 0).value
            else { continue }
            for line in RequestText.lines(ofScenario: value) {
                samples.append(Sample(path: document.path, bytes: Array(line.utf8)))
                engines.append(scenario.engine)
            }
        }
        mutator = Mutator(corpus)
        self.samples = samples
        self.engines = engines
        properties = DecisionProperties(sources)
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        let index = generator.below(samples.count)
        let bytes = mutator.mutated(samples[index], &generator)
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        guard engines.indices.contains(input.sample) else { return [] }
        let engine = engines[input.sample]
        let line = RequestLine(input.bytes, engine: engine, at: Scenario.defaultClock)
        let text = DecisionJSON.line(line, number: 7)
        var problems = PrintedText.problems(text)
        // The first time names are looked up, the second time they are known.
        var reader = RequestLineReader(engine: engine, at: Scenario.defaultClock)
        var lines = AnswerLines()
        for _ in 0..<2 {
            var writer = JSONWriter()
            _ = input.bytes.withUnsafeBytes {
                lines.write(answerTo: $0, number: 7, by: &reader, to: &writer)
            }
            if String(decoding: writer.bytes, as: UTF8.self) != text {
                problems.append("a line read among many has another answer")
            }
        }
        if text.utf8.contains(10) { problems.append("an answer is more than one line") }
        let parsed = JSONParser.parse(input.bytes, file: 0)
        let given = parsed.value
        // An id that holds a key twice is given back as it is.
        if !parsed.diagnostics.hasErrors { problems += PrintedText.problems(json: text) }
        if let id = given?["id"], JSONOutput(id) != line.id {
            problems.append("the answer has another id")
        }
        switch line.answer {
        case .decision(let decision):
            problems += properties.problems(decision)
            if let given, input.isChosen(oneIn: 4, 1) {
                let turned = answer(RequestText.reversed(given), engine)
                if turned != text { problems.append("the order of fields changes the answer") }
            }
        case .problem(let message, let column):
            if message.isEmpty { problems.append("an error without a message") }
            if column < 1 || column > input.bytes.count + 1 {
                problems.append("the column of an error lies outside of the line")
            }
        }
        if input.isChosen(oneIn: 8, 3) { problems += explained(input, engine) }
        if input.isChosen(oneIn: 8, 2), answer(input.bytes, engine) != text {
            problems.append("a request has two answers")
        }
        return problems
    }

    /// The request explained in every form, with all other keys unknown as often as not.
    private func explained(_ input: FuzzInput, _ engine: Engine) -> [String] {
        let now = Scenario.defaultClock
        guard var request = try? RequestLine.read(input.bytes, engine: engine, at: now) else {
            return []
        }
        if input.isChosen(oneIn: 2, 4) { request.unknownKeys.insert("*") }
        let decision = engine.decide(request)
        let explanation = Explanation(of: request, by: engine)
        var problems = properties.problems(explanation.decision)
        if Set(explanation.layers.flatMap(\.reasons)) != Set(decision.reasons) {
            problems.append("an explanation has other reasons than the decision")
        }
        let message = AccessDeniedMessage(decision, of: request, in: engine.organization)
        let answers = [ExplainedAnswer(explanation: explanation, message: message)]
        let text = ExplainedText(sources: properties.sources, style: .plain)
            .render(answers, .trace)
        let json = ExplainedJSON(sources: properties.sources).render(answers, .trace)
        let page = ExplanationPage(sources: properties.sources).render(answers)
        problems += PrintedText.problems(text) + PrintedText.problems(page)
        problems += PrintedText.problems(json: json)
        if page.contains("<script") { problems.append("a page holds a script") }
        return problems
    }

    private func answer(_ bytes: [UInt8], _ engine: Engine) -> String {
        let line = RequestLine(bytes, engine: engine, at: Scenario.defaultClock)
        return DecisionJSON.line(line, number: 7)
    }
}
