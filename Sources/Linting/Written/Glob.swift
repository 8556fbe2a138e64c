/// A text with `*` and `?`, to be compared with another such text rather than with plain text.
package struct Glob: Sendable {
    fileprivate let tokens: [Token]

    fileprivate enum Token: Sendable, Hashable {
        case byte(UInt8)
        case character
        case run
        /// Any run of characters but `/`.
        case runInName
    }

    /// `${…}` counts as `*`: what a variable will hold is not known.
    package init(_ text: String) {
        tokens = Self.tokens(text, gap: .run)
    }

    /// An ARN format of the catalog such as `arn:${Partition}:s3:::${BucketName}`.
    ///
    /// A name that fills the whole of its part of the ARN holds no slash: a bucket's name does
    /// not take in the key of an object.
    init(formatPart text: Substring) {
        let isAlone = text.hasPrefix("${") && text.firstIndex(of: "}") == text.indices.last
        tokens = Self.tokens(String(text), gap: isAlone ? .runInName : .run)
    }

    private static func tokens(_ text: String, gap: Token) -> [Token] {
        var tokens: [Token] = []
        let bytes = Array(text.utf8)
        // Behind the last brace no gap can end, so none needs to be looked for.
        let lastBrace = bytes.lastIndex(of: UInt8(ascii: "}")) ?? -1
        var rest = bytes[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "$"), rest.startIndex < lastBrace,
                rest.dropFirst().first == UInt8(ascii: "{"),
                let end = rest.firstIndex(of: UInt8(ascii: "}"))
            {
                tokens.append(gap)
                rest = rest[(end + 1)...]
                continue
            }
            switch byte {
            case UInt8(ascii: "*"): if tokens.last != .run { tokens.append(.run) }
            case UInt8(ascii: "?"): tokens.append(.character)
            default: tokens.append(.byte(byte))
            }
            rest = rest.dropFirst()
        }
        return tokens
    }
}

extension Glob {
    /// Beyond this many steps two texts are not compared.
    private static let stepLimit = 20_000

    /// Whether everything the other covers is covered by this; false where that is not known.
    ///
    /// - Complexity: O(tokens × tokens of the other).
    package func covers(_ other: Glob) -> Bool {
        // Nearly all pairs differ before the first wildcard.
        let head = tokens.prefix { $0.isLiteral }
        guard other.tokens.starts(with: head) else { return false }
        if head.count == tokens.count { return other.tokens.count == tokens.count }
        let steps = (tokens.count - head.count) * (other.tokens.count - head.count)
        guard steps <= Self.stepLimit else { return false }
        // reached[n]: the tokens read so far cover the first n of the other.
        var reached = [Bool](repeating: false, count: other.tokens.count + 1)
        reached[0] = true
        for token in tokens {
            var next = [Bool](repeating: false, count: reached.count)
            var isRunning = false
            for place in reached.indices {
                switch token {
                case .run:
                    isRunning = isRunning || reached[place]
                    next[place] = isRunning
                case .runInName:
                    if place > 0, other.tokens[place - 1] == .byte(UInt8(ascii: "/")) {
                        isRunning = false
                    }
                    isRunning = isRunning || reached[place]
                    next[place] = isRunning
                case .byte, .character:
                    guard place > 0, reached[place - 1] else { continue }
                    let theirs = other.tokens[place - 1]
                    next[place] = theirs == token || token == .character && theirs.isSingle
                }
            }
            reached = next
        }
        return reached[other.tokens.count]
    }

    /// Whether some text is covered by both; true where that is not known.
    ///
    /// - Complexity: O(tokens × tokens of the other).
    package func meets(_ other: Glob) -> Bool {
        // What both begin with says nothing.
        let head = zip(tokens, other.tokens).prefix { $0 == $1 && $0.isLiteral }.count
        let (mine, theirs) = (Array(tokens[head...]), Array(other.tokens[head...]))
        guard mine.count * theirs.count <= Self.stepLimit else { return true }
        var reached = [[Bool]](
            repeating: [Bool](repeating: false, count: theirs.count + 1),
            count: mine.count + 1
        )
        reached[0][0] = true
        for first in 0...mine.count {
            for second in 0...theirs.count where reached[first][second] {
                let one = first < mine.count ? mine[first] : nil
                let two = second < theirs.count ? theirs[second] : nil
                // A run may end here, or take in whatever the other side holds next.
                if let one, one.isRun {
                    reached[first + 1][second] = true
                    if let two, one.takes(two) { reached[first][second + 1] = true }
                }
                if let two, two.isRun {
                    reached[first][second + 1] = true
                    if let one, two.takes(one) { reached[first + 1][second] = true }
                }
                if let one, let two, one.isSingle, two.isSingle,
                    one == two || one == .character || two == .character
                {
                    reached[first + 1][second + 1] = true
                }
            }
        }
        return reached[mine.count][theirs.count]
    }
}

extension Glob.Token {
    fileprivate var isRun: Bool { self == .run || self == .runInName }
    fileprivate var isSingle: Bool { !isRun }
    fileprivate var isLiteral: Bool { if case .byte = self { true } else { false } }

    /// Whether a run goes on over a token of the other side.
    fileprivate func takes(_ other: Glob.Token) -> Bool {
        self == .run || other != .byte(UInt8(ascii: "/"))
    }
}
