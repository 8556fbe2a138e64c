import JSONSource

/// The calls of an export that AWS answered with an error, as its `errors.tsv` lists them.
///
/// A line is the file the answer would have gone to, the error's code and the command.
struct RefusedCalls {
    /// One warning for all calls of a kind that failed in the same way.
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var paths: Set<String> = []
    /// Of calls whose answer is unknown, why, by the file the answer would have gone to.
    private(set) var reasons: [String: Refusal] = [:]

    /// Files of calls that are said to have failed: they come from another run.
    private(set) var disowned: Set<String> = []

    /// What became of a call that left no answer.
    enum Fate {
        /// AWS answered that there is none.
        case nothing
        case failed(Refusal)
        /// No line is about it.
        case unknown
    }

    struct Refusal {
        let text: String
        let span: SourceSpan
    }

    /// Codes that mean "there is none", which is an answer as good as any.
    ///
    /// Source: the error lists of the calls in the API references of the services.
    private static let absences: Set<String> = [
        "AWSOrganizationsNotInUseException", "EntityNotFoundException",
        "NoSuchAccessPointPolicy", "NoSuchBucketPolicy", "NoSuchEntity", "NoSuchEntityException",
        "NoSuchPublicAccessBlockConfiguration", "NoSuchTagSet", "NoSuchTagSetError",
        "OwnershipControlsNotFoundError", "PolicyNotFound", "PolicyNotFoundException",
        "PolicyTypeNotEnabledException",
        "RegistryPolicyNotFoundException", "RepositoryPolicyNotFoundException",
        "ResourceNotFoundException", "ResourcePolicyNotFoundException",
    ]

    private struct Kind: Hashable {
        let call: String
        let code: String
    }

    /// No call that failed is known.
    init() {}

    init(in folder: ExportFolder, sources: SourceMap) {
        let path = "errors.tsv"
        guard case .success(let bytes) = folder.read(path) else { return }
        let file = sources.add(SourceText(path: folder.fullPath(path), bytes: bytes))
        let files = Set(folder.paths)
        var failures: [Kind: (count: Int, span: SourceSpan)] = [:]
        var order: [Kind] = []
        for line in bytes.split(separator: 10) {
            let fields = line.split(separator: 9, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            // What else stands there is said again by a line of this form.
            guard fields.count == 3 else { continue }
            paths.insert(fields[0])
            let span = SourceSpan(file: file, start: line.startIndex, end: line.endIndex)
            disown(fields[0], in: folder, files, at: span)
            guard !Self.absences.contains(fields[1]) else { continue }
            let words = fields[2].split(separator: " ").prefix { !$0.hasPrefix("-") }
            let kind = Kind(call: words.joined(separator: " "), code: fields[1])
            if failures[kind] == nil { order.append(kind) }
            let what = kind.code.isEmpty ? "failed" : "failed with \(kind.code)"
            reasons[fields[0]] = Refusal(text: "\(fields[0]): the call \(what)", span: span)
            failures[kind] = ((failures[kind]?.count ?? 0) + 1, failures[kind]?.span ?? span)
        }
        for kind in order {
            guard let failure = failures[kind] else { continue }
            let times = failure.count == 1 ? "" : " \(failure.count) times"
            let code = kind.code.isEmpty ? "" : " (\(kind.code))"
            let message =
                "'\(kind.call)' failed\(times)\(code), so what it would have told is unknown"
            diagnostics.append(.warning("export.failed-call", message, at: failure.span))
        }
    }

    /// Notes a file that is there although its call failed: which of the two holds is not known, so
    /// what it would tell is as missing.
    private mutating func disown(
        _ path: String,
        in folder: ExportFolder,
        _ files: Set<String>,
        at span: SourceSpan
    ) {
        guard files.contains(path), case .success(let bytes) = folder.read(path),
            !bytes.allSatisfy({ $0 <= 0x20 }), disowned.insert(path).inserted
        else { return }
        let text = "\(path): errors.tsv lists the call, and a file of it is there"
        reasons[path] = Refusal(text: text, span: span)
        let message =
            "the call of '\(path)' is listed here and its file is there all the same, so the file "
            + "is passed over and what it would have told is unknown"
        diagnostics.append(.warning("export.failed-call", message, at: span))
    }

    /// What became of the call of a file, or of all calls of its folder.
    func fate(of path: String) -> Fate {
        var rest = path[...]
        while !paths.contains(String(rest)) {
            guard let slash = rest.lastIndex(of: "/") else { return .unknown }
            rest = rest[..<slash]
        }
        return reasons[String(rest)].map { .failed($0) } ?? .nothing
    }

    /// Whether some line says why a file is missing.
    func covers(_ path: String) -> Bool {
        switch fate(of: path) {
        case .nothing, .failed: true
        case .unknown: false
        }
    }
}
