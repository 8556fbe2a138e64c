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

    package let tokens: [Token]
    private let needsSearch: Bool

    package init(_ tokens: [Token]) {
        self.tokens = tokens
        needsSearch = tokens.contains(.runInSegment)
    }

    /// Whether the pattern covers the whole text.
    ///
    /// - Complexity: O(pattern × text) at worst, never exponential; linear for the usual
    ///   patterns with one or two runs.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in needsSearch ? search(bytes) : greedy(bytes) }
    }

    /// Only the last run met needs to be tried again: an earlier one could not help.
    private func greedy(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var token = 0
        var offset = 0
        var retry: (token: Int, offset: Int)?
        while offset < bytes.count {
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

    /// Follows all ways through the pattern at once, for patterns whose runs stop at colons.
    private func search(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // states[offset] holds the tokens reached there; a character spans up to four bytes.
        var states = [[Bool]](
            repeating: [Bool](repeating: false, count: tokens.count + 1),
            count: bytes.count + 5
        )
        states[0][0] = true
        for offset in 0...bytes.count {
            for token in tokens.indices where states[offset][token] {
                switch tokens[token] {
                case .run, .runInSegment:
                    states[offset][token + 1] = true
                    guard offset < bytes.count else { break }
                    let isColon = bytes[offset] == UInt8(ascii: ":")
                    if tokens[token] == .run || !isColon { states[offset + 1][token] = true }
                case .byte, .character, .characterInSegment:
                    guard offset < bytes.count, let width = step(tokens[token], bytes, offset)
                    else {
                        break
                    }
                    states[offset + width][token + 1] = true
                }
            }
        }
        return states[bytes.count][tokens.count]
    }

    /// How many bytes a token other than a run takes at an offset; nil when it does not match.
    private func step(_ token: Token, _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int? {
        switch token {
        case .byte(let byte): bytes[offset] == byte ? 1 : nil
        case .character: min(Self.width(of: bytes[offset]), bytes.count - offset)
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
