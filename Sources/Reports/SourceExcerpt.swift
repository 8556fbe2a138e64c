import JSONSource

/// The lines of a file that hold a value, with one around; few enough to be looked at.
struct SourceExcerpt {
    /// Nil stands for lines that were left out.
    let lines: [Line?]
    /// How many lines of the value were left out.
    let omitted: Int

    struct Line {
        let number: Int
        let before: String
        /// What belongs to the value.
        let value: String
        let after: String
        /// Whether one of the places that matter most begins here.
        let isKey: Bool
    }

    /// The first and the last lines of a long value.
    private static let limits = (first: 20, last: 4)
    /// How much of a line is shown, in bytes, and how much of it before the value.
    private static let width = (all: 320, before: 60)

    /// Nil where the value stands in no file.
    init?(of span: SourceSpan, keys: [SourceSpan], in sources: SourceMap) {
        guard let text = sources.text(span.file), span.start < span.end,
            Int(span.end) <= text.bytes.count
        else { return nil }
        let first = text.position(at: Int(span.start)).line
        let last = text.position(at: Int(span.end) - 1).line
        let marked = Set(
            keys.filter { span.covers($0) }.map { text.position(at: Int($0.start)).line }
        )
        var numbers: [Int?] = [first - 1]
        if last - first >= Self.limits.first + Self.limits.last {
            numbers += Array(first..<first + Self.limits.first) + [nil]
            numbers += Array(last - Self.limits.last + 1...last)
            omitted = last - first + 1 - Self.limits.first - Self.limits.last
        } else {
            numbers += Array(first...last)
            omitted = 0
        }
        numbers.append(last + 1)
        numbers.removeAll { $0.map { Self.indent($0, of: text) == nil } ?? false }
        let indent = numbers.compactMap { $0 }.compactMap { Self.indent($0, of: text) }.min() ?? 0
        lines = numbers.map { number in
            number.map {
                Line($0, of: text, span, isKey: marked.contains($0), indent, Self.width)
            }
        }
    }

    /// How many bytes a line is indented by; nil for one that is blank or not there.
    private static func indent(_ number: Int, of text: SourceText) -> Int? {
        let line = text.lineBytes(number)
        return line.firstIndex { $0 != 32 && $0 != 9 }.map { $0 - line.startIndex }
    }
}

extension SourceExcerpt.Line {
    /// The indent of all lines is left out, and of a long line what is far from the value.
    fileprivate init(
        _ number: Int,
        of text: SourceText,
        _ span: SourceSpan,
        isKey: Bool,
        _ indent: Int,
        _ width: (all: Int, before: Int)
    ) {
        let bytes = text.lineBytes(number)
        // Places in the line of what is shown and of the value.
        var value = max(bytes.startIndex, min(Int(span.start), bytes.endIndex))
        let end = max(value, min(Int(span.end), bytes.endIndex))
        // Where a line is indented, the indent is no part of what is said.
        while value < end, bytes[value] == 32 || bytes[value] == 9 { value += 1 }
        let beginning = bytes.startIndex + indent
        var start = beginning
        if bytes.count > width.all, value < end {
            start = max(start, Self.edge(value - width.before, in: bytes))
        }
        let stop = max(start, Self.edge(start + width.all, in: bytes))
        func part(_ from: Int, _ to: Int) -> String {
            let from = max(start, min(from, stop))
            return String(decoding: bytes[from..<max(from, min(to, stop))], as: UTF8.self)
        }
        self.init(
            number: number,
            before: (start > beginning ? "…" : "") + part(start, value),
            value: part(value, end),
            after: part(end, bytes.endIndex) + (stop < bytes.endIndex ? "…" : ""),
            isKey: isKey
        )
    }

    /// The next place where no letter is cut in two.
    private static func edge(_ place: Int, in bytes: ArraySlice<UInt8>) -> Int {
        var place = max(bytes.startIndex, min(place, bytes.endIndex))
        while place < bytes.endIndex, bytes[place] & 0xC0 == 0x80 { place += 1 }
        return place
    }
}
