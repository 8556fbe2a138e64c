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
        var texts: [String] = []
        var patterns: [PatternWitnesses.Pattern] = []
        var numbers: [String] = []
        var addresses: [IPAddressRange] = []
        for condition in conditions where condition.key == key {
            for operand in condition.operands {
                switch operand.form(in: context) {
                case .pattern(let wildcard): patterns.append(.init(wildcard))
                case .textIgnoringCase(let text): patterns.append(.init(ignoringCase: text))
                case .boolean: texts += ["true", "false"]
                case .number: numbers.append(operand.text)
                case .date(let instant):
                    texts += [-1, 0, 1].map { instant.adding(seconds: $0).description }
                case .address(let range): addresses.append(range)
                case .bytes: texts += [operand.text, operand.text == "eA==" ? "eQ==" : "eA=="]
                case .anyARN: texts += ["arn:aws:x:::x", "x"]
                case .nothing: continue
                }
            }
        }
        var isComplete = true
        var steps = 1
        if !patterns.isEmpty {
            let found = PatternWitnesses.texts(for: patterns)
            texts += found.texts
            isComplete = found.isComplete
            steps += found.states
        }
        texts += Self.around(numbers)
        texts += addresses.flatMap(\.edges)
        var seen: Set<String> = []
        self.texts = texts.filter { seen.insert($0).inserted }
        self.isComplete = isComplete
        asksForText = !patterns.isEmpty
        self.steps = steps
    }

    /// The numbers, one between each two of them, one below and one above all.
    private static func around(_ texts: [String]) -> [String] {
        let known = texts.compactMap { text in
            Double(text).flatMap { value in value.isFinite ? (text: text, value: value) : nil }
        }
        let sorted = known.sorted { $0.value < $1.value }
        guard let first = sorted.first, let last = sorted.last else { return [] }
        let between = zip(sorted, sorted.dropFirst()).map { plain(($0.value + $1.value) / 2) }
        return [plain(first.value - 1)] + sorted.map(\.text) + between + [plain(last.value + 1)]
    }

    /// Whole numbers without a fraction, as calls carry them.
    private static func plain(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? value.description
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
