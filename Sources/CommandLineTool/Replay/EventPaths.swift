/// The files of records that a command line names, by themselves, in a list or below folders.
///
/// They come one after the other, since there may be more than anybody can hold: CloudTrail writes
/// one for each account, Region and five minutes.
struct EventPaths {
    /// The endings of files that hold records; what ends otherwise is looked into.
    private static let endings = [
        ".json", ".json.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz",
    ]
    /// The folder beside those of records where CloudTrail signs what it wrote.
    static let digests = "CloudTrail-Digest"

    enum Found {
        /// A file, or a pipe where it is named on the command line.
        case file(String)
        /// A file of a name that records do not have, which may hold some.
        case candidate(String)
        case problem(of: String, String)
    }

    private var rest: ArraySlice<String>
    private var list: PathList?
    private var walk: FolderWalk?
    /// The folder that is walked through, and whether something was found in it.
    private var folder = ""
    private var hasFound = false

    init(_ paths: [String], list: PathList?) {
        rest = paths[...]
        self.list = list
    }

    /// The next file; nil behind the last one.
    mutating func next() -> Found? {
        while true {
            if let found = walked() { return found }
            if let path = rest.popFirst() {
                guard let found = enter(path, isNamed: true) else { continue }
                return found
            }
            switch list?.next() {
            case .path(let path)?:
                if let found = enter(path, isNamed: false) { return found }
            case .problem(let why)?:
                let name = list?.name ?? ""
                list = nil
                return .problem(of: name, why)
            case .end?, nil: return nil
            }
        }
    }

    /// The next file of the folder that is walked through.
    private mutating func walked() -> Found? {
        guard let found = walk?.next() else {
            let wasEmpty = walk != nil && !hasFound
            walk = nil
            guard wasEmpty else { return nil }
            return .problem(of: folder, "there is no file in it")
        }
        hasFound = true
        switch found {
        case .file(let path): return Self.file(path)
        case .problem(let folder, let why): return .problem(of: folder, why)
        }
    }

    private mutating func enter(_ path: String, isNamed: Bool) -> Found? {
        if isNamed, path == "-" { return .file(path) }
        guard RootFolder.kind(of: path) == .folder else {
            // In a list this is a name as any other.
            return isNamed ? .file(path) : Self.file(path == "-" ? "./-" : path)
        }
        folder = path
        hasFound = false
        walk = FolderWalk(path, leavingOut: Self.digests)
        return nil
    }

    /// A file that nobody named: a pipe in its place would be waited for.
    private static func file(_ path: String) -> Found {
        if RootFolder.kind(of: path) == .other { return .problem(of: path, "it is not a file") }
        let name = path.lowercased()
        return endings.contains { name.hasSuffix($0) } ? .file(path) : .candidate(path)
    }
}

/// Paths of a stream, a line each.
struct PathList {
    enum Line {
        case path(String)
        /// Why the rest of the list is not read.
        case problem(String)
        case end
    }

    /// How long a path may be, in bytes.
    static let limit = 1 << 16

    let name: String
    private let stream: any ByteStream
    private var bytes: [UInt8] = []
    private var start = 0

    init(_ name: String, _ stream: any ByteStream) {
        self.name = name
        self.stream = stream
    }

    mutating func next() -> Line {
        while true {
            if let end = bytes[start...].firstIndex(where: Self.endsLine) {
                let line = bytes[start..<end]
                start = end + 1
                if !line.isEmpty { return .path(String(decoding: line, as: UTF8.self)) }
                continue
            }
            bytes.removeFirst(start)
            start = 0
            if bytes.count > Self.limit {
                return .problem("a line of the list is longer than \(Self.limit) bytes")
            }
            do throws(SystemProblem) {
                let more = try stream.next()
                guard more.isEmpty else {
                    bytes += more
                    continue
                }
                let last = bytes
                bytes = []
                return last.isEmpty ? .end : .path(String(decoding: last, as: UTF8.self))
            } catch {
                return .problem(error.reason)
            }
        }
    }

    private static func endsLine(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
