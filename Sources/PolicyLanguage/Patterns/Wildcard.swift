/// A pattern ready to be compared with the whole of a text.
package struct Wildcard: Sendable, Hashable {
    package enum Token: Sendable, Hashable {
        case byte(UInt8)
        /// Any run of characters.
        case run
        /// Exactly one character.
        case character
        /// Any run of characters other than a colon.
        case runInSegment
        /// Exactly one character other than a colon.
        case characterInSegment
    }

    /// Runs never stand side by side: two match what the wider one does.
    package let tokens: [Token]
    private let stopsAtColons: Bool

    package init(_ tokens: [Token]) {
        self.tokens = Self.joiningRuns(tokens)
        stopsAtColons = self.tokens.contains(.runInSegment)
    }

    private static func joiningRuns(_ tokens: [Token]) -> [Token] {
        let isNeeded = zip(tokens, tokens.dropFirst()).contains { $0.isRun && $1.isRun }
        guard isNeeded else { return tokens }
        var joined: [Token] = []
        for token in tokens {
            guard token.isRun, let last = joined.last, last.isRun else {
                joined.append(token)
                continue
            }
            if token == .run { joined[joined.count - 1] = .run }
        }
        return joined
    }

    /// Whether the pattern covers the whole text.
    package func matches(_ text: String) -> Bool { comparison(with: text).matches }

    /// As above, of UTF-8.
    package func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        comparison(with: bytes).matches
    }

    /// A comparison with the work it took.
    package struct Comparison: Sendable {
        package let matches: Bool
        /// How many tokens were tried, or words of sixty-four of them at once.
        package let steps: Int
    }

    /// Compares the pattern with the whole text.
    ///
    /// - Complexity: linear for the usual patterns. No pattern and text take more than
    ///   (text + pattern) × 4 steps and text × (pattern / 64 + 1) more.
    package func comparison(with text: String) -> Comparison {
        var text = text
        return text.withUTF8 { comparison(with: $0) }
    }

    private func comparison(with bytes: UnsafeBufferPointer<UInt8>) -> Comparison {
        var steps = 0
        if !stopsAtColons {
            let limit = (bytes.count + tokens.count) * 4
            if let found = greedy(bytes, limit: limit, &steps) {
                return Comparison(matches: found, steps: steps)
            }
        }
        let found = WildcardStates(tokens).accept(bytes, &steps)
        return Comparison(matches: found, steps: steps)
    }

    /// Only the last run met needs to be tried again: an earlier one could not help.
    ///
    /// Nil when that takes more than a number of steps, as for `*aaaab` and a text of `a` alone.
    private func greedy(
        _ bytes: UnsafeBufferPointer<UInt8>,
        limit: Int,
        _ steps: inout Int
    ) -> Bool? {
        var token = 0
        var offset = 0
        var retry: (token: Int, offset: Int)?
        while offset < bytes.count {
            steps += 1
            guard steps <= limit else { return nil }
            if token < tokens.count, tokens[token] == .run {
                token += 1
                retry = (token, offset)
            } else if token < tokens.count, let width = step(tokens[token], bytes, offset) {
                token += 1
                offset += width
            } else if let last = retry {
                let next = last.offset + Self.width(of: bytes[last.offset])
                retry = (last.token, next)
                token = last.token
                offset = next
            } else {
                return false
            }
        }
        return offset == bytes.count && tokens[token...].allSatisfy { $0 == .run }
    }

    /// How many bytes a token other than a run takes at an offset; nil when it does not match.
    private func step(_ token: Token, _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int? {
        switch token {
        case .byte(let byte): bytes[offset] == byte ? 1 : nil
        case .character: Self.width(of: bytes[offset])
        case .characterInSegment:
            bytes[offset] == UInt8(ascii: ":") ? nil : Self.width(of: bytes[offset])
        case .run, .runInSegment: nil
        }
    }

    /// The length of the UTF-8 sequence that a byte leads.
    private static func width(of lead: UInt8) -> Int {
        switch lead {
        case 0xC0..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0...: 4
        default: 1
        }
    }
}

extension Wildcard.Token {
    fileprivate var isRun: Bool { self == .run || self == .runInSegment }
}
