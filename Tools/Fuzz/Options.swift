import Fuzzing

/// The words of
/// `orgsim-fuzz [--target NAME] [--seed S] [--from N] [--count N] [--print] FOLDER…`.
struct Options {
    var target: TargetName?
    var seed: UInt64 = 1
    var from: UInt64 = 0
    var count: UInt64 = 100_000
    /// Whether inputs are written to standard output.
    var prints = false
    var folders: [String] = []

    /// Nil for words that are not understood.
    init?(_ words: [String]) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--target":
                target = rest.popFirst().flatMap { TargetName(rawValue: $0) }
                if target == nil { return nil }
            case "--seed", "--from", "--count":
                guard let number = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
                switch word {
                case "--seed": seed = number
                case "--from": from = number
                default: count = number
                }
            case "--print": prints = true
            default:
                if word.hasPrefix("-") { return nil }
                folders.append(word)
            }
        }
        if folders.isEmpty { return nil }
    }

    static let usage = """
        usage: orgsim-fuzz [--target NAME] [--seed S] [--from N] [--count N] [--print] FOLDER…
        targets: \(TargetName.allCases.map(\.rawValue).joined(separator: ", "))

        Inputs are made of the files in the folders; each follows from them, the seed and its number.

        """

    /// The words that make one input again.
    func replay(_ number: UInt64) -> String {
        let target = target.map { "--target \($0.rawValue) " } ?? ""
        let words = "\(target)--seed \(seed) --from \(number) --count 1"
        return "orgsim-fuzz \(words) \(folders.joined(separator: " "))"
    }
}
