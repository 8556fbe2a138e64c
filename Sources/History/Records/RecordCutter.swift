/// Cuts records out of a stream of JSON, of which it never holds more than one record and a chunk.
///
/// It knows strings, brackets and lines, no more: what a record says is somebody else's to read.
/// Records are the objects of a list (`Records` of a log file, `Events` of lookup-events, a list by
/// itself), or objects that follow each other, a line each or not.
package struct RecordCutter {
    /// The longest record that is looked at, in bytes; CloudTrail's own have at most 256 KiB.
    package static let recordLimit = 1 << 20

    /// What began and has not ended yet.
    private var pending: [UInt8] = []
    private var state = State()
    /// The number of the next record.
    private var number = 1

    package init() {}

    /// Where reading stands.
    struct State {
        /// How many brackets are open, and at how many of them the records stand.
        var depth = 0
        var base = 0
        var isInString = false
        var isEscaped = false
        /// Where the record begins that is open.
        var start: Int?
        /// Whether it is too long and is not kept.
        var isTooLong = false
        /// Whether something stands where a record should, up to the end of the line.
        var isJunk = false
        /// Whether the list of records is behind us, and what is around it still open.
        var isBehindList = false
        /// What came last outside of strings, and what of it was not blank.
        var previous = UInt8.newline
        var last = UInt8.newline
        /// Whether a line ended since.
        var isOnNewLine = false
        /// What stands around the list of records, without them, and where it goes on.
        var frame: [UInt8] = []
        var frameStart: Int?
        /// What stood around the lists that have ended, but for those around which nothing does.
        var frames: [[UInt8]] = []
    }
}

/// Some records that follow each other in one file.
package struct RecordBlock: Sendable {
    /// The number of the first in its file, from 1.
    package let first: Int
    package let bytes: [UInt8]
    package let cuts: [Cut]

    /// Where a record stands; nothing at all is one that was too long to be kept.
    package struct Cut: Sendable {
        let start: Int32
        let end: Int32

        init(_ range: Range<Int>) {
            start = Int32(truncatingIfNeeded: range.lowerBound)
            end = Int32(truncatingIfNeeded: range.upperBound)
        }

        package static let tooLong = Cut(0..<0)
        package var range: Range<Int> { Int(start)..<Int(end) }
    }
}

extension RecordCutter {
    /// The records that end in a chunk.
    package mutating func cut(_ chunk: [UInt8]) -> RecordBlock? {
        let from = pending.count
        let bytes = pending.isEmpty ? chunk : pending + chunk
        var cuts: [RecordBlock.Cut] = []
        bytes.withUnsafeBytes { state.scan($0, from: from, to: &cuts) }
        pending = state.start.map { Array(bytes[$0...]) } ?? []
        if state.start != nil { state.start = 0 }
        if pending.count > Self.recordLimit {
            pending = []
            state.start = nil
            state.isTooLong = true
        }
        return block(bytes, cuts)
    }

    /// What is left at the end of a file, and whether it ended before what it holds did.
    package mutating func end() -> (block: RecordBlock?, isCutShort: Bool) {
        let isCutShort = state.depth > 0
        var cuts: [RecordBlock.Cut] = []
        if state.start != nil { cuts = [RecordBlock.Cut(0..<pending.count)] }
        if state.isTooLong { cuts = [.tooLong] }
        let rest = block(pending, cuts)
        self = RecordCutter()
        return (rest, isCutShort)
    }

    /// What stood around the lists of records that ended lately, without the records; nothing at
    /// all where it was too long to be kept.
    package mutating func takeFrames() -> [[UInt8]] {
        if state.frames.isEmpty { return [] }
        defer { state.frames = [] }
        return state.frames
    }

    private mutating func block(_ bytes: [UInt8], _ cuts: [RecordBlock.Cut]) -> RecordBlock? {
        if cuts.isEmpty { return nil }
        let block = RecordBlock(first: number, bytes: bytes, cuts: cuts)
        number += cuts.count
        return block
    }
}

// PERF: every byte of a replay passes here, on one thread.
extension RecordCutter.State {
    fileprivate mutating func scan(
        _ bytes: UnsafeRawBufferPointer,
        from first: Int,
        to cuts: inout [RecordBlock.Cut]
    ) {
        var at = first
        while at < bytes.count {
            if isInString {
                at = string(bytes, from: at, to: &cuts)
                continue
            }
            let byte = bytes[at]
            if isJunk {
                isJunk = !endsJunk(byte)
                guard !isJunk else {
                    at += 1
                    continue
                }
            }
            switch byte {
            case .quote where depth > base || isBehindList: isInString = true
            case .openBrace, .openBracket: open(byte, at, bytes, to: &cuts)
            case .closeBrace, .closeBracket: close(byte, at, bytes, to: &cuts)
            default: if depth == base, !isBehindList { rest(byte, at, to: &cuts) }
            }
            previous = byte
            if byte == .newline {
                isOnNewLine = true
            } else if !byte.isBlank {
                last = byte
                isOnNewLine = false
            }
            at += 1
        }
        if let start = frameStart {
            keepFrame(bytes, start..<bytes.count)
            frameStart = 0
        }
    }

    /// Goes on inside a string; the offset behind what was looked at.
    private mutating func string(
        _ bytes: UnsafeRawBufferPointer,
        from first: Int,
        to cuts: inout [RecordBlock.Cut]
    ) -> Int {
        var at = first
        if isEscaped {
            isEscaped = false
            if bytes[at] != .newline { at += 1 }
        }
        while at < bytes.count {
            switch bytes[at] {
            case .quote:
                isInString = false
                return at + 1
            case .backslash:
                guard at + 1 < bytes.count else {
                    isEscaped = true
                    return at + 1
                }
                at += bytes[at + 1] == .newline ? 1 : 2
            case .newline:
                // No string of JSON goes over the end of a line: its mark is missing.
                isInString = false
                if base == 0 { giveUp(at, to: &cuts) }
                return at
            default: at += 1
            }
        }
        return at
    }

    private mutating func open(
        _ byte: UInt8,
        _ at: Int,
        _ bytes: UnsafeRawBufferPointer,
        to cuts: inout [RecordBlock.Cut]
    ) {
        if byte == .openBrace, isBroken(bytes, at) { giveUp(at, to: &cuts) }
        if depth == base, !isBehindList {
            if base == 0, byte == .openBracket {
                base = 1
            } else {
                start = at
            }
        } else if base == 0, depth == 1, byte == .openBracket, isList(before: at, bytes) {
            base = 2
            frame = []
            if let start { keepFrame(bytes, start..<(at + 1)) }
            start = nil
        }
        depth += 1
    }

    private mutating func close(
        _ byte: UInt8,
        _ at: Int,
        _ bytes: UnsafeRawBufferPointer,
        to cuts: inout [RecordBlock.Cut]
    ) {
        guard depth > 0 else { return rest(byte, at, to: &cuts) }
        depth -= 1
        if isBehindList {
            guard depth == 0 else { return }
            isBehindList = false
            base = 0
            endFrame(bytes, at + 1)
        } else if depth == base {
            cuts.append(Self.cut(start, at + 1))
            start = nil
            isTooLong = false
        } else if depth < base {
            isBehindList = depth > 0
            if isBehindList { frameStart = at } else { base = 0 }
        }
    }

    private mutating func keepFrame(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        let room = RecordCutter.recordLimit + 1 - frame.count
        frame += bytes[range].prefix(max(0, room))
    }

    private mutating func endFrame(_ bytes: UnsafeRawBufferPointer, _ end: Int) {
        if let start = frameStart { keepFrame(bytes, start..<end) }
        frameStart = nil
        defer { frame = [] }
        if frame.elementsEqual(Self.usual) { return }
        frames.append(frame.count > RecordCutter.recordLimit ? [] : frame)
    }

    /// What stands around the records of a log file.
    private static let usual = Array(#"{"Records":[]}"#.utf8)

    private static func cut(_ start: Int?, _ end: Int) -> RecordBlock.Cut {
        guard let start, end - start <= RecordCutter.recordLimit else { return .tooLong }
        return RecordBlock.Cut(start..<end)
    }

    /// Something between records, which should be a comma or blank.
    private mutating func rest(_ byte: UInt8, _ at: Int, to cuts: inout [RecordBlock.Cut]) {
        if byte.isBlank || byte == .comma && depth > 0 || isMark(byte) { return }
        cuts.append(RecordBlock.Cut(at..<(at + 1)))
        isJunk = true
    }

    /// Whether a byte is of the mark of the byte order, which stands before a file, and within
    /// where files were put together.
    private func isMark(_ byte: UInt8) -> Bool {
        depth == 0 && (byte == 0xEF || byte == 0xBB || byte == 0xBF)
    }

    private func endsJunk(_ byte: UInt8) -> Bool {
        byte == .newline || depth > 0 && (byte == .comma || byte == .closeBracket)
    }

    /// Whether an object on a line of its own cannot be part of what is open, so that it is another
    /// record and what is open lacks its end.
    private func isBroken(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Bool {
        guard isOnNewLine else { return false }
        let isAtMargin = previous == .newline
        if isBehindList { return isAtMargin }
        guard depth > base else { return false }
        switch last {
        case .colon, .comma, .openBracket:
            // A record that goes on behind its first bracket stands on one line.
            guard isAtMargin, let start, bytes[start] == .openBrace else { return isAtMargin }
            let isReturn = bytes[start + 1] == .carriageReturn
            return bytes[start + (isReturn ? 2 : 1)] != .newline
        default: return true
        }
    }

    /// What is open is no record, and another one begins.
    private mutating func giveUp(_ at: Int, to cuts: inout [RecordBlock.Cut]) {
        if isBehindList {
            cuts.append(RecordBlock.Cut(at..<(at + 1)))
            isBehindList = false
            frameStart = nil
            base = 0
        } else {
            cuts.append(Self.cut(start, at))
        }
        start = nil
        isTooLong = false
        depth = base
    }

    /// Whether `"Records":` or `"Events":` stands before a place.
    private func isList(before place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start else { return false }
        var end = place
        func skipBlanks() -> Int {
            var end = end
            while end > start, bytes[end - 1].isBlank { end -= 1 }
            return end
        }
        end = skipBlanks()
        guard end > start, bytes[end - 1] == .colon else { return false }
        end -= 1
        end = skipBlanks()
        return ["\"Records\"", "\"Events\""].contains { (name: StaticString) in
            let length = name.utf8CodeUnitCount
            guard end - length > start else { return false }
            let written = UnsafeRawBufferPointer(rebasing: bytes[(end - length)..<end])
            return name.withUTF8Buffer { written.elementsEqual($0) }
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool {
        self == 0x20 || self == .newline || self == .carriageReturn || self == 0x09
    }

    fileprivate static var newline: UInt8 { 0x0A }
    fileprivate static var carriageReturn: UInt8 { 0x0D }
    fileprivate static var quote: UInt8 { UInt8(ascii: "\"") }
    fileprivate static var backslash: UInt8 { UInt8(ascii: "\\") }
    fileprivate static var colon: UInt8 { UInt8(ascii: ":") }
    fileprivate static var comma: UInt8 { UInt8(ascii: ",") }
    fileprivate static var openBrace: UInt8 { UInt8(ascii: "{") }
    fileprivate static var closeBrace: UInt8 { UInt8(ascii: "}") }
    fileprivate static var openBracket: UInt8 { UInt8(ascii: "[") }
    fileprivate static var closeBracket: UInt8 { UInt8(ascii: "]") }
}
