import PolicyLanguage

/// A pattern of a policy, sorted by how it can be compared soonest.
struct Pattern: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        /// Covers every text, and what is no text.
        case everything
        /// One text, compared by its number.
        case exact
        /// A text, then anything.
        case prefix
        /// Anything, then a text.
        case suffix
        /// A text, anything, another text.
        case around
        /// Wildcards anywhere, as ``WildcardByte``s between the others.
        case wildcards
        /// Wildcards of which some stop at colons; rare.
        case segments
        /// Policy variables, whose values are put in for each request.
        case template
    }

    var kind: Kind
    /// For `around` how many bytes stand before the gap.
    var head: UInt32 = 0
    var symbol: Symbol = 0
    /// Bytes of the text; for `template` pieces.
    var run = Run()
}

/// Bytes that stand in no UTF-8 text, for wildcards: a `*` that a variable puts in stays a `*`.
enum WildcardByte {
    static let run: UInt8 = 0xFF
    static let character: UInt8 = 0xFE
    static let runInSegment: UInt8 = 0xFD
    static let characterInSegment: UInt8 = 0xFC

    static func byte(for token: Wildcard.Token) -> UInt8 {
        switch token {
        case .byte(let byte): byte
        case .run: run
        case .character: character
        case .runInSegment: runInSegment
        case .characterInSegment: characterInSegment
        }
    }

    static func token(for byte: UInt8) -> Wildcard.Token {
        switch byte {
        case run: .run
        case character: .character
        case runInSegment: .runInSegment
        case characterInSegment: .characterInSegment
        default: .byte(byte)
        }
    }
}

/// A piece of a pattern with policy variables.
struct TemplatePiece: BitwiseCopyable {
    /// 0 for bytes that stand there as they are, wildcards included.
    var slot: UInt32 = 0
    /// What stands for a variable without value; 0 for nothing.
    var fallback: Symbol = 0
    var bytes = Run()
}

/// The patterns of policies and the bytes they are made of.
struct Patterns: ~Copyable {
    var all = Arena<Pattern>()
    var bytes = Arena<UInt8>(capacity: 1_024)
    var pieces = Arena<TemplatePiece>()
    /// A template with values put in.
    var expanded = Arena<UInt8>(capacity: 256)
}

extension Patterns {
    @inline(__always)
    func text(_ run: Run) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes.pointer(at: run.start), count: Int(run.count))
    }

    /// A pattern without variables, by its tokens.
    mutating func pattern(_ tokens: [UInt8], _ symbols: inout Symbols) -> Pattern {
        var tokens = tokens
        // Two runs in a row match what one does.
        var count = 0
        for place in tokens.indices {
            let token = tokens[place]
            if token == WildcardByte.run, count > 0, tokens[count - 1] == token { continue }
            tokens[count] = token
            count += 1
        }
        tokens.removeLast(tokens.count - count)
        guard let first = tokens.firstIndex(where: { $0 >= WildcardByte.characterInSegment }) else {
            let symbol = tokens.withUnsafeBufferPointer { symbols.symbol($0) }
            return Pattern(kind: .exact, symbol: symbol)
        }
        let wild = tokens.indices[first...].filter {
            tokens[$0] >= WildcardByte.characterInSegment
        }
        if wild.contains(where: { tokens[$0] < WildcardByte.character }) {
            return Pattern(kind: .segments, run: store(tokens))
        }
        guard wild.count == 1, tokens[first] == WildcardByte.run else {
            return Pattern(kind: .wildcards, run: store(tokens))
        }
        let rest = Array(tokens[..<first] + tokens[(first + 1)...])
        let kind: Pattern.Kind =
            first == tokens.count - 1 ? .prefix : first == 0 ? .suffix : .around
        return Pattern(kind: kind, head: UInt32(first), run: store(rest))
    }

    private mutating func store(_ tokens: [UInt8]) -> Run {
        let start = UInt32(bytes.count)
        tokens.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        return Run(start: start, count: UInt32(tokens.count))
    }

    /// Whether a pattern without variables covers a text.
    @inline(__always)
    func covers(
        _ pattern: Pattern,
        _ text: UnsafeBufferPointer<UInt8>,
        symbol: Symbol
    ) -> Bool {
        switch pattern.kind {
        case .everything: return true
        case .exact: return pattern.symbol == symbol
        case .prefix:
            return text.count >= Int(pattern.run.count) && Bytes.begin(text, self.text(pattern.run))
        case .suffix: return Self.ends(text, self.text(pattern.run))
        case .around:
            let wanted = self.text(pattern.run)
            guard text.count >= wanted.count else { return false }
            let head = Int(pattern.head)
            return Bytes.begin(text, UnsafeBufferPointer(rebasing: wanted[..<head]))
                && Self.ends(text, UnsafeBufferPointer(rebasing: wanted[head...]))
        case .wildcards: return Self.covers(self.text(pattern.run), text)
        case .segments: return Self.coversSlowly(self.text(pattern.run), text)
        case .template: return false
        }
    }

    /// As above for a part of a text, which has no number.
    @inline(__always)
    func covers(
        _ pattern: Pattern,
        part text: UnsafeBufferPointer<UInt8>,
        _ symbols: borrowing Symbols
    )
        -> Bool
    {
        if pattern.kind == .exact { return Bytes.areEqual(symbols.text(pattern.symbol), text) }
        return covers(pattern, text, symbol: 0)
    }

    @inline(__always)
    private static func ends(
        _ text: UnsafeBufferPointer<UInt8>,
        _ tail: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard text.count >= tail.count else { return false }
        return Bytes.begin(UnsafeBufferPointer(rebasing: text[(text.count - tail.count)...]), tail)
    }
}

extension Patterns {
    /// Only the last run met needs to be tried again: an earlier one could not help.
    ///
    /// A pattern for which that takes too many steps, such as `*aaaab`, is compared in another way.
    static func covers(
        _ pattern: UnsafeBufferPointer<UInt8>,
        _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var (place, offset) = (0, 0)
        var retry: (place: Int, offset: Int)?
        var steps = (text.count &+ pattern.count) &* 4
        while offset < text.count {
            steps &-= 1
            guard steps >= 0 else { return coversSlowly(pattern, text) }
            if place < pattern.count, pattern[place] == WildcardByte.run {
                place &+= 1
                // PERF: decisions; the rest of nearly every pattern is empty.
                if place == pattern.count { return true }
                retry = (place, offset)
            } else if place < pattern.count, pattern[place] == text[offset] {
                place &+= 1
                offset &+= 1
            } else if place < pattern.count, pattern[place] == WildcardByte.character {
                place &+= 1
                offset &+= width(of: text[offset])
            } else if let last = retry {
                let next = last.offset &+ width(of: text[last.offset])
                retry = (last.place, next)
                (place, offset) = (last.place, next)
            } else {
                return false
            }
        }
        while place < pattern.count, pattern[place] == WildcardByte.run { place &+= 1 }
        return offset == text.count && place == pattern.count
    }

    /// As above for a pattern whose wildcards may stop at colons.
    static func covers(
        filledIn pattern: UnsafeBufferPointer<UInt8>,
        _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        for byte in pattern
        where byte == WildcardByte.runInSegment || byte == WildcardByte.characterInSegment {
            return coversSlowly(pattern, text)
        }
        return covers(pattern, text)
    }

    private static func coversSlowly(
        _ pattern: UnsafeBufferPointer<UInt8>,
        _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        Wildcard(pattern.map { WildcardByte.token(for: $0) })
            .matches(String(decoding: text, as: UTF8.self))
    }

    /// The length of the UTF-8 sequence that a byte leads.
    @inline(__always)
    private static func width(of lead: UInt8) -> Int {
        switch lead {
        case 0xC0..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0...: 4
        default: 1
        }
    }
}
