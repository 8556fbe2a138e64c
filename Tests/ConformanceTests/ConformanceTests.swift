import Foundation
import JSONSource
import Reports
import Scenarios
import Testing

/// The conformance suite beside this folder: cases written from the rules, for any engine.
@Suite struct ConformanceTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The scenario files of a folder below the project's, by path.
    private static func files(_ folder: String) -> [String] {
        let path = tests.deletingLastPathComponent().path() + folder
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        return (names ?? []).filter { $0.hasSuffix(".json") }.sorted().map { path + "/" + $0 }
    }

    static let suite = files("Tests/Conformance/scenarios")
    static let own = files("Tests/RuleScenarios") + files("Scenarios")

    @Test("the suite is there, all of it")
    func suiteIsComplete() {
        #expect(Self.suite.count == 73)
        #expect(Self.own.count > 12)
    }

    @Test("every scenario passes", arguments: suite + own)
    func scenarioPasses(path: String) throws {
        let sources = SourceMap()
        let reader = FileReader { path in
            FileManager.default.contents(atPath: path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        let scenario = scenarios.read(path)
        let problems = DiagnosticRenderer(sources: sources).render(scenarios.diagnostics)
        let replayed = ScenarioReplay.run(try #require(scenario, "\(problems)"))
        let errors = DiagnosticRenderer(sources: sources).render(replayed.diagnostics)
        #expect(replayed.diagnostics.isEmpty, "\(errors)")
        let report = TextReport(sources: sources, style: .plain)
        let text = report.render(RunSummary(results: [replayed.value], seconds: 0))
        #expect(replayed.value.status == .passed, "\(text)")
        #expect(!replayed.value.steps.flatMap(\.checks).isEmpty)
    }
}
