/// All ways through a pattern followed at once, sixty-four places of it in one word.
///
/// A place is the number of tokens that the text so far has gone through. Text and pattern are
/// well-formed UTF-8, so the first byte of a character never lies inside another one.
struct WildcardStates {
    private let tokens: [Wildcard.Token]
    private let words: Int
    /// For each byte the places whose token takes it, `words` words each.
    private var taking: [UInt64]
    /// Places at a run that goes on over any byte.
    private var atRun: [UInt64]
    /// Places at a run that a colon ends.
    private var atSegmentRun: [UInt64]
    /// Places behind a token for one character, which the rest of its bytes belongs to.
    private var behindCharacter: [UInt64]

    init(_ tokens: [Wildcard.Token]) {
        self.tokens = tokens
        words = tokens.count / 64 + 1
        taking = [UInt64](repeating: 0, count: words * 256)
        atRun = [UInt64](repeating: 0, count: words)
        atSegmentRun = atRun
        behindCharacter = atRun
        var anyByte = atRun
        var anyInSegment = atRun
        for (place, token) in tokens.enumerated() {
            let (word, bit) = (place / 64, UInt64(1) << UInt64(place % 64))
            switch token {
            case .byte(let byte): taking[Int(byte) * words + word] |= bit
            case .run: atRun[word] |= bit
            case .runInSegment: atSegmentRun[word] |= bit
            case .character, .characterInSegment:
                if token == .character { anyByte[word] |= bit } else { anyInSegment[word] |= bit }
                behindCharacter[(place + 1) / 64] |= 1 << UInt64((place + 1) % 64)
            }
        }
        for byte in UInt8.min...UInt8.max where !byte.continuesCharacter {
            for word in 0..<words {
                taking[Int(byte) * words + word] |= anyByte[word]
                if byte != .colon { taking[Int(byte) * words + word] |= anyInSegment[word] }
            }
        }
    }

    /// Whether the pattern covers the whole text; `steps` counts the words looked at.
    func accept(_ bytes: UnsafeBufferPointer<UInt8>, _ steps: inout Int) -> Bool {
        var places = [UInt64](repeating: 0, count: words)
        places[0] = 1
        passRuns(&places)
        for byte in bytes {
            var carry: UInt64 = 0
            var isAlive: UInt64 = 0
            for word in 0..<words {
                let moved = places[word] & taking[Int(byte) * words + word]
                var staying = places[word] & atRun[word]
                if byte != .colon { staying |= places[word] & atSegmentRun[word] }
                if byte.continuesCharacter { staying |= places[word] & behindCharacter[word] }
                places[word] = moved << 1 | carry | staying
                carry = moved >> 63
                isAlive |= places[word]
            }
            steps += words
            if isAlive == 0 { return false }
            passRuns(&places)
        }
        return places[tokens.count / 64] >> UInt64(tokens.count % 64) & 1 == 1
    }

    /// A run may be empty.
    ///
    /// No two stand side by side, so one pass is enough.
    private func passRuns(_ places: inout [UInt64]) {
        var carry: UInt64 = 0
        for word in 0..<words {
            let runs = places[word] & (atRun[word] | atSegmentRun[word])
            places[word] |= runs << 1 | carry
            carry = runs >> 63
        }
    }
}

extension UInt8 {
    fileprivate static let colon = UInt8(ascii: ":")

    /// Whether the byte is one of a UTF-8 sequence behind its first.
    fileprivate var continuesCharacter: Bool { self & 0xC0 == 0x80 }
}
