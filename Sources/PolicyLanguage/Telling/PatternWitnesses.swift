/// Texts that tell patterns apart: one for every set of patterns that some text matches together.
///
/// The patterns run side by side over texts of growing length; only characters that one of them
/// waits for, a colon and one that none of them knows make a difference.
struct PatternWitnesses {
    /// One pattern, or a plain text compared with or without regard to case.
    struct Pattern {
        fileprivate let symbols: [Symbol]
        fileprivate let ignoresCase: Bool

        init(_ wildcard: Wildcard) {
            symbols = Symbol.symbols(of: wildcard.tokens)
            ignoresCase = false
        }

        init(ignoringCase text: String) {
            symbols = text.unicodeScalars.map { .scalar($0) }
            ignoresCase = true
        }
    }

    fileprivate enum Symbol: Hashable {
        case scalar(Unicode.Scalar)
        case run(stopsAtColon: Bool)
        case any(notColon: Bool)
    }

    /// At most this many states are looked at: what is beyond is told apart by no text.
    private static let stateLimit = 3_000

    private let patterns: [Pattern]

    /// What was found.
    struct Found {
        /// Shortest first.
        let texts: [String]
        /// Whether all sets of patterns were found.
        let isComplete: Bool
        /// How many states were looked at.
        let states: Int
    }

    static func texts(for patterns: [Pattern]) -> Found {
        PatternWitnesses(patterns: patterns).search()
    }

    private func search() -> Found {
        let start = patterns.map { closure([0], of: $0) }
        var queue: [(state: [[Int]], text: String)] = [(start, "")]
        var seen: Set = [start]
        var found: Set<[Bool]> = []
        var texts: [String] = []
        var next = 0
        while next < queue.count {
            let (state, text) = queue[next]
            next += 1
            let accepted = zip(patterns, state).map { $1.contains($0.symbols.count) }
            if found.insert(accepted).inserted { texts.append(text) }
            for scalar in telling(state) {
                let after = zip(patterns, state).map { step($1, scalar, $0) }
                guard seen.insert(after).inserted else { continue }
                guard seen.count <= Self.stateLimit else {
                    return Found(texts: texts, isComplete: false, states: seen.count)
                }
                queue.append((after, text + String(scalar)))
            }
        }
        return Found(texts: texts, isComplete: true, states: seen.count)
    }

    /// The characters that lead to different states, in a fixed order.
    private func telling(_ state: [[Int]]) -> [Unicode.Scalar] {
        var wanted: Set<Unicode.Scalar> = []
        var minds = false
        for (pattern, positions) in zip(patterns, state) {
            for position in positions where position < pattern.symbols.count {
                switch pattern.symbols[position] {
                case .scalar(let scalar):
                    wanted.insert(scalar)
                    if pattern.ignoresCase { wanted.formUnion(scalar.cases) }
                case .run(let stops), .any(let stops): minds = minds || stops
                }
            }
        }
        let fresh = "xyzwvutsrq0123456789abcdefghijklmnop".unicodeScalars
            .first { !wanted.contains($0) }
        if minds { wanted.insert(":") }
        return wanted.sorted() + (fresh.map { [$0] } ?? [])
    }

    private func step(_ positions: [Int], _ scalar: Unicode.Scalar, _ pattern: Pattern) -> [Int] {
        var after: Set<Int> = []
        for position in positions where position < pattern.symbols.count {
            switch pattern.symbols[position] {
            case .scalar(let wanted):
                let fits =
                    wanted == scalar || pattern.ignoresCase && wanted.cases.contains(scalar)
                if fits { after.insert(position + 1) }
            case .any(let notColon): if !notColon || scalar != ":" { after.insert(position + 1) }
            case .run(let stops): if !stops || scalar != ":" { after.insert(position) }
            }
        }
        return closure(after, of: pattern)
    }

    /// A run may also be empty.
    private func closure(_ positions: Set<Int>, of pattern: Pattern) -> [Int] {
        var all = positions
        for position in positions {
            var next = position
            while next < pattern.symbols.count, case .run = pattern.symbols[next] {
                next += 1
                all.insert(next)
            }
        }
        return all.sorted()
    }
}

extension PatternWitnesses.Symbol {
    /// Tokens are bytes; characters of several bytes are put together again.
    fileprivate static func symbols(of tokens: [Wildcard.Token]) -> [Self] {
        var symbols: [Self] = []
        var bytes: [UInt8] = []
        func flush() {
            symbols += String(decoding: bytes, as: UTF8.self).unicodeScalars.map { .scalar($0) }
            bytes = []
        }
        for token in tokens {
            if case .byte(let byte) = token {
                bytes.append(byte)
                continue
            }
            flush()
            switch token {
            case .byte: continue
            case .run: symbols.append(.run(stopsAtColon: false))
            case .runInSegment: symbols.append(.run(stopsAtColon: true))
            case .character: symbols.append(.any(notColon: false))
            case .characterInSegment: symbols.append(.any(notColon: true))
            }
        }
        flush()
        return symbols
    }
}

extension Unicode.Scalar {
    /// The letter in lower and in upper case; itself where there is no such pair.
    fileprivate var cases: [Unicode.Scalar] {
        let lower = String(self).lowercased().unicodeScalars
        let upper = String(self).uppercased().unicodeScalars
        guard lower.count == 1, upper.count == 1 else { return [self] }
        return Array(lower) + Array(upper)
    }
}
