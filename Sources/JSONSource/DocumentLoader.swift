package import Parallelism

/// Reads JSON files and puts in place what their `$ref` objects point to.
///
/// Every file is read once. Problems are collected, never thrown: what cannot be resolved is
/// left out and reported where it stands.
package struct DocumentLoader {
    /// How many references may lead from one to the next.
    package static let chainLimit = 100
    /// How many references one run may follow.
    package static let referenceLimit = 100_000
    /// How many values the references of one run may stand for together, so that references to
    /// references to references cannot explode.
    package static let expansionLimit = 25_000_000

    package let sources: SourceMap
    /// Who reads a file that is long; what is read does not depend on how many they are.
    package var workers = Workers.one
    /// How many mistakes of all files are kept.
    package static let diagnosticLimit = 100_000
    package private(set) var diagnostics: [Diagnostic] = [] {
        didSet {
            if diagnostics.count > Self.diagnosticLimit {
                diagnostics.end(at: Self.diagnosticLimit)
            }
        }
    }
    /// Every `$lint` met, in the order met.
    package private(set) var lintNotes: [LintNote] = []
    private var reported: Set<Diagnostic> = []
    /// Files in which something is wrong, and files that refer to such ones.
    private var faulty: Set<String> = []
    /// Those among them of which a part is missing.
    private var incomplete: Set<String> = []
    private let reader: FileReader
    private var raw: [String: JSONValue?] = [:]
    private var resolved: [String: Resolved] = [:]
    private var trail: [String] = []
    /// Members of large objects by their names, byte by byte, and elements of large arrays.
    private var places: [SourceSpan: [ExactKey: JSONValue]] = [:]
    private var elements: [SourceSpan: [JSONValue]] = [:]
    private var followed = 0
    private var expanded = 0

    /// A value without references, how many values it holds, and what was referred to in it.
    private struct Resolved {
        let value: JSONValue
        /// Whether it differs from what stands in the file; most values hold no reference.
        var isChanged = true
        let size: Int
        let referred: [SourceSpan]
    }

    /// How many values were read of all files.
    private var values = 0

    package init(reader: FileReader, sources: SourceMap) {
        self.reader = reader
        self.sources = sources
    }
}

extension DocumentLoader {
    /// Reports problems found elsewhere together with those of reading, each once: what several
    /// files refer to is looked at several times.
    package mutating func report(_ problems: [Diagnostic]) {
        diagnostics += problems.filter { reported.insert($0).inserted }
    }

    /// Whether a file, with all it refers to, has been read without an error.
    package func isSound(_ path: String) -> Bool { !faulty.contains(path) }

    /// Whether all of a file, and of all it refers to, is there, mistakes or not.
    package func isComplete(_ path: String) -> Bool { !incomplete.contains(path) }

    private mutating func inherit(from target: String, to path: String) {
        if faulty.contains(target) { faulty.insert(path) }
        if incomplete.contains(target) { incomplete.insert(path) }
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
        switch reader.read(path) {
        case .success(let bytes):
            let file = sources.add(SourceText(path: path, bytes: bytes))
            let unparsed = Unparsed(path: path, bytes: bytes, file: file)
            return keep(unparsed.parse(limit: valuesLeft, by: workers))
        case .failure(let problem):
            // The problem belongs to whoever names the file; the same file may be named again.
            let span = origin ?? SourceSpan(file: sources.add(emptyFile(path)), start: 0, end: 0)
            diagnostics.append(.error("file.unreadable", problem.sentence(about: path), at: span))
            return nil
        }
    }

    /// Reads files before they are asked for, and parses them in parallel.
    ///
    /// What cannot be read is told when it is asked for.
    package mutating func prefetch(_ paths: [String], by workers: Workers) {
        var wanted = paths.filter { raw[$0] == nil }[...]
        let (reader, sources, limit) = (reader, sources, valuesLeft)
        var parsed: [ParsedFile] = []
        (wanted.count > 1 ? workers : .one).run(
            makeWorker: {},
            next: { () -> Unparsed? in
                while let path = wanted.popFirst() {
                    guard case .success(let bytes) = reader.read(path) else { continue }
                    let file = sources.add(SourceText(path: path, bytes: bytes))
                    return Unparsed(path: path, bytes: bytes, file: file)
                }
                return nil
            },
            work: { _, file in file.parse(limit: limit) },
            deliver: { file in
                parsed.append(file)
                return true
            }
        )
        for file in parsed { _ = keep(file) }
    }

    /// How many values may still be read.
    private var valuesLeft: Int { JSONParser.valueLimit - values }

    /// Keeps what a file holds: all files are kept until the run ends.
    private mutating func keep(_ file: ParsedFile) -> JSONValue? {
        var parsed = file.parsed
        // It was read as if it were the first.
        if parsed.count > valuesLeft { parsed = file.source.parse(limit: valuesLeft).parsed }
        values += parsed.count
        diagnostics += parsed.diagnostics
        if parsed.diagnostics.hasErrors { faulty.insert(file.source.path) }
        raw[file.source.path] = parsed.value
        return parsed.value
    }

    /// A file that has been read.
    private struct Unparsed: Sendable {
        let path: String
        let bytes: [UInt8]
        /// Its number among the sources.
        let file: Int32

        func parse(limit: Int, by workers: Workers = .one) -> ParsedFile {
            ParsedFile(
                source: self,
                parsed: JSONParser.parse(bytes, file: file, valueLimit: limit, by: workers)
            )
        }
    }

    private struct ParsedFile: Sendable {
        let source: Unparsed
        let parsed: Parsed<JSONValue?>
    }

    private func emptyFile(_ path: String) -> SourceText { SourceText(path: path, bytes: []) }

    /// A value with every `{"$ref": …}` in it replaced; `path` is the file it stands in.
    package mutating func resolve(_ value: JSONValue, in path: String) -> JSONValue {
        resolution(of: value, in: path).value
    }

    private mutating func resolution(
        of value: JSONValue,
        in path: String,
        from key: SourceSpan? = nil
    ) -> Resolved {
        guard value.mayRefer else {
            return Resolved(value: value, isChanged: false, size: value.count, referred: [])
        }
        switch value.content {
        case .array(let elements):
            return resolution(ofArray: elements, value, in: path)
        case .object(let members):
            let note = members.first { $0.key == LintNote.key }
            let found = resolution(ofObject: members, value, in: path)
            if let note {
                // A note is about what is referred to as well, which may have to stay as AWS
                // takes it.
                let own = value.span.extended(to: key)
                // What is referred to twice counts once, or nested notes would multiply it.
                var seen: Set<SourceSpan> = []
                let referred = found.referred.filter { seen.insert($0).inserted }
                lintNotes.append(LintNote(value: note.value, reach: [own] + referred))
            }
            return found
        case .null, .bool, .number, .string:
            return Resolved(value: value, isChanged: false, size: 1, referred: [])
        }
    }

    private mutating func resolution(
        ofArray elements: [JSONValue],
        _ value: JSONValue,
        in path: String
    ) -> Resolved {
        var size = 1
        var referred: [SourceSpan] = []
        var changed: [JSONValue]?
        for (index, element) in elements.enumerated() {
            let part = resolution(of: element, in: path)
            size += part.size
            referred += part.referred
            guard part.isChanged else { continue }
            if changed == nil { changed = elements }
            changed?[index] = part.value
        }
        guard let changed else {
            return Resolved(value: value, isChanged: false, size: size, referred: referred)
        }
        let array = JSONValue(.array(changed), at: value.span)
        return Resolved(value: array, size: size, referred: referred)
    }

    private mutating func resolution(
        ofObject members: [JSONMember],
        _ value: JSONValue,
        in path: String
    ) -> Resolved {
        if let reference = members.first(where: { $0.key == "$ref" }) {
            if let found = follow(reference, of: members, in: path) {
                let referred = [found.value.span] + found.referred
                return Resolved(value: found.value, size: found.size, referred: referred)
            }
            faulty.insert(path)
            incomplete.insert(path)
            let nothing = JSONValue(.object([]), at: value.span, origin: .missing)
            return Resolved(value: nothing, size: 1, referred: [])
        }
        var size = 1
        var referred: [SourceSpan] = []
        var changed: [JSONMember]?
        for (index, member) in members.enumerated() where member.key != LintNote.key {
            let part = resolution(of: member.value, in: path, from: member.keySpan)
            size += part.size
            referred += part.referred
            guard part.isChanged else { continue }
            if changed == nil { changed = members }
            changed?[index] = JSONMember(
                key: member.key,
                keySpan: member.keySpan,
                value: part.value
            )
        }
        let hasNote = members.contains { $0.key == LintNote.key }
        guard hasNote || changed != nil else {
            return Resolved(value: value, isChanged: false, size: size, referred: referred)
        }
        if hasNote { changed = (changed ?? members).filter { $0.key != LintNote.key } }
        let object = JSONValue(.object(changed ?? members), at: value.span)
        return Resolved(value: object, size: size, referred: referred)
    }

    private mutating func follow(
        _ reference: JSONMember,
        of members: [JSONMember],
        in path: String
    ) -> Resolved? {
        let span = reference.value.span
        func refuse(_ message: String) -> Diagnostic { .error("ref.invalid", message, at: span) }
        guard let text = reference.value.string else {
            diagnostics.append(.wrongType("'$ref'", expected: "a string", found: reference.value))
            return nil
        }
        for other in members where other.key != "$ref" && other.key != LintNote.key {
            let message =
                "'\(other.key)' cannot stand beside '$ref', which replaces the whole object"
            diagnostics.append(.error("ref.not-alone", message, at: other.keySpan))
            faulty.insert(path)
        }
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let pointer = parts.count > 1 ? String(parts[1]) : ""
        guard !name.hasPrefix("/"), !name.hasSuffix("/"), !name.utf8.contains(0) else {
            diagnostics.append(refuse("'$ref' takes a relative path, not '\(text)'"))
            return nil
        }
        let target = name.isEmpty ? path : FilePath.join(name, relativeTo: path)
        let key = target + "#" + pointer
        if let known = resolved[key] {
            inherit(from: target, to: path)
            return isAffordable(known, at: span) ? known : nil
        }
        guard trail.count < Self.chainLimit else {
            diagnostics.append(
                refuse("more than \(Self.chainLimit) references lead from one to the next")
            )
            return nil
        }
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
        let found = JSONPointer(pointer)?.value(
            in: document,
            member: { member($1, of: $0) },
            element: { element($1, of: $0) }
        )
        guard let found else {
            diagnostics.append(refuse("'\(text)' points to nothing in that file"))
            return nil
        }
        trail.append(key)
        let value = resolution(of: found, in: target)
        trail.removeLast()
        inherit(from: target, to: path)
        resolved[key] = value
        return isAffordable(value, at: span) ? value : nil
    }

    /// A member of an object; those of a large one, which may be referred to one by one, are put
    /// in order first.
    private mutating func member(_ name: String, of value: JSONValue) -> JSONValue? {
        let span = value.span
        if let known = places[span] { return known[ExactKey(text: name)] }
        guard value.eachMember.count > 64 else { return value[name] }
        let known = Dictionary(
            value.eachMember.lazy.map { (ExactKey(text: $0.key), $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        places[span] = known
        return known[ExactKey(text: name)]
    }

    /// An element of an array; those of a large one are counted once.
    private mutating func element(_ index: Int, of value: JSONValue) -> JSONValue? {
        let span = value.span
        guard let known = elements[span] else {
            guard value.children.count > 64 else { return value.element(index) }
            elements[span] = value.elements
            return value.element(index)
        }
        return known.indices.contains(index) ? known[index] : nil
    }

    /// Counts what a reference stands for; false, said once, when it is too much.
    private mutating func isAffordable(_ value: Resolved, at span: SourceSpan) -> Bool {
        let isExhausted = expanded > Self.expansionLimit
        expanded += min(value.size, Self.expansionLimit)
        guard expanded > Self.expansionLimit else { return true }
        if !isExhausted {
            let message = "the references stand for more than \(Self.expansionLimit) values"
            diagnostics.append(.error("ref.expansion", message, at: span))
        }
        return false
    }
}
