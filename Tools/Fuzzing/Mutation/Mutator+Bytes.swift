// Changes that know nothing of what the bytes mean.
extension Mutator {
    func changeBytes(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let place = generator.below(bytes.count)
        let most = generator.once(in: 2) ? 4 : 64
        let end = min(bytes.count, place + 1 + generator.below(most))
        switch generator.below(8) {
        case 0 where !bytes.isEmpty: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(generator.below(8))
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        case 4, 5: bytes.insert(contentsOf: OddText.token(&generator), at: place)
        case 6:
            guard let source = generator.pick(corpus.fragments) else { return }
            let start = generator.below(source.bytes.count)
            let stop = min(source.bytes.count, start + 1 + generator.below(64))
            bytes.insert(contentsOf: Array(source.bytes[start..<stop]), at: place)
        default: if generator.once(in: 4) { bytes.removeSubrange(place...) }
        }
    }
}
