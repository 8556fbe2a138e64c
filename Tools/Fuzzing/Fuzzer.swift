/// Feeds numbered inputs to targets; each follows from the corpus, a seed and its number.
package struct Fuzzer {
    private let seed: UInt64
    private let corpus: Corpus
    private let only: TargetName?
    /// Made when their first input comes.
    private var targets: [TargetName: any FuzzTarget] = [:]

    /// With `only`, every number is one for that target; a number that is the target's in the mix
    /// makes the same input.
    package init(_ corpus: Corpus, seed: UInt64, only: TargetName? = nil) {
        self.corpus = corpus
        self.seed = seed
        self.only = only
    }
}

extension Fuzzer {
    package func name(of number: UInt64) -> TargetName {
        if let only { return only }
        var generator = SeededGenerator(seed: ~seed, number: number)
        var left = generator.below(TargetName.allCases.reduce(0) { $0 + $1.share })
        for name in TargetName.allCases {
            left -= name.share
            if left < 0 { return name }
        }
        return .json
    }

    /// Reads what the target of a number needs, so that the input alone is timed.
    package mutating func prepare(_ name: TargetName) {
        if targets[name] == nil { targets[name] = name.target(corpus) }
    }

    package mutating func input(_ number: UInt64) -> FuzzInput {
        let name = name(of: number)
        prepare(name)
        var generator = SeededGenerator(seed: seed, number: number)
        return targets[name]?.input(&generator) ?? FuzzInput(bytes: [])
    }

    /// What is wrong with how an input was taken.
    package mutating func run(_ input: FuzzInput, of number: UInt64) -> [String] {
        targets[name(of: number)]?.run(input) ?? []
    }
}
