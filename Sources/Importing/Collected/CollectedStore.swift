import JSONSource

/// The store of the tool iam-collect: folders and files in lower case, one folder a thing, one file
/// a kind of knowledge about it; empty ones are left out.
struct CollectedStore {
    /// What `organizations` and `accounts` lie in.
    let base: String
    private let folder: ExportFolder
    private let files: Set<String>
    private let names: FolderNames
    private let sources: SourceMap
    private(set) var diagnostics: [Diagnostic] = []

    /// Nil when the folder holds no such store; of several partitions the first is taken.
    init?(_ folder: ExportFolder, sources: SourceMap) {
        var bases: Set<String> = []
        for path in folder.paths {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            // Other exports hold accounts, too, but not files of these names.
            let marks = ["organization.json", "trust-policy.json", "metadata.json"]
            guard let file = parts.last, marks.contains(String(file)),
                let place = parts.firstIndex(where: { $0 == "accounts" || $0 == "organizations" })
            else { continue }
            bases.insert(parts[..<place].joined(separator: "/"))
        }
        guard let base = bases.min() else { return nil }
        self.base = base.isEmpty ? "" : base + "/"
        self.folder = folder
        self.sources = sources
        files = Set(folder.paths)
        names = FolderNames(folder.paths)
        for other in bases.sorted().dropFirst() {
            let message = "'\(folder.fullPath(other))' is another partition and is left out"
            diagnostics.append(.warning("export.left-out", message, at: .nowhere))
        }
    }
}

extension CollectedStore {
    /// The names of files and folders directly below a folder of the store, sorted.
    func names(in path: String) -> [String] { names[base + path] }

    /// What a file of the store holds; nil when there is none or when it is not JSON.
    mutating func value(_ path: String) -> JSONValue? {
        let path = base + path
        guard files.contains(path) else { return nil }
        let read = folder.value(path, sources)
        diagnostics += read.diagnostics
        return read.value
    }

    mutating func warn(_ code: String, _ message: String, at span: SourceSpan) {
        diagnostics.append(.warning(code, message, at: span))
    }

    /// The folders of things, however their names are divided into folders: those that hold files.
    func things(below path: String) -> [String] {
        let inside = names(in: path)
        // A thing may be called as if it were a file.
        let folders = names.folders(in: base + path)
        if folders.count < inside.count { return [path] }
        return folders.flatMap { things(below: "\(path)/\($0)") }
    }
}
