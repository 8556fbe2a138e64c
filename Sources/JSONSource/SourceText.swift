internal import Synchronization

/// The bytes of one file as read, with the name people know it by.
package struct SourceText: Sendable {
    /// The path as the user wrote it or as it follows from a reference; printed in messages.
    package let path: String
    package let bytes: [UInt8]
    private let lines = LineStarts()

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// Where the lines of a file begin, looked for when somebody asks: of most files nobody does.
private final class LineStarts: Sendable {
    /// Half the size of `Int`: a file may hold nothing but line breaks.
    private let known = Mutex<[UInt32]?>(nil)

    func of(_ bytes: [UInt8]) -> [UInt32] {
        known.withLock { known in
            if let known { return known }
            let lineBreak = UInt8(ascii: "\n")
            var starts: [UInt32] = [0]
            starts.reserveCapacity(bytes.count { $0 == lineBreak } + 1)
            for offset in bytes.indices where bytes[offset] == lineBreak {
                starts.append(UInt32(clamping: offset + 1))
            }
            known = starts
            return starts
        }
    }
}

extension SourceText {
    /// The 1-based line and column, in UTF-8 bytes, of a byte offset.
    package func position(at offset: Int) -> LineColumn {
        let lineStarts = lines.of(bytes)
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle - 1 }
        }
        return LineColumn(line: low + 1, column: offset - Int(lineStarts[low]) + 1)
    }

    /// The bytes of a 1-based line without its line break; empty when there is no such line.
    package func lineBytes(_ number: Int) -> ArraySlice<UInt8> {
        let lineStarts = lines.of(bytes)
        guard number >= 1, number <= lineStarts.count else { return [] }
        let start = Int(lineStarts[number - 1])
        var end = number < lineStarts.count ? Int(lineStarts[number]) : bytes.count
        while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == 13 { end -= 1 }
        return bytes[start..<end]
    }

    /// The text of a 1-based line without its line break; empty when there is no such line.
    package func line(_ number: Int) -> String {
        String(decoding: lineBytes(number), as: UTF8.self)
    }
}

/// A place in a file as people count: both numbers start at 1, columns are UTF-8 bytes.
package struct LineColumn: Sendable, Hashable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
