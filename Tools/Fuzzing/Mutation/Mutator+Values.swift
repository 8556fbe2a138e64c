// Changes that know where values, keys and items stand.
extension Mutator {
    private typealias Change =
        @Sendable (
            Mutator, Sample, Sample.Place, inout SeededGenerator
        ) -> [Edit]

    /// One change; most are one edit, a swap is two.
    func edits(of sample: Sample, _ generator: inout SeededGenerator) -> [Edit] {
        guard let place = generator.pick(sample.places),
            let change = generator.pick(Self.changes)
        else { return [] }
        return change(self, sample, place, &generator)
    }

    private static let changes: [Change] = [
        { $0.oddValue($2, &$3) },
        { $0.valueFromElsewhere($2, &$3) },
        { _, _, place, _ in [Edit(range: place.item, text: [])] },
        { $0.repeated($1, $2, &$3) },
        { $0.swapped($1, $2, &$3) },
        { $0.keyMisspelt($1, &$3) },
        { $0.keyFromElsewhere($1, &$3) },
        { $0.wrapped($1, $2, &$3) },
        { $0.unwrapped($1, $2, &$3) },
        { $0.stringSpliced($1, &$3) },
        { $0.stringSpliced($1, &$3) },
        { $0.stringMisspelt($1, &$3) },
        { $0.stringFromElsewhere($1, &$3) },
        { $0.nested($1, $2, &$3) },
        { $0.memberAdded($1, &$3) },
    ]

    private func oddValue(_ place: Sample.Place, _ generator: inout SeededGenerator) -> [Edit] {
        [Edit(range: place.value, text: OddText.value(&generator))]
    }

    private func valueFromElsewhere(
        _ place: Sample.Place,
        _ generator: inout SeededGenerator
    ) -> [Edit] {
        guard let source = generator.pick(corpus.fragments),
            let other = generator.pick(source.places)
        else { return [] }
        return [Edit(range: place.value, text: Array(source.bytes[other.value]))]
    }

    private func memberAdded(_ sample: Sample, _ generator: inout SeededGenerator) -> [Edit] {
        guard let place = pick(.object, of: sample, &generator),
            let source = generator.pick(corpus.fragments),
            let other = generator.pick(source.places), let key = other.key
        else { return [] }
        let comma = sample.bytes[place.value].contains(UInt8(ascii: ":")) ? "," : ""
        let start = place.value.lowerBound + 1
        let text = source.bytes[key] + Array(":".utf8) + source.bytes[other.value] + comma.utf8
        return [Edit(range: start..<start, text: Array(text))]
    }

    private func repeated(
        _ sample: Sample,
        _ place: Sample.Place,
        _ generator: inout SeededGenerator
    ) -> [Edit] {
        let copy = sample.bytes[place.itself] + Array(",".utf8)
        // Once is the usual mistake; many times is what eats memory.
        let most = generator.once(in: 200) ? 64 << 10 : 2_048
        let times = generator.once(in: 8) ? 1 + generator.below(most / copy.count + 1) : 1
        let text = Array(repeatElement(copy, count: times).joined())
        return [Edit(range: place.start..<place.start, text: text)]
    }

    private func swapped(
        _ sample: Sample,
        _ place: Sample.Place,
        _ generator: inout SeededGenerator
    ) -> [Edit] {
        guard let other = generator.pick(sample.places), !other.value.overlaps(place.value) else {
            return []
        }
        return [
            Edit(range: place.value, text: Array(sample.bytes[other.value])),
            Edit(range: other.value, text: Array(sample.bytes[place.value])),
        ]
    }

    private func keyMisspelt(_ sample: Sample, _ generator: inout SeededGenerator) -> [Edit] {
        guard let key = pickKey(of: sample, &generator) else { return [] }
        let inside = (key.lowerBound + 1)..<(key.upperBound - 1)
        return [Edit(range: inside, text: misspelt(Array(sample.bytes[inside]), &generator))]
    }

    private func keyFromElsewhere(_ sample: Sample, _ generator: inout SeededGenerator) -> [Edit] {
        guard let key = pickKey(of: sample, &generator) else { return [] }
        // Another key of the same text makes a duplicate of many a key.
        let own = generator.once(in: 2) ? pickKey(of: sample, &generator) : nil
        let text = own.map { Array(sample.bytes[$0]) } ?? generator.pick(corpus.keys) ?? []
        return [Edit(range: key, text: text)]
    }

    private func wrapped(
        _ sample: Sample,
        _ place: Sample.Place,
        _ generator: inout SeededGenerator
    ) -> [Edit] {
        let value = Array(sample.bytes[place.value])
        let text: [UInt8]
        switch generator.below(4) {
        case 0: text = Array("[".utf8) + value + Array("]".utf8)
        case 1:
            let key = generator.pick(corpus.keys) ?? Array("\"\"".utf8)
            text = Array("{".utf8) + key + Array(":".utf8) + value + Array("}".utf8)
        case 2: text = OddText.quoted(value)
        default: text = OddText.percentEncoded(value)
        }
        return [Edit(range: place.value, text: text)]
    }

    /// Something that stands in the value takes its place.
    private func unwrapped(
        _ sample: Sample,
        _ place: Sample.Place,
        _ generator: inout SeededGenerator
    ) -> [Edit] {
        let inside = sample.places.filter {
            place.value.contains($0.value.lowerBound) && $0.value != place.value
        }
        guard let other = generator.pick(inside) else {
            guard place.kind == .string else { return [] }
            let text = sample.bytes[place.value].dropFirst().dropLast()
            return [Edit(range: place.value, text: Array(text))]
        }
        return [Edit(range: place.value, text: Array(sample.bytes[other.value]))]
    }

    private func nested(
        _ sample: Sample,
        _ place: Sample.Place,
        _ generator: inout SeededGenerator
    ) -> [Edit] {
        let depth = 1 + generator.below(generator.once(in: 4) ? 300 : 12)
        let key = generator.once(in: 2) ? generator.pick(corpus.keys) : nil
        let open = key.map { Array("{".utf8) + $0 + Array(":".utf8) } ?? Array("[".utf8)
        let close = key == nil ? UInt8(ascii: "]") : UInt8(ascii: "}")
        let before = Array(repeatElement(open, count: depth).joined())
        let after = [UInt8](repeating: close, count: depth)
        return [Edit(range: place.value, text: before + sample.bytes[place.value] + after)]
    }
}

// Strings.
extension Mutator {
    private func stringSpliced(_ sample: Sample, _ generator: inout SeededGenerator) -> [Edit] {
        guard let inside = pickText(of: sample, &generator) else { return [] }
        let place = interesting(in: inside, of: sample.bytes, &generator)
        var text = OddText.token(&generator)
        if generator.once(in: 40) {
            let times = generator.below(4_096 / max(1, text.count))
            text = Array(repeatElement(text, count: times).joined())
        }
        // Half of them stand in the place of what was there.
        let end = generator.once(in: 2) ? place : generator.place(in: place..<inside.upperBound)
        return [Edit(range: place..<end, text: text)]
    }

    private func stringMisspelt(_ sample: Sample, _ generator: inout SeededGenerator) -> [Edit] {
        guard let inside = pickText(of: sample, &generator) else { return [] }
        return [Edit(range: inside, text: misspelt(Array(sample.bytes[inside]), &generator))]
    }

    private func stringFromElsewhere(
        _ sample: Sample,
        _ generator: inout SeededGenerator
    ) -> [Edit] {
        guard let inside = pickText(of: sample, &generator) else { return [] }
        return [Edit(range: inside, text: generator.pick(corpus.words) ?? [])]
    }

    /// Behind one of the signs that mean something in AWS's texts, or anywhere.
    private func interesting(
        in range: Range<Int>,
        of bytes: [UInt8],
        _ generator: inout SeededGenerator
    ) -> Int {
        let signs = range.filter { OddText.signs.contains(bytes[$0]) }
        guard !generator.once(in: 3), let sign = generator.pick(signs) else {
            return generator.place(in: range)
        }
        return sign + generator.below(2)
    }

    /// A word as somebody mistypes it.
    private func misspelt(_ word: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        guard !word.isEmpty else { return [UInt8(ascii: "x")] }
        var word = word
        let place = generator.below(word.count)
        switch generator.below(6) {
        case 0: word.remove(at: place)
        case 1: word.insert(word[place], at: place)
        case 2: word.swapAt(place, generator.below(word.count))
        // The other case of a letter, another sign of anything else.
        case 3: word[place] ^= 0x20
        case 4: word[place] = UInt8(ascii: "a") + UInt8(generator.below(26))
        default: word += Array("s".utf8)
        }
        return word
    }
}

extension Mutator {
    private func pick(
        _ kind: Sample.Kind,
        of sample: Sample,
        _ generator: inout SeededGenerator
    ) -> Sample.Place? {
        generator.pick(sample.places.filter { $0.kind == kind })
    }

    private func pickKey(of sample: Sample, _ generator: inout SeededGenerator) -> Range<Int>? {
        generator.pick(sample.places.compactMap(\.key))
    }

    /// What stands between the quotation marks of a string.
    private func pickText(of sample: Sample, _ generator: inout SeededGenerator) -> Range<Int>? {
        pick(.string, of: sample, &generator).map {
            ($0.value.lowerBound + 1)..<($0.value.upperBound - 1)
        }
    }
}
