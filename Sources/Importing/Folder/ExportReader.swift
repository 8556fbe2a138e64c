import JSONSource

/// Reads the answers of an export and says what is missing or cut off.
struct ExportReader {
    let sources: SourceMap
    var diagnostics: [Diagnostic] = []
    private let folder: ExportFolder
    private let refusals: RefusedCalls
    private let files: Set<String>
    /// The names directly below a folder, sorted.
    private let names: [String: [String]]
    private var answers: [String: JSONValue?] = [:]

    init(_ folder: ExportFolder, sources: SourceMap) {
        self.folder = folder
        self.sources = sources
        files = Set(folder.paths)
        var names: [String: Set<String>] = [:]
        for path in folder.paths {
            var parts = path.split(separator: "/")
            while let name = parts.popLast() {
                names[parts.joined(separator: "/"), default: []].insert(String(name))
            }
        }
        self.names = names.mapValues { $0.sorted() }
        refusals = RefusedCalls(in: folder, sources: sources)
        diagnostics = refusals.diagnostics
    }
}

extension ExportReader {
    /// The names of files and folders directly below a folder.
    func names(in folder: String) -> [String] { names[folder] ?? [] }

    /// What a call answered; nil when there is no such file or when it is not JSON.
    ///
    /// The CLI prints nothing at all for an answer without members.
    mutating func answer(_ path: String) -> JSONValue? {
        if let known = answers[path] { return known }
        let value = files.contains(path) ? read(path) : nil
        answers[path] = value
        if let value { warnIfPartial(value) }
        return value
    }

    private mutating func read(_ path: String) -> JSONValue? {
        let text: SourceText
        switch folder.read(path) {
        case .success(let bytes): text = SourceText(path: folder.fullPath(path), bytes: bytes)
        case .failure(let problem):
            let full = folder.fullPath(path)
            let place = sources.add(SourceText(path: full, bytes: []))
            diagnostics.append(
                .error(
                    "file.unreadable",
                    problem.sentence(about: full),
                    at: SourceSpan(file: place, start: 0, end: 0)
                )
            )
            return nil
        }
        guard !text.bytes.allSatisfy({ $0 <= 0x20 }) else { return nil }
        let parsed = JSONParser.parse(text.bytes, file: sources.add(text))
        diagnostics += parsed.diagnostics
        return parsed.value
    }

    /// The CLI joins the pages of an answer and drops these members; options such as
    /// `--max-items` and `--no-paginate` leave them in (AWS CLI User Guide, "Pagination").
    private mutating func warnIfPartial(_ answer: JSONValue) {
        let tokens = ["NextToken", "nextToken", "NextMarker", "Marker", "ContinuationToken"]
        for member in answer.members ?? [] {
            let isToken = tokens.contains(member.key) && !member.value.isNull
            var isTruncated = false
            if member.key == "IsTruncated", case .bool(true) = member.value.content {
                isTruncated = true
            }
            guard isToken || isTruncated else { continue }
            let message = "this is one page of several: what stands on the others is missing"
            diagnostics.append(.warning("export.partial", message, at: member.keySpan))
            return
        }
    }

    /// An answer that should be there; the warning that it is not says what follows from that.
    mutating func required(
        _ path: String,
        at span: SourceSpan,
        _ consequence: String
    ) -> JSONValue? {
        if let answer = answer(path) { return answer }
        if !files.contains(path) { reportMissing(path, at: span, consequence) }
        return nil
    }

    /// Says that a call is missing, unless the export itself says why.
    mutating func reportMissing(_ path: String, at span: SourceSpan, _ consequence: String) {
        if refusals.cover(path) { return }
        let message = "the export lacks '\(path)', so \(consequence)"
        diagnostics.append(.warning("export.missing", message, at: span))
    }

    mutating func warn(_ code: String, _ message: String, at span: SourceSpan) {
        diagnostics.append(.warning(code, message, at: span))
    }
}

extension ExportReader {
    /// The elements of a list that a call answered.
    mutating func list(_ path: String, _ member: String) -> [JSONValue] {
        answer(path).map { elements(of: $0, member) } ?? []
    }

    /// The elements of a list in an answer.
    ///
    /// `--query` may have taken the object around the list away, or the list around its element.
    mutating func elements(of answer: JSONValue, _ member: String) -> [JSONValue] {
        if let elements = answer.elements { return elements }
        guard let found = answer[member] else { return [answer] }
        if let elements = found.elements { return elements }
        if !found.isNull {
            warn("export.shape", "'\(member)' is \(found.kindName), not a list", at: found.span)
        }
        return []
    }

    /// The object that a call answered in a member, or in its place.
    mutating func object(_ path: String, _ member: String) -> JSONValue? {
        answer(path).map { $0[member] ?? $0 }
    }

    /// The policy document that a call answered in a member, or in its place.
    mutating func document(_ path: String, _ member: String) -> JSONValue? {
        answer(path).flatMap { $0[member] ?? ($0["Statement"] == nil ? nil : $0) }
            .flatMap { document($0) }
    }

    /// The policy document that a value holds in any encoding; nil when there is none.
    ///
    /// One that is not JSON has been reported and stands for itself as something missing.
    mutating func document(_ value: JSONValue?) -> JSONValue? {
        guard let value, !value.isNull, value.string?.isEmpty != true else { return nil }
        let parsed = JSONValue.embedded(in: value, sources: sources)
        diagnostics += parsed.diagnostics
        return parsed.value ?? JSONValue(.object([]), at: value.span, origin: .missing)
    }
}
