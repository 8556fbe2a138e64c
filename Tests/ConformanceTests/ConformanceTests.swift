import Foundation
import JSONSource
import Reports
import Scenarios
import Testing

/// The conformance suite beside this folder: cases written from the rules, for any engine.
@Suite struct ConformanceTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Conformance").path()

    static let scenarios = try? FileManager.default
        .contentsOfDirectory(atPath: folder + "scenarios").filter { $0.hasSuffix(".json") }.sorted()

    @Test("the suite is there, all of it")
    func suiteIsComplete() throws {
        #expect(try #require(Self.scenarios).count == 73)
    }

    @Test("every scenario passes", arguments: scenarios ?? [])
    func scenarioPasses(name: String) throws {
        let sources = SourceMap()
        let reader = FileReader { path in
            FileManager.default.contents(atPath: path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        var scenarios = ScenarioReader(loader: DocumentLoader(reader: reader, sources: sources))
        let scenario = scenarios.read(Self.folder + "scenarios/" + name)
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
