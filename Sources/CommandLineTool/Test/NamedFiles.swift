/// A folder of the command line, or files that stand one behind the other there.
struct NamedFiles {
    let path: String
    let root: RootFolder
    let isFolder: Bool
    let isComplete: Bool
    private(set) var files: [String]
    /// A file that is named twice is replayed twice, and read anew for that.
    private var known: Set<String>

    init(path: String, _ input: InputPath) {
        self.path = path
        root = input.root
        isFolder = input.isFolder
        isComplete = input.isComplete
        files = input.files
        known = Set(input.files)
    }

    /// Takes in a file that may refer to the same ones; false where that is not so.
    mutating func add(_ input: InputPath) -> Bool {
        // Messages speak of the root as it was named.
        guard !isFolder, !input.isFolder, input.root == root, input.root.name == root.name,
            !input.files.contains(where: known.contains)
        else { return false }
        files += input.files
        known.formUnion(input.files)
        return true
    }
}
