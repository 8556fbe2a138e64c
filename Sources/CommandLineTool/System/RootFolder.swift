import JSONSource

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The folder that everything a run reads must lie under, symbolic links resolved.
struct RootFolder: Equatable {
    /// The largest file that is read, in bytes.
    static let fileLimit = 1 << 30

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

    private static func resolved(_ path: String) -> String? {
        guard !path.utf8.contains(0) else {
            errno = ENOENT
            return nil
        }
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Reads files under this folder only.
    var reader: FileReader { FileReader { read($0) } }

    private func read(_ path: String) -> Result<[UInt8], FileProblem> {
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
        return Self.contents(of: resolved)
    }

    /// Whether a path that does not exist would lie outside.
    private func isLexicallyOutside(_ path: String) -> Bool {
        guard let current = Self.resolved(".") else { return true }
        let full = path.hasPrefix("/") ? path : current + "/" + path
        return !holds(FilePath.tidy(full))
    }

    private static func contents(of path: String) -> Result<[UInt8], FileProblem> {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else {
            return .failure(.unreadable(String(cString: strerror(errno))))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size <= fileLimit else {
            return .failure(.unreadable("it is larger than \(fileLimit) bytes"))
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size))
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= fileLimit {
            let taken = readBytes(descriptor, &chunk)
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else { return .failure(.unreadable(String(cString: strerror(errno)))) }
            if taken == 0 { return .success(bytes) }
            bytes += chunk[..<taken]
        }
        return .failure(.unreadable("it is larger than \(fileLimit) bytes"))
    }
}

/// read(2), whose name the method above hides.
private func readBytes(_ descriptor: Int32, _ chunk: inout [UInt8]) -> Int {
    read(descriptor, &chunk, chunk.count)
}

extension RootFolder {
    /// What stands below a folder: its JSON files, and what could not be looked at.
    struct Listing {
        var files: [String] = []
        var problems: [String] = []
    }

    /// Every `*.json` file below a folder, sorted by path.
    ///
    /// Linked folders are not entered, and names that begin with a dot are passed over.
    static func files(below folder: String) -> Listing {
        var listing = Listing()
        collect(folder, into: &listing)
        listing.files.sort()
        return listing
    }

    private static func collect(_ folder: String, into listing: inout Listing) {
        guard let directory = opendir(folder) else {
            let reason = String(cString: strerror(errno))
            listing.problems.append("cannot read the folder '\(folder)': \(reason)")
            return
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
                    String(validatingCString: text)
                }
            }
            guard let name else {
                listing.problems.append("a file name in the folder '\(folder)' is not UTF-8")
                continue
            }
            if name.hasPrefix(".") { continue }
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                collect(path, into: &listing)
            } else if name.hasSuffix(".json") {
                listing.files.append(path)
            }
        }
    }
}
