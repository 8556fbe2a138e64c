import Authorization
import JSONSource
import PolicyLanguage
import Reports
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One organization and one request, decided over and over.
struct Benchmark {
    let name: String
    private let engine: Engine
    private let line: [UInt8]
    private let request: Request

    struct Failure: Error {
        let message: String
    }

    init(name: String, folder: String) throws {
        self.name = name
        let reader = FileReader { path in
            FileManager.default.contents(atPath: path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        let sources = SourceMap()
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        let path = "\(folder)/\(name).organization.json"
        guard let engine = scenarios.engine(path: path, namedAt: nil) else {
            let problems = DiagnosticRenderer(sources: sources).render(scenarios.diagnostics)
            throw Failure(message: problems)
        }
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name).requests.ndjson"),
            let first = Array(data).split(separator: 10).first
        else { throw Failure(message: "no request for \(name)") }
        self.engine = engine
        line = Array(first)
        request = try RequestLine.read(line, engine: engine, at: Scenario.defaultClock)
    }

    /// What verdict, reasons and a trace cost on a prepared request, and lines from text to answer.
    func run() -> [BenchmarkRow] {
        let verdicts = Self.rate { _ = engine.decide(request, telling: .verdict) }
        let decisions = Self.rate { _ = engine.decide(request) }
        let traces = Self.rate { _ = engine.trace(request) }
        let lines = Self.rate {
            _ = RequestLine(line, engine: engine, at: Scenario.defaultClock)
        }
        return [
            BenchmarkRow(name: name, work: "verdict", perSecond: verdicts),
            BenchmarkRow(name: name, work: "decision with reasons", perSecond: decisions),
            BenchmarkRow(name: name, work: "decision with trace", perSecond: traces),
            BenchmarkRow(name: name, work: "NDJSON line read and decided", perSecond: lines),
        ]
    }

    /// The same from standard input to standard output.
    func evaluated(_ folder: String) -> EvaluateBenchmark {
        let path = "\(folder)/\(name).organization.json"
        return EvaluateBenchmark(name: name, organization: path, request: line)
    }

    /// What an answer takes to write.
    func written() -> BenchmarkRow {
        let answer = RequestLine(line, engine: engine, at: Scenario.defaultClock)
        var writer = JSONWriter()
        let rate = Self.rate {
            if writer.bytes.count > 1 << 18 { writer = JSONWriter() }
            DecisionJSON.write(answer, number: 1, to: &writer)
            writer.endLine()
        }
        return BenchmarkRow(name: name, work: "NDJSON answer written", perSecond: rate)
    }

    /// How often a second a piece of work is done: the best of five half seconds.
    private static func rate(_ work: () -> Void) -> Double {
        let clock = ContinuousClock()
        var best = 0.0
        for _ in 0..<5 {
            var count = 0
            let start = clock.now
            var elapsed = Duration.zero
            while elapsed < .milliseconds(500) {
                for _ in 0..<100 { work() }
                count += 100
                elapsed = clock.now - start
            }
            let seconds = elapsed.seconds
            best = max(best, Double(count) / seconds)
        }
        return best
    }
}

/// One figure of a benchmark run: a rate or a time.
struct BenchmarkRow {
    let name: String
    let work: String
    private let figure: Figure

    private enum Figure {
        case perSecond(Double)
        case seconds(Double)
    }

    init(name: String, work: String, perSecond: Double) {
        self.name = name
        self.work = work
        figure = .perSecond(perSecond)
    }

    init(name: String, work: String, seconds: Double) {
        self.name = name
        self.work = work
        figure = .seconds(seconds)
    }

    static func table(_ rows: [BenchmarkRow]) -> String {
        let lines = rows.map { row in
            let name = row.name.padding(to: 14) + row.work.padding(to: 32)
            return switch row.figure {
            case .perSecond(let rate): "\(name)\(Int(rate))/s"
            case .seconds(let time) where time < 0.01:
                "\(name)\(Int((time * 1_000_000).rounded())) µs"
            case .seconds(let time): "\(name)\(Int((time * 1_000).rounded())) ms"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func json(_ rows: [BenchmarkRow]) -> JSONOutput {
        .array(
            rows.map { row in
                let figure: (String, Int) =
                    switch row.figure {
                    case .perSecond(let rate): ("perSecond", Int(rate))
                    case .seconds(let time): ("microseconds", Int((time * 1_000_000).rounded()))
                    }
                return .object([
                    .init("case", .string(row.name)),
                    .init("work", .string(row.work)),
                    .init(figure.0, .integer(figure.1)),
                ])
            }
        )
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
