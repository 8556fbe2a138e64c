import Foundation
import Fuzzing
import Testing

/// A seeded, bounded share of what `orgsim-fuzz` does without end.
@Suite("Mutated input")
struct FuzzTests {
    @Test("whatever the bytes, nothing crashes and every problem has its place")
    func share() throws {
        let project = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var files: [String: [UInt8]] = [:]
        for folder in ["Scenarios", "Tests/RuleScenarios", "Tests/Conformance/invalid"] {
            let path = project.appending(path: folder).path()
            let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }
            for name in names ?? [] where name.hasSuffix(".json") {
                let data = try #require(FileManager.default.contents(atPath: path + "/" + name))
                files[folder + "/" + name] = Array(data)
            }
        }
        let corpus = Corpus(files)
        let mutator = Mutator(corpus)
        var target = FuzzTarget(corpus)
        for number in 0..<1_000 as Range<UInt64> {
            let input = mutator.input(seed: 5, number: number)
            let problem = target.run(input)
            #expect(problem == nil, "input \(number), \(input.path)")
        }
    }
}
