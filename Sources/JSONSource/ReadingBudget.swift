internal import Synchronization

/// How much one run may read, whatever folders it reads from.
package final class ReadingBudget: Sendable {
    /// How many files one run reads.
    package static let fileLimit = 100_000
    /// How many bytes all files of one run have together.
    package static let byteLimit = 2 << 30

    private struct Used {
        var files = 0
        var bytes = 0
    }

    private let used = Mutex(Used())
    private let files: Int
    private let bytes: Int

    package init(files: Int = fileLimit, bytes: Int = byteLimit) {
        self.files = files
        self.bytes = bytes
    }

    /// How many files were read.
    package var filesRead: Int { used.withLock { $0.files } }

    /// A reader that stops where the budget ends.
    package func limiting(_ reader: FileReader) -> FileReader {
        FileReader { path in
            let hasRoom = self.used.withLock { $0.files < self.files }
            guard hasRoom else {
                return .failure(.unreadable("one run reads at most \(self.files) files"))
            }
            let result = reader.read(path)
            guard case .success(let bytes) = result else { return result }
            return self.used.withLock { used in
                guard bytes.count <= self.bytes - used.bytes else {
                    let limit = "the files of one run have at most \(self.bytes) bytes"
                    return .failure(.unreadable(limit))
                }
                used.files += 1
                used.bytes += bytes.count
                return result
            }
        }
    }
}
