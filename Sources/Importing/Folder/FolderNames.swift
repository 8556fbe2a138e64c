/// The names directly below each folder, from the paths of files.
struct FolderNames {
    private let names: [String: [String]]

    init(_ paths: some Sequence<String>) {
        var names: [String: Set<String>] = [:]
        for path in paths {
            var parts = path.split(separator: "/")
            while let name = parts.popLast() {
                let isNew = names[parts.joined(separator: "/"), default: []].insert(String(name))
                    .inserted
                // What lies above is known with the first file of a folder.
                guard isNew else { break }
            }
        }
        self.names = names.mapValues { $0.sorted() }
    }

    /// Sorted; of no folder the top one.
    subscript(folder: String) -> [String] {
        names[folder.hasSuffix("/") ? String(folder.dropLast()) : folder] ?? []
    }

    /// The names of folders alone: a thing may be called as if it were a file.
    func folders(in folder: String) -> [String] {
        let above = folder.hasSuffix("/") ? folder : folder + "/"
        return self[folder].filter { names[above + $0] != nil }
    }
}
