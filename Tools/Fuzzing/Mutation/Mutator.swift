/// Makes bad input out of good: a function of a sample and a generator, so that any input can be
/// made again.
struct Mutator: Sendable {
    /// No input gets longer than this, in bytes.
    private static let lengthLimit = 256 << 10

    let corpus: Corpus

    init(_ corpus: Corpus) { self.corpus = corpus }
}

/// What stands in a range is replaced.
struct Edit {
    let range: Range<Int>
    let text: [UInt8]
}

extension Mutator {
    /// A sample with some of its values changed, and now and then its bytes.
    func mutated(_ sample: Sample, _ generator: inout SeededGenerator) -> [UInt8] {
        var edits: [Edit] = []
        if !sample.places.isEmpty {
            let count = 1 + [0, 0, 0, 1, 1, 2, 3, 5][generator.below(8)]
            for _ in 0..<count { edits += self.edits(of: sample, &generator) }
        }
        var bytes = Self.apply(edits, to: sample.bytes)
        if sample.places.isEmpty || generator.once(in: 3) {
            for _ in 0...generator.below(3) { changeBytes(&bytes, &generator) }
        }
        return bytes.count > Self.lengthLimit ? Array(bytes[..<Self.lengthLimit]) : bytes
    }

    /// Replaces from the end on, so that no edit moves another one's place; of two that overlap
    /// one is made.
    private static func apply(_ edits: [Edit], to bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var limit = bytes.count
        for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound })
        where edit.range.upperBound <= limit {
            bytes.replaceSubrange(edit.range, with: edit.text)
            limit = edit.range.lowerBound
        }
        return bytes
    }
}
