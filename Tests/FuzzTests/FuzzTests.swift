import Foundation
import Fuzzing
import Testing

/// A seeded, bounded share of what `orgsim-fuzz` does without end.
@Suite("Mutated input")
struct FuzzTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    private static let corpus = Corpus(
        CorpusFolder.files(
            [
                "Scenarios", "Tests/RuleScenarios", "Tests/Conformance/invalid",
                "Tests/ImportingTests/Fixtures",
            ].map { project + $0 }
        )
    )

    /// Some inputs of a target, few of what is slow.
    struct Share: Sendable, CustomTestStringConvertible {
        let target: TargetName
        let numbers: Range<UInt64>

        var testDescription: String { "\(target) \(numbers)" }

        init(_ target: TargetName, _ count: UInt64) {
            self.target = target
            numbers = 0..<count
        }

        static let all = [
            Share(.json, 3_000), Share(.policy, 1_000), Share(.request, 2_000),
            Share(.text, 2_000), Share(.organization, 300), Share(.scenario, 200),
            Share(.arguments, 300), Share(.export, 30),
            Share(.record, 500),
        ]
    }

    @Test("whatever the bytes, nothing crashes and what must hold holds", arguments: Share.all)
    func share(_ share: Share) {
        var fuzzer = Fuzzer(Self.corpus, seed: 5, only: share.target)
        for number in share.numbers {
            let input = fuzzer.input(number)
            let problems = fuzzer.run(input, of: number)
            #expect(problems == [], "input \(number) of \(share.target)")
        }
    }

    @Test("an input follows from its seed and its number", arguments: TargetName.allCases)
    func inputsAreRepeatable(_ target: TargetName) {
        var first = Fuzzer(Self.corpus, seed: 5, only: target)
        var second = Fuzzer(Self.corpus, seed: 5, only: target)
        let inputs = (0..<20).map { first.input($0).bytes }
        #expect(inputs == (0..<20).reversed().map { second.input($0).bytes }.reversed())
        #expect(Set(inputs).count > 5)
    }

    @Test("every target has its part in the mix")
    func mixHoldsEveryTarget() {
        let fuzzer = Fuzzer(Self.corpus, seed: 5)
        let names = (0..<2_000).map { fuzzer.name(of: $0) }
        for target in TargetName.allCases {
            let count = names.count { $0 == target }
            #expect(abs(count - target.share * 2) < 60, "\(target)")
        }
        #expect(TargetName.allCases.reduce(0) { $0 + $1.share } == 1_000)
    }
}
