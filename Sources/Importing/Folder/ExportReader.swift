import JSONSource
import PolicyLanguage

/// Reads the answers of an export and says what is missing or cut off.
struct ExportReader {
    let sources: SourceMap
    var diagnostics: [Diagnostic] = []
    let folder: ExportFolder
    let refusals: RefusedCalls
    let files: Set<String>
    private let names: FolderNames
    private var answers: [String: JSONValue?] = [:]
    /// Answers of which only a page is in the export.
    var partial: Set<String> = []
    /// Whether what has no file is nothing: a tool that keeps no list of failed calls leaves no
    /// way to tell.
    let tellsNothingByNothing: Bool
    /// Calls that are not in the export, by kind.
    var lost: [LostCalls.Kind: LostCalls] = [:]
    /// What is not as AWS prints it and has been told.
    var oddPlaces: Set<SourceSpan> = []

    init(_ folder: ExportFolder, sources: SourceMap) {
        self.folder = folder
        self.sources = sources
        let refusals = RefusedCalls(in: folder, sources: sources)
        let paths = folder.paths.filter { !refusals.disowned.contains($0) }
        self.refusals = refusals
        files = Set(paths)
        names = FolderNames(paths)
        diagnostics = refusals.diagnostics
        tellsNothingByNothing = false
    }

    /// Answers that were put together from something else.
    init(
        _ answers: [String: JSONValue],
        of folder: ExportFolder,
        sources: SourceMap,
        checkingPages: Bool = false
    ) {
        self.sources = sources
        self.folder = folder
        self.answers = answers
        files = Set(answers.keys)
        names = FolderNames(files)
        refusals = RefusedCalls()
        tellsNothingByNothing = true
        guard checkingPages else { return }
        for (path, answer) in answers { warnIfPartial(answer, path) }
    }
}

extension ExportReader {
    /// The names of files and folders directly below a folder.
    func names(in folder: String) -> [String] { names[folder] }

    /// The names of folders directly below a folder.
    func folders(in folder: String) -> [String] { names.folders(in: folder) }

    /// What a call answered; nil when there is no such file or when it is not JSON.
    mutating func answer(_ path: String) -> JSONValue? {
        if let known = answers[path] { return known }
        let value = files.contains(path) ? read(path) : nil
        answers[path] = value
        if let value { warnIfPartial(value, path) }
        return value
    }

    private mutating func read(_ path: String) -> JSONValue? {
        let read = folder.value(path, sources)
        diagnostics += read.diagnostics
        return read.value
    }

    /// The CLI joins the pages of an answer and drops these members; options such as
    /// `--max-items` and `--no-paginate` leave them in (AWS CLI User Guide, "Pagination").
    private mutating func warnIfPartial(_ answer: JSONValue, _ path: String) {
        let tokens = [
            "NextToken", "nextToken", "NextMarker", "Marker", "ContinuationToken", "position",
            "NextContinuationToken", "LastEvaluatedTableName",
        ]
        for member in answer.members ?? [] {
            let isToken =
                tokens.contains(member.key) && !member.value.isNull
                && member.value.string?.isEmpty != true
            var isTruncated = false
            if ["IsTruncated", "Truncated", "HasMoreStreams"].contains(member.key),
                case .bool(true) = member.value.content
            {
                isTruncated = true
            }
            guard isToken || isTruncated else { continue }
            partial.insert(path)
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
        if refusals.covers(path) { return }
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
        guard let found = answer[member] else {
            return answer.members?.isEmpty == true ? [] : [answer]
        }
        if let elements = found.elements { return elements }
        if !found.isNull {
            noteShape("'\(member)' is \(found.kindName), not a list", at: found.span)
        }
        return []
    }

    /// The object that a call answered in a member, or in its place.
    mutating func object(_ path: String, _ member: String) -> JSONValue? {
        answer(path).map { $0[member] ?? $0 }
    }

    /// The policy document that a call answered in a member, or in its place; one that may be there
    /// stands for itself as something missing, at a place that tells of its holder.
    mutating func document(
        _ path: String,
        _ member: String,
        at span: SourceSpan
    ) -> JSONValue? {
        if let gap = gap(path, at: span, "verdicts may hang on what the policies say") {
            return gap
        }
        guard let answer = answer(path) else { return nil }
        if let found = answer.present(member) { return document(found) }
        return answer["Statement"] == nil ? knownDocument(nil, of: answer) : document(answer)
    }

    /// The names of folders below one in which the call of a file failed.
    func refusedNames(_ folder: String, _ file: String) -> [String] {
        refusals.paths.compactMap { path in
            guard path.hasPrefix(folder + "/"), path.hasSuffix("/" + file) else { return nil }
            let name = path.dropFirst(folder.utf8.count + 1).dropLast(file.utf8.count + 1)
            return name.contains("/") ? nil : String(name)
        }
        .sorted()
    }

    /// The document of a policy that exists; where the export has none of it, one that may say
    /// anything.
    mutating func knownDocument(_ value: JSONValue?, of policy: JSONValue) -> JSONValue {
        if let document = document(value) { return document }
        let message = "the export does not hold what this policy says, so verdicts may hang on it"
        warn("export.dangling", message, at: policy.span)
        return MissingPolicy.value("\(place(of: policy)): there is no document", at: policy.span)
    }

    /// The file of the export in which a value stands.
    ///
    /// Neither where the export lies nor the line is any part of what it says.
    func place(of value: JSONValue) -> String {
        let full = sources.location(of: value.span)?.path ?? ""
        let isInside = full.hasPrefix(folder.name + "/")
        return isInside ? String(full.dropFirst(folder.name.utf8.count + 1)) : full
    }

    /// The policy document that a value holds in any encoding; nil when there is none.
    ///
    /// One that is not JSON has been reported and stands for itself as something missing.
    mutating func document(_ value: JSONValue?) -> JSONValue? {
        guard let value, !value.isNull, value.string?.isEmpty != true,
            value.members?.isEmpty != true
        else { return nil }
        let parsed = JSONValue.embedded(in: value, sources: sources)
        diagnostics += parsed.diagnostics
        if let document = parsed.value, let members = document.members {
            return members.isEmpty ? nil : document
        }
        if !parsed.diagnostics.hasErrors {
            let message = "this is \(value.kindName), not a policy, so verdicts may hang on it"
            warn("export.shape", message, at: value.span)
        }
        return MissingPolicy.value(
            "\(place(of: value)): it is not a policy in JSON",
            at: value.span
        )
    }
}
