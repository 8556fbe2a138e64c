/// Reads JSON files and puts in place what their `$ref` objects point to.
///
/// Every file is read once. Problems are collected, never thrown: what cannot be resolved is
/// left out and reported where it stands.
package struct DocumentLoader {
    /// How many references one run may follow, so that references to references cannot explode.
    package static let referenceLimit = 100_000

    package let sources: SourceMap
    package private(set) var diagnostics: [Diagnostic] = []
    private let reader: FileReader
    private var raw: [String: JSONValue?] = [:]
    private var resolved: [String: JSONValue] = [:]
    private var trail: [String] = []
    private var followed = 0

    package init(reader: FileReader, sources: SourceMap) {
        self.reader = reader
        self.sources = sources
    }
}

extension DocumentLoader {
    /// Reports problems found elsewhere together with those of reading.
    package mutating func report(_ problems: [Diagnostic]) {
        diagnostics += problems
    }

    /// The value of a file with all references resolved; nil when it cannot be read as JSON.
    ///
    /// `origin` is where the file is named, for the message that it cannot be read.
    package mutating func load(_ path: String, namedAt origin: SourceSpan?) -> JSONValue? {
        guard let value = file(path, namedAt: origin) else { return nil }
        return resolve(value, in: path)
    }

    /// The value of a file as it stands, references and all.
    package mutating func file(_ path: String, namedAt origin: SourceSpan?) -> JSONValue? {
        if let known = raw[path] { return known }
        let value: JSONValue?
        switch reader.read(path) {
        case .success(let bytes):
            let file = sources.add(SourceText(path: path, bytes: bytes))
            let parsed = JSONParser.parse(bytes, file: file)
            diagnostics += parsed.diagnostics
            value = parsed.value
        case .failure(let problem):
            // The problem belongs to whoever names the file; the same file may be named again.
            let span = origin ?? SourceSpan(file: sources.add(emptyFile(path)), start: 0, end: 0)
            diagnostics.append(.error("file.unreadable", problem.sentence(about: path), at: span))
            return nil
        }
        raw[path] = value
        return value
    }

    private func emptyFile(_ path: String) -> SourceText { SourceText(path: path, bytes: []) }

    /// A value with every `{"$ref": …}` in it replaced; `path` is the file it stands in.
    package mutating func resolve(_ value: JSONValue, in path: String) -> JSONValue {
        switch value.content {
        case .array(let elements):
            return JSONValue(.array(elements.map { resolve($0, in: path) }), at: value.span)
        case .object(let members):
            if let reference = members.first(where: { $0.key == "$ref" }) {
                return follow(reference, of: members, in: path)
                    ?? JSONValue(.object([]), at: value.span)
            }
            let changed = members.map {
                JSONMember(key: $0.key, keySpan: $0.keySpan, value: resolve($0.value, in: path))
            }
            return JSONValue(.object(changed), at: value.span)
        case .null, .bool, .number, .string:
            return value
        }
    }

    private mutating func follow(
        _ reference: JSONMember,
        of members: [JSONMember],
        in path: String
    ) -> JSONValue? {
        let span = reference.value.span
        func refuse(_ message: String) -> Diagnostic { .error("ref.invalid", message, at: span) }
        guard let text = reference.value.string else {
            diagnostics.append(.wrongType("'$ref'", expected: "a string", found: reference.value))
            return nil
        }
        for other in members where other.key != "$ref" {
            let message =
                "'\(other.key)' cannot stand beside '$ref', which replaces the whole object"
            diagnostics.append(.error("ref.not-alone", message, at: other.keySpan))
        }
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let pointer = parts.count > 1 ? String(parts[1]) : ""
        guard !name.hasPrefix("/") else {
            diagnostics.append(refuse("'$ref' takes a relative path, not '\(text)'"))
            return nil
        }
        let target = name.isEmpty ? path : FilePath.join(name, relativeTo: path)
        let key = target + "#" + pointer
        if let known = resolved[key] { return known }
        guard !trail.contains(key) else {
            diagnostics.append(refuse("cycle of references: '\(text)' leads back to itself"))
            return nil
        }
        followed += 1
        guard followed <= Self.referenceLimit else {
            diagnostics.append(refuse("more than \(Self.referenceLimit) references in one run"))
            return nil
        }
        guard let document = file(target, namedAt: span) else { return nil }
        guard let found = JSONPointer(pointer)?.value(in: document) else {
            diagnostics.append(refuse("'\(text)' points to nothing in that file"))
            return nil
        }
        trail.append(key)
        let value = resolve(found, in: target)
        trail.removeLast()
        resolved[key] = value
        return value
    }
}
