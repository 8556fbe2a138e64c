/// Makes bad input out of good: a function of the corpus and a number, so that any input can be
/// made again.
package struct Mutator: Sendable {
    private let corpus: Corpus

    package init(_ corpus: Corpus) { self.corpus = corpus }
}

/// One input: a file of the corpus, changed.
package struct MutatedInput: Sendable {
    package let path: String
    package let bytes: [UInt8]
}

extension Mutator {
    /// The input of a number.
    package func input(seed: UInt64, number: UInt64) -> MutatedInput {
        var generator = SeededGenerator(seed: seed &* 0x2545_f491_4f6c_dd1d &+ number)
        let path = corpus.paths[generator.below(corpus.paths.count)]
        var bytes = corpus.files[path] ?? []
        // Values are moved first, while their places still are what the corpus says.
        if generator.below(3) > 0 { replaceValue(of: path, in: &bytes, &generator) }
        for _ in 0..<generator.below(4) { change(&bytes, &generator) }
        return MutatedInput(path: path, bytes: bytes)
    }

    /// Puts a value of some file, or an odd one, where a value stands.
    private func replaceValue(
        of path: String,
        in bytes: inout [UInt8],
        _ generator: inout SeededGenerator
    ) {
        guard let places = corpus.values[path], !places.isEmpty else { return }
        let place = places[generator.below(places.count)]
        if generator.below(2) == 0 {
            let odd = Self.oddValues[generator.below(Self.oddValues.count)]
            bytes.replaceSubrange(place, with: odd.utf8)
            return
        }
        let other = corpus.paths[generator.below(corpus.paths.count)]
        guard let source = corpus.files[other], let values = corpus.values[other], !values.isEmpty
        else { return }
        let value = values[generator.below(values.count)]
        // Whole files inside files grow without end.
        guard value.count <= 4_096 else { return }
        bytes.replaceSubrange(place, with: source[value])
    }

    private func change(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let place = generator.below(bytes.count)
        let end = min(bytes.count, place + 1 + generator.below(generator.below(2) == 0 ? 4 : 64))
        switch generator.below(6) {
        case 0 where !bytes.isEmpty: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(generator.below(8))
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        case 4:
            let token = Self.tokens[generator.below(Self.tokens.count)]
            bytes.insert(contentsOf: token.utf8, at: place)
        default: if generator.below(8) == 0 { bytes.removeSubrange(place...) }
        }
    }

    private static let oddValues = [
        "null", "true", "0", "-1", "1e309", "123456789012", #""""#, #""*""#, #""arn:""#, "[]", "{}",
        "[null]", #"["*", "*"]"#, #"{"$ref": "x.json"}"#, ##"{"$ref": "#/root"}"##, #""${aws:""#,
        #""\ud800""#, #""2026-13-01T00:00:00Z""#, #""ForAllValues:""#, #""arn:aws:iam::*:role/*""#,
        #"{"": {"": {}}}"#, #"{"$lint": {"a": 1}}"#, "9223372036854775808", #""sts:AssumeRole""#,
    ]

    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "null", "*", "?", "${", "}", "$ref",
        "Statement", "Principal", "NotAction", "\u{FEFF}", "\u{0}", "é", "🪣", "e", "-", "0", "\n",
        "aws:", "::", "/", "..", "#/",
    ]
}
