/// How a room below the command line gets at files: the caller lends it a way to read them.
package struct FileReader: Sendable {
    /// Reads the file at a path; paths use `/` and are relative to where the tool was started.
    package let read: @Sendable (_ path: String) -> Result<[UInt8], FileProblem>

    package init(read: @escaping @Sendable (_ path: String) -> Result<[UInt8], FileProblem>) {
        self.read = read
    }
}

/// Why a file could not be read.
package enum FileProblem: Error, Hashable {
    case notFound
    case outsideRoot(String)
    case unreadable(String)

    /// The problem as a sentence about the path.
    package func sentence(about path: String) -> String {
        switch self {
        case .notFound: "there is no file '\(path)'"
        case .outsideRoot(let root):
            "'\(path)' lies outside the root folder '\(root)'; --root names a wider one"
        case .unreadable(let reason): "cannot read '\(path)': \(reason)"
        }
    }
}

/// Paths as text: joining and tidying, without asking the file system.
package enum FilePath {
    /// A reference as seen from the file that holds it.
    package static func join(_ reference: String, relativeTo file: String) -> String {
        if reference.hasPrefix("/") { return tidy(reference) }
        guard let slash = file.lastIndex(of: "/") else { return tidy(reference) }
        return tidy(file[...slash] + reference)
    }

    /// The path without `.` and without `..` where it can be resolved.
    package static func tidy(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part == "..", path.hasPrefix("/") {
                continue
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
