import JSONSource

/// What a path of the command line leads to.
struct InputPath {
    /// What the files may refer to.
    let root: RootFolder
    let isFolder: Bool
    /// The file itself, or all JSON files below the folder.
    let files: [String]
    /// Whether nothing below the folder was unreadable.
    let isComplete: Bool

    /// Nil, reported, when there is nothing at the path.
    init?(
        _ path: String,
        root given: RootFolder?,
        atMost limit: Int = RootFolder.listingLimit,
        links: FolderLinks = .passedOver,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard let kind = RootFolder.kind(of: path) else {
            let message = "there is no file or folder '\(path)'"
            diagnostics.append(.problem("file.not-found", message))
            return nil
        }
        guard let root = given ?? RootFolder(holding: path) else {
            let message = "cannot read the folder of '\(path)'"
            diagnostics.append(.problem("file.unreadable", message))
            return nil
        }
        self.root = root
        isFolder = kind == .folder
        let listing =
            isFolder
            ? RootFolder.files(below: path, atMost: limit, links: links)
            : .init(files: [path])
        diagnostics += listing.problems
        isComplete = listing.problems.isEmpty
        // A file has one name in all messages, whether it is found or referred to.
        files = listing.files.map(RootFolder.tidy)
    }
}

extension Diagnostic {
    /// An error that stands in no file.
    static func problem(_ code: String, _ message: String) -> Diagnostic {
        .error(code, message, at: .nowhere)
    }
}
