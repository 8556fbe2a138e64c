import JSONSource
import Parallelism

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The folder that everything a run reads must lie under, symbolic links resolved.
struct RootFolder: Equatable {
    /// The largest file that is read, in bytes.
    static let fileLimit = 1 << 30
    /// How many files and folders below one folder are looked at.
    static let listingLimit = 100_000

    /// As messages show it.
    let name: String
    private let path: String

    /// Nil when there is no such folder.
    init?(_ name: String) {
        guard let path = Self.resolved(name), Self.kind(of: path) == .folder else { return nil }
        self.name = name
        self.path = path
    }

    /// The root for a path on the command line: the current folder where it holds the path, else
    /// the folder given, or the folder of the file given.
    init?(holding path: String) {
        guard let current = RootFolder("."), let resolved = Self.resolved(path) else { return nil }
        if current.holds(resolved) {
            self = current
        } else if Self.kind(of: resolved) == .folder {
            self.init(path)
        } else {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            let joined = folder.joined(separator: "/")
            self.init(joined.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : joined)
        }
    }

    private func holds(_ resolved: String) -> Bool {
        path == "/" || resolved == path || resolved.hasPrefix(path + "/")
    }
}

extension RootFolder {
    static func == (left: RootFolder, right: RootFolder) -> Bool { left.path == right.path }

    enum Kind {
        case file
        case folder
        case other
    }

    /// What stands at a path, links followed.
    static func kind(of path: String) -> Kind? {
        var status = stat()
        // For the system a path ends at an empty byte.
        guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// The path without `.` and `..`, unless a link makes that another file.
    static func tidy(_ path: String) -> String {
        let tidied = FilePath.tidy(path)
        return resolved(tidied) == resolved(path) ? tidied : path
    }

    /// The first of some files that is the one at a path, whatever it is called there.
    static func first(of files: some Sequence<String>, at path: String) -> String? {
        guard let place = resolved(path) else { return nil }
        return files.first { resolved($0) == place }
    }

    private static func resolved(_ path: String) -> String? {
        guard !path.utf8.contains(0) else {
            errno = ENOENT
            return nil
        }
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Reads files under this folder only; workers share a large one.
    func reader(within budget: ReadingBudget, by workers: Workers = .one) -> FileReader {
        budget.limiting(FileReader { read($0, by: workers) })
    }

    private func read(_ path: String, by workers: Workers) -> Result<[UInt8], FileProblem> {
        guard let resolved = Self.resolved(path) else {
            if errno == ENOENT || errno == ENOTDIR {
                return .failure(isLexicallyOutside(path) ? .outsideRoot(name) : .notFound)
            }
            return .failure(.unreadable(String(cString: strerror(errno))))
        }
        guard holds(resolved) else { return .failure(.outsideRoot(name)) }
        guard Self.kind(of: resolved) == .file else {
            return .failure(.unreadable("it is not a file"))
        }
        return Self.contents(of: resolved, by: workers)
    }

    /// Whether a path that does not exist would lie outside.
    private func isLexicallyOutside(_ path: String) -> Bool {
        guard let current = Self.resolved(".") else { return true }
        let full = path.hasPrefix("/") ? path : current + "/" + path
        return !holds(FilePath.tidy(full))
    }

    /// The bytes of a file; `meanwhile` is called when its beginning has been read.
    static func contents(
        of path: String,
        by workers: Workers = .one,
        meanwhile: () -> Void = {}
    ) -> Result<[UInt8], FileProblem> {
        // Should the file have become a pipe since it was looked at, opening it does not wait.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK)
        guard descriptor >= 0 else {
            return .failure(.unreadable(String(cString: strerror(errno))))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .failure(.unreadable("it is not a file"))
        }
        guard status.st_size <= fileLimit else {
            let size = "it has \(status.st_size) bytes, at most \(fileLimit) are read"
            return .failure(.unreadable(size))
        }
        // What the file had when it was opened goes to its place at once.
        var bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { bytes, count in
            count = LargeFile(descriptor).read(into: bytes, by: workers)
            if count > 0 { meanwhile() }
            while count < bytes.count {
                let rest = bytes.baseAddress.map { $0 + count }
                let taken = readBytes(descriptor, rest, min(bytes.count - count, 1 << 20))
                guard taken > 0 else { break }
                if count == 0 { meanwhile() }
                count += taken
            }
        }
        // What has been added since, and what went wrong above, is met here again.
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= fileLimit {
            let taken = readBytes(descriptor, &chunk, chunk.count)
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else { return .failure(.unreadable(String(cString: strerror(errno)))) }
            if taken == 0 { break }
            if bytes.isEmpty { meanwhile() }
            bytes += chunk[..<taken]
        }
        guard bytes.count <= fileLimit else {
            return .failure(
                .unreadable("it has more than \(fileLimit) bytes, which are read at most")
            )
        }
        var after = stat()
        // Half of one version and half of another would be judged as one file.
        guard fstat(descriptor, &after) == 0, after.hasChanged(since: status) == false else {
            return .failure(.unreadable("it changed while it was read"))
        }
        return .success(bytes)
    }
}

extension stat {
    /// Whether a file has another length, or was written to.
    fileprivate func hasChanged(since before: stat) -> Bool {
        #if canImport(Darwin)
        let (now, then) = (st_mtimespec, before.st_mtimespec)
        #else
        let (now, then) = (st_mtim, before.st_mtim)
        #endif
        return st_size != before.st_size || now.tv_sec != then.tv_sec
            || now.tv_nsec != then.tv_nsec
    }
}

/// read(2), whose name the method above hides.
private func readBytes(
    _ descriptor: Int32,
    _ place: UnsafeMutablePointer<UInt8>?,
    _ count: Int
) -> Int {
    read(descriptor, place, count)
}

extension RootFolder {
    /// What stands below a folder: its JSON files, and what could not be looked at.
    struct Listing {
        var files: [String] = []
        var problems: [Diagnostic] = []
    }

    /// Every `*.json` file below a folder, or those whose names end otherwise, sorted by path.
    ///
    /// Linked folders are not entered, and names that begin with a dot are passed over.
    static func files(
        below folder: String,
        endingIn endings: [String] = [".json"],
        atMost limit: Int = listingLimit,
        links: FolderLinks = .passedOver
    ) -> Listing {
        var listing = Listing()
        // One folder is open at a time, however deep they lie in each other.
        var folders = [folder]
        var seen = 0
        while seen <= limit, let folder = folders.popLast() {
            collect(folder, endings, atMost: limit, links, into: &listing, &folders, &seen)
        }
        if seen > limit {
            let message = "there are more than \(limit) files and folders below '\(folder)'"
            listing.problems.append(.problem("limit.files", message))
        }
        listing.files.sort()
        return listing
    }

    private static func collect(
        _ folder: String,
        _ endings: [String],
        atMost limit: Int,
        _ links: FolderLinks,
        into listing: inout Listing,
        _ folders: inout [String],
        _ seen: inout Int
    ) {
        guard let directory = opendir(folder) else {
            let reason = String(cString: strerror(errno))
            listing.problems.append(
                .problem("file.unreadable", "cannot read the folder '\(folder)': \(reason)")
            )
            return
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let (name, isText) = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
                    (String(cString: text), String(validatingCString: text) != nil)
                }
            }
            if name.hasPrefix(".") { continue }
            guard isText else {
                // Only a file that would be read is missed.
                if endings.contains(where: { name.hasSuffix($0) }) {
                    let message = "the name of the file '\(folder)/\(name)' is not UTF-8"
                    listing.problems.append(.problem("file.name", message))
                }
                continue
            }
            seen += 1
            guard seen <= limit else { return }
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0 else {
                // What is gone by now was not there.
                if errno == ENOENT { continue }
                let message = "cannot look at '\(path)': \(String(cString: strerror(errno)))"
                listing.problems.append(.problem("file.unreadable", message))
                continue
            }
            if status.st_mode & S_IFMT == S_IFDIR {
                folders.append(path)
            } else if endings.contains(where: { name.hasSuffix($0) }) {
                listing.files.append(path)
            } else if links == .told, status.st_mode & S_IFMT == S_IFLNK,
                kind(of: path) == .folder
            {
                let message = "'\(path)' is a symbolic link to a folder, which is not followed"
                listing.problems.append(.problem("file.link", message))
            }
        }
    }
}

/// What becomes of symbolic links that lead to folders.
enum FolderLinks {
    case passedOver
    /// A problem, where passing over what lies behind them would be a lie.
    case told
}
