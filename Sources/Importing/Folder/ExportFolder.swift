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

    /// The JSON of a file with what is wrong in it; nil where there is none.
    ///
    /// The CLI prints nothing at all for an answer without members.
    func value(_ path: String, _ sources: SourceMap) -> Parsed<JSONValue?> {
        let full = fullPath(path)
        switch read(path) {
        case .success(let bytes):
            guard !bytes.allSatisfy({ $0 <= 0x20 }) else { return Parsed(nil, []) }
            let file = sources.add(SourceText(path: full, bytes: bytes))
            let parsed = JSONParser.parse(bytes, file: file)
            return Parsed(parsed.value, parsed.diagnostics)
        case .failure(let problem):
            let file = sources.add(SourceText(path: full, bytes: []))
            let span = SourceSpan(file: file, start: 0, end: 0)
            let message = problem.sentence(about: full)
            return Parsed(nil, [.error("file.unreadable", message, at: span)])
        }
    }
}
