/// Values of a condition key that tell conditions apart.
package struct TellingValues: Sendable {
    /// Texts of which each behaves differently, or may; no two behave alike needlessly.
    package let texts: [String]
    /// Whether every way in which the conditions can come out together has a text.
    package let isComplete: Bool
    /// Whether some condition compares text, so that values matter which nothing names.
    package let asksForText: Bool
    /// How much was looked at to find them.
    package let steps: Int

    /// The values of a key that the conditions compare with it; variables come from the context.
    package init(of key: ConditionKey, in conditions: [Condition], context: RequestContext) {
        var kinds: Set<String> = []
        var texts: [String] = []
        var patterns: [PatternWitnesses.Pattern] = []
        var numbers: [String] = []
        var dates: [Instant] = []
        var addresses: [IPAddressRange] = []
        for condition in conditions where condition.key == key {
            for operand in condition.operands {
                switch operand.form(in: context) {
                case .pattern(let wildcard): patterns.append(.init(wildcard))
                case .textIgnoringCase(let text): patterns.append(.init(ignoringCase: text))
                case .boolean:
                    texts += ["true", "false"]
                    kinds.insert("boolean")
                case .number: numbers.append(operand.text)
                case .date(let instant): dates.append(instant)
                case .address(let range): addresses.append(range)
                case .bytes:
                    texts += [operand.text, operand.text == "eA==" ? "eQ==" : "eA=="]
                    kinds.insert("bytes")
                case .nothing: continue
                }
            }
        }
        var isComplete = true
        var steps = 1
        if !patterns.isEmpty {
            kinds.insert("text")
            let found = PatternWitnesses.texts(for: patterns)
            texts += found.texts
            isComplete = found.isComplete
            steps += found.states
        }
        if !numbers.isEmpty {
            kinds.insert("number")
            // A date compared with numbers is one in seconds.
            let found = Self.around(numbers + dates.map { String($0.seconds) })
            texts += found.texts
            isComplete = isComplete && found.isComplete
        } else if !dates.isEmpty {
            kinds.insert("date")
            texts += Self.around(dates)
        }
        if !addresses.isEmpty {
            kinds.insert("address")
            texts += addresses.flatMap(\.edges)
            // An address of the one family lies in no range of the other (COND-27).
            if !addresses.contains(where: \.isIPv4) { texts.append("192.0.2.1") }
            if addresses.allSatisfy(\.isIPv4) { texts.append("2001:db8:0:0:0:0:0:1") }
        }
        var seen: Set<String> = []
        self.texts = texts.filter { seen.insert($0).inserted }
        // A number that is no match for a pattern, and the like, is not looked for.
        self.isComplete = isComplete && kinds.count <= 1
        asksForText = !patterns.isEmpty
        self.steps = steps
    }

    /// The numbers, one between each two of them, one below and one above all.
    private static func around(_ texts: [String]) -> (texts: [String], isComplete: Bool) {
        let known = texts.compactMap { text in
            // Beyond these a fraction in between cannot be written in binary.
            Double(text).flatMap { abs($0) < 1e15 ? (text: text, value: $0) : nil }
        }
        let sorted = known.sorted { $0.value < $1.value }
        guard let first = sorted.first, let last = sorted.last else { return (["0"], false) }
        let between = zip(sorted, sorted.dropFirst()).map { plain(($0.value + $1.value) / 2) }
        let all =
            [plain(first.value - 1)] + sorted.map(\.text) + between + [plain(last.value + 1)]
        return (all, known.count == texts.count)
    }

    /// Whole numbers without a fraction, as calls carry them.
    private static func plain(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? value.description
    }

    /// The instants, one between each two of them, one before and one after all.
    private static func around(_ instants: [Instant]) -> [String] {
        let sorted = instants.sorted()
        guard let first = sorted.first, let last = sorted.last else { return [] }
        let between = zip(sorted, sorted.dropFirst()).map {
            Instant(microseconds: $0.microseconds + ($1.microseconds - $0.microseconds) / 2)
        }
        let all = [first.adding(seconds: -1)] + sorted + between + [last.adding(seconds: 1)]
        return all.map(\.description)
    }
}

extension IPAddressRange {
    /// The first and the last address, and the ones before and behind, as text.
    fileprivate var edges: [String] {
        var first = bytes
        var last = bytes
        for index in bytes.indices {
            let kept = min(max(prefixLength - index * 8, 0), 8)
            let mask: UInt8 = kept == 8 ? 0xFF : ~(0xFF >> UInt8(kept))
            first[index] &= mask
            last[index] |= ~mask
        }
        let before = Self.adding(to: first, 255, wrapsAt: 0)
        let behind = Self.adding(to: last, 1, wrapsAt: 255)
        return [first, last, before, behind].compactMap { $0 }.map(Self.text)
    }

    /// One more or one less; nil at the end of all addresses.
    private static func adding(to bytes: [UInt8], _ step: UInt8, wrapsAt limit: UInt8) -> [UInt8]? {
        var result = bytes
        for index in bytes.indices.reversed() {
            let wraps = result[index] == limit
            result[index] &+= step
            if !wraps { return result }
        }
        return nil
    }

    private static func text(_ bytes: [UInt8]) -> String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }.joined(separator: ":")
    }
}
