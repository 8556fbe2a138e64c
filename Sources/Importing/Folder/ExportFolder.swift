package import JSONSource

/// A folder of an export: the files in it and a way to read them.
package struct ExportFolder: Sendable {
    /// The folder as the user named it; paths in messages begin with it.
    let name: String
    /// The files below it, relative to it.
    let paths: [String]
    private let reader: FileReader

    /// `files` are paths that begin with the folder's name; any others are passed over.
    package init(_ name: String, files: some Sequence<String>, reader: FileReader) {
        let folder = name.hasSuffix("/") ? String(name.dropLast()) : name
        self.name = folder
        self.reader = reader
        paths = files.compactMap { file in
            file.hasPrefix(folder + "/") ? String(file.dropFirst(folder.utf8.count + 1)) : nil
        }
    }
}

extension ExportFolder {
    /// A file of the export as messages name it.
    func fullPath(_ path: String) -> String { name + "/" + path }

    func read(_ path: String) -> Result<[UInt8], FileProblem> { reader.read(fullPath(path)) }
}
