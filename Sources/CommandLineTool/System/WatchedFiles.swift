import JSONSource
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The files that a run reads and the folders it looks into, as they stood then.
final class WatchedFiles: Sendable {
    /// The JSON files below each folder.
    private let folders: [String: [String]]
    /// What the run itself writes.
    private let outputs: Set<String>
    /// Nil stands for a file that was not there.
    private let stamps = Mutex<[String: FileStamp?]>([:])

    /// Looks at the paths of a command line.
    init(_ paths: [String], but outputs: [String]) {
        self.outputs = Set(outputs.map(FilePath.tidy))
        let names = paths.filter { RootFolder.kind(of: $0) == .folder }
        folders = Dictionary(names.map { ($0, RootFolder.files(below: $0).files) }) { $1 }
        // What was not there may come.
        for path in paths where folders[path] == nil { note(path) }
    }

    /// The reader, each file it reads noted.
    func noting(_ reader: FileReader) -> FileReader {
        FileReader { path in
            // Should it change while it is read, it differs from what stood before.
            self.note(path)
            return reader.read(path)
        }
    }

    private func note(_ path: String) {
        if outputs.contains(FilePath.tidy(path)) { return }
        let stamp = FileStamp(path)
        stamps.withLock { stamps in
            if stamps[path] == nil { stamps[path] = .some(stamp) }
        }
    }

    var count: Int { stamps.withLock(\.count) }

    /// The first file, by name, that is no longer as it was.
    func change() -> String? {
        let known = stamps.withLock { $0 }
        var changed = known.filter { $0.value != FileStamp($0.key) }.map(\.key)
        for (folder, files) in folders {
            let now = RootFolder.files(below: folder).files
            changed += Set(files).symmetricDifference(now).filter {
                !outputs.contains(FilePath.tidy($0))
            }
        }
        return changed.min()
    }
}

/// What tells that a file was written to.
struct FileStamp: Equatable, Sendable {
    private let size: Int
    private let number: UInt64
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil where there is no file.
    init?(_ path: String) {
        var status = stat()
        guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
        let written = status.st_mtimespec
        #else
        let written = status.st_mtim
        #endif
        size = Int(status.st_size)
        number = UInt64(status.st_ino)
        (seconds, nanoseconds) = (Int(written.tv_sec), Int(written.tv_nsec))
    }
}
