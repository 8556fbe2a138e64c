import JSONSource
import PolicyLanguage

/// Two short texts, divided by an empty byte: read as every identifier and value there is.
struct TextTarget: FuzzTarget {
    private let mutator: Mutator
    private let words: [[UInt8]]

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        words = corpus.words + TextProperties.words.map { Array($0.utf8) }
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        var bytes = word(&generator)
        // Now and then the very same, so that equal things are compared as well.
        let other = generator.once(in: 4) ? bytes : word(&generator)
        bytes += [0] + other
        for _ in 0..<generator.below(4) { mutator.changeBytes(&bytes, &generator) }
        return FuzzInput(bytes: bytes, choice: generator.next())
    }

    private func word(_ generator: inout SeededGenerator) -> [UInt8] {
        let own = TextProperties.words
        guard generator.once(in: 2) else { return generator.pick(words) ?? [] }
        return generator.pick(own).map { Array($0.utf8) } ?? []
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        let parts = input.bytes.split(
            separator: 0,
            maxSplits: 1,
            omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        let first = parts.first ?? ""
        let second = parts.count > 1 ? parts[1] : ""
        return TextProperties.all.flatMap { property in
            property.holds(first, second) ? [] : ["\(property.name): '\(first)', '\(second)'"]
        }
    }
}
