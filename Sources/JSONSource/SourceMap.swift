internal import Synchronization

/// A range of bytes in one of the files of a ``SourceMap``.
package struct SourceSpan: Sendable, Hashable {
    package let file: Int32
    package let start: UInt32
    package let end: UInt32

    package init(file: Int32, start: Int, end: Int) {
        self.file = file
        self.start = UInt32(clamping: start)
        self.end = UInt32(clamping: end)
    }

    /// Whether the other range lies inside this one.
    package func covers(_ other: SourceSpan) -> Bool {
        file == other.file && start <= other.start && other.end <= end
    }

    /// The place of something that stands in no file, such as a policy every organization has.
    package static let nowhere = SourceSpan(file: -1, start: 0, end: 0)
}

/// Every file read in a run, so that a span can be printed as `file:line:column` at any time.
///
/// Files are only ever added, and a file read twice keeps one number.
package final class SourceMap: Sendable {
    private let files = Mutex<[SourceText]>([])

    package init() {}

    /// Adds a file and returns the number that spans of it carry.
    package func add(_ text: SourceText) -> Int32 {
        files.withLock { files in
            files.append(text)
            return Int32(files.count - 1)
        }
    }

    /// The file of that number.
    package func text(_ file: Int32) -> SourceText? {
        files.withLock { file >= 0 && Int(file) < $0.count ? $0[Int(file)] : nil }
    }

    /// The paths of all files.
    package var paths: [String] { files.withLock { $0.map(\.path) } }

    /// Where a span begins, or nil for ``SourceSpan/nowhere``.
    package func location(of span: SourceSpan) -> SourceLocation? {
        guard let text = text(span.file) else { return nil }
        return SourceLocation(path: text.path, position: text.position(at: Int(span.start)))
    }
}

/// A place to show to a person: `file:line:column`.
package struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
    package let path: String
    package let position: LineColumn

    package init(path: String, position: LineColumn) {
        self.path = path
        self.position = position
    }

    package var description: String { "\(path):\(position.line):\(position.column)" }
}
