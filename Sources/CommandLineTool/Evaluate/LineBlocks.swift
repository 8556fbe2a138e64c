/// Standard input cut into blocks of whole lines, of which each can be worked on by itself.
struct LineBlocks {
    /// Some lines that follow each other.
    struct Block: Sendable {
        /// The number of the first line, from 1.
        let number: Int
        /// The lines with their line breaks, of which the last line of all may have none; nil for a
        /// line that is too long and was not kept.
        let bytes: [UInt8]?
    }

    private let limit: Int
    /// The beginning of a line whose end was not read yet.
    private var pending: [UInt8] = []
    /// How many lines came before.
    private var lines = 0
    /// Whether what comes still belongs to a line that is too long.
    private var isSkipping = false
    private var isAtEnd = false

    init(limit: Int) {
        self.limit = limit
    }

    /// The next block; nil at the end.
    ///
    /// What has come is handed out before more is waited for.
    mutating func next(
        _ read: () throws(SystemProblem) -> [UInt8]
    ) throws(SystemProblem) -> Block? {
        while !isAtEnd {
            let chunk = try read()
            if let block = chunk.isEmpty ? end() : add(chunk) { return block }
        }
        return nil
    }

    private mutating func end() -> Block? {
        isAtEnd = true
        return pending.isEmpty ? nil : Block(number: lines + 1, bytes: pending)
    }

    /// The whole lines that end in a chunk, if any; the rest is kept for the next one.
    private mutating func add(_ chunk: [UInt8]) -> Block? {
        var rest = chunk[...]
        if isSkipping {
            guard let end = rest.firstIndex(of: .lineBreak) else { return nil }
            isSkipping = false
            rest = rest[(end + 1)...]
        }
        if let end = rest.lastIndex(of: .lineBreak) {
            let whole = rest[...end]
            let block = Block(
                number: lines + 1,
                bytes: pending.isEmpty ? Array(whole) : pending + whole
            )
            lines += whole.withUnsafeBytes(Self.lineBreaks)
            pending = Array(rest[(end + 1)...])
            return block
        }
        pending += rest
        guard pending.count > limit else { return nil }
        // The rest of the line is not read; those behind it are.
        lines += 1
        isSkipping = true
        pending.removeAll()
        return Block(number: lines, bytes: nil)
    }
}

// PERF: `evaluate` looks at every byte here.
extension LineBlocks {
    /// Where the line ends whose first byte stands at an offset: at its line break, or the end.
    static func endOfLine(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let lineBreaks = ones &* UInt64(UInt8.lineBreak)
        var at = start
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            // The lowest high bit that is set belongs to the first byte that became zero.
            let rest = UInt64(littleEndian: word) ^ lineBreaks
            let zeros = (rest &- ones) & ~rest & (ones &* 0x80)
            if zeros != 0 { return at + (zeros.trailingZeroBitCount >> 3) }
            at += 8
        }
        while at < bytes.count, bytes[at] != .lineBreak { at += 1 }
        return at
    }

    private static func lineBreaks(in bytes: UnsafeRawBufferPointer) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let rest = ones &* 0x7F
        let lineBreaks = ones &* UInt64(UInt8.lineBreak)
        var count = 0
        var at = 0
        while at + 8 <= bytes.count {
            // Each byte of a word counts up to 255.
            let end = min(bytes.count - 7, at + 255 * 8)
            var found: UInt64 = 0
            while at < end {
                let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ lineBreaks
                // The high bit of a byte is set where all of its bits are zero.
                let zeros = ~(((word & rest) &+ rest) | word | rest)
                found &+= zeros >> 7
                at += 8
            }
            while found != 0 {
                count += Int(found & 0xFF)
                found >>= 8
            }
        }
        while at < bytes.count {
            if bytes[at] == .lineBreak { count += 1 }
            at += 1
        }
        return count
    }
}

extension UInt8 {
    static var lineBreak: UInt8 { UInt8(ascii: "\n") }
}
