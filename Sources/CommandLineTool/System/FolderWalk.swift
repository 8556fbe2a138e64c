#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The files below a folder one after the other, however many there are.
///
/// Of each folder first its files and then its folders, both in order of their names. No more than
/// some names of a folder are held at once: it is read again for those behind them. Linked folders
/// are not entered, and names that begin with a dot are passed over.
package struct FolderWalk {
    /// What was found, or what could not be looked at.
    package enum Found: Equatable {
        case file(String)
        case problem(of: String, String)
    }

    /// None where files of all names are wanted.
    private let endings: [String]
    /// Folders of this name are not entered.
    private let excluded: String?
    /// How many names of a folder are held at once.
    private let batchSize: Int
    private var levels: [Level]

    package init(
        _ folder: String,
        endingIn endings: [String] = [],
        leavingOut excluded: String? = nil,
        batchSize: Int = 50_000
    ) {
        self.endings = endings
        self.excluded = excluded
        self.batchSize = batchSize
        levels = [Level(folder)]
    }

    /// A folder, and how far it was walked through.
    private struct Level {
        let folder: String
        var wantsFolders = false
        /// The next names, the first one last.
        var names: [String] = []
        var last: String?
        /// Whether all names of the kind that is wanted have been held.
        var isAtEnd = false

        init(_ folder: String) { self.folder = folder }

        func path(_ name: String) -> String {
            folder.hasSuffix("/") ? folder + name : folder + "/" + name
        }
    }

    package mutating func next() -> Found? {
        while var level = levels.popLast() {
            if let name = level.names.popLast() {
                level.last = name
                levels.append(level)
                let path = level.path(name)
                guard level.wantsFolders else { return .file(path) }
                levels.append(Level(path))
            } else if !level.isAtEnd {
                guard let directory = opendir(level.folder) else {
                    return .problem(of: level.folder, String(cString: strerror(errno)))
                }
                let problem = fill(&level, from: directory)
                closedir(directory)
                levels.append(level)
                if let problem { return .problem(of: level.folder, problem) }
            } else if !level.wantsFolders {
                level.wantsFolders = true
                (level.isAtEnd, level.last) = (false, nil)
                levels.append(level)
            }
        }
        return nil
    }
}

extension FolderWalk {
    #if canImport(Darwin)
    private typealias Directory = UnsafeMutablePointer<DIR>
    #else
    private typealias Directory = OpaquePointer
    #endif

    /// Reads the next names of a folder; why not all of them where that cannot be done.
    private func fill(_ level: inout Level, from directory: Directory) -> String? {
        level.isAtEnd = true
        var names: [String] = []
        // The greatest name that is held when others were let go.
        var end: String?
        while true {
            errno = 0
            guard let entry = readdir(directory) else { break }
            guard let name = wanted(entry, in: level) else { continue }
            if let last = level.last, !last.isBefore(name) { continue }
            if let end, end.isBefore(name) { continue }
            names.append(name)
            guard names.count >= 2 * batchSize else { continue }
            names.sort { $0.isBefore($1) }
            names.removeLast(names.count - batchSize)
            end = names.last
            level.isAtEnd = false
        }
        let failure = errno
        names.sort { $1.isBefore($0) }
        if names.count > batchSize {
            names.removeFirst(names.count - batchSize)
            level.isAtEnd = false
        }
        level.names = names
        return failure == 0 ? nil : String(cString: strerror(failure))
    }

    /// The name of an entry of the kind that is wanted.
    private func wanted(_ entry: UnsafeMutablePointer<dirent>, in level: Level) -> String? {
        // A name that is no UTF-8 has other letters here, and is told when it cannot be opened.
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") { return nil }
        let isFitting = endings.isEmpty || endings.contains { name.hasSuffix($0) }
        // No need to look at what is neither.
        if !level.wantsFolders, !isFitting { return nil }
        let isFolder: Bool
        switch Int(entry.pointee.d_type) {
        case Int(DT_DIR): isFolder = true
        case Int(DT_UNKNOWN):
            var status = stat()
            let isThere = lstat(level.path(name), &status) == 0
            isFolder = isThere && status.st_mode & S_IFMT == S_IFDIR
        // A link to a folder is neither entered nor read.
        case Int(DT_LNK) where RootFolder.kind(of: level.path(name)) == .folder: return nil
        default: isFolder = false
        }
        if level.wantsFolders { return isFolder && name != excluded ? name : nil }
        return isFolder ? nil : name
    }
}

extension String {
    /// By bytes: names that a system tells apart are never the same.
    fileprivate func isBefore(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
