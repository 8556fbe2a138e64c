import Importing
import JSONSource
import Linting
import OrganizationModel
import Reports

extension Verb {
    static let lint = Verb(
        name: "lint",
        usage: "lint [--as KIND] [--format FORMAT] [--fail-on SEVERITY] PATH…",
        summary: "look for what is wrong or hardly meant in policies and organizations",
        details: """
            A PATH is a policy document, an organization file, a folder with such files, or an export
            of an organization: a folder with the answers of the AWS CLI, one file a call. What a
            document on its own is for is guessed from its elements and its path; --as says it.
            A finding is silenced where it stands by a member "$lint": {"check-id": "reason"} of any
            object around it, or beside the "$ref" that leads to it. The exit code is 1 when an
            error or a warning stands.
            """,
        options: [
            OptionDescription(
                name: "--as",
                value: "KIND",
                help: "what the documents are: \(PolicyKind.names)",
                choices: PolicyKind.allCases.map(\.rawValue)
            ),
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default), json, sarif or github",
                choices: ["text", "json", "sarif", "github"]
            ),
            OptionDescription(
                name: "--fail-on",
                value: "SEVERITY",
                help: "error, warning (default), note or never",
                choices: ["error", "warning", "note", "never"]
            ),
            OptionDescription(
                name: "--checks",
                value: nil,
                help: "list all checks, a line each"
            ),
            OptionDescription(
                name: "--explain",
                value: "CHECK",
                help: "print the page of a check, with examples",
                choices: Check.all.map(\.id)
            ),
            .root,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            if arguments.options["--checks"] != nil {
                return system.print(CheckPage.list(Check.all))
            }
            if let id = arguments.options["--explain"] {
                return system.print(CheckPage.text(try check(named: id)))
            }
            var run = try LintRun(arguments, system)
            return run.run()
        }
    )

    private static func check(named id: String) throws(Arguments.UsageError) -> Check {
        if let check = Check.named(id) { return check }
        let near = NearestName.of(id, among: Check.all.map(\.id))
        let hint = near.map { ", did you mean '\($0)'?" } ?? "; --checks lists them"
        throw Arguments.UsageError(message: "there is no check '\(id)'\(hint)")
    }
}

extension PolicyKind {
    fileprivate static let names = allCases.map(\.rawValue).joined(separator: ", ")
}

/// One run of `orgsim lint`.
private struct LintRun {
    private let system: SystemInterface
    private let paths: [String]
    private let root: RootFolder?
    private let kind: PolicyKind?
    private let format: Format
    /// Nil for never.
    private let failing: Check.Severity?
    private let sources = SourceMap()
    private let budget = ReadingBudget()
    private let linter = Linter()
    private var loaders: [(root: RootFolder, loader: DocumentLoader)] = []
    private var names: Set<String> = []
    private var files: [(path: String, content: FileContent)] = []
    private var looked: Set<Looked> = []
    private var result = LintResult()

    private enum Format: String, CaseIterable {
        case text, json, sarif, github
    }

    /// From which severity on a finding fails the run.
    private enum Bar: String, CaseIterable {
        case error, warning, note, never

        var severity: Check.Severity? { Check.Severity(rawValue: rawValue) }
    }

    /// A document, which may be several things at once.
    private struct Looked: Hashable {
        let span: SourceSpan
        let kind: PolicyKind
    }

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        paths = arguments.paths
        if paths.isEmpty {
            throw Arguments.UsageError(message: "name at least one file or folder")
        }
        root = try RootFolder.option(arguments)
        kind = try arguments.choice("--as", PolicyKind.self)
        format = try arguments.choice("--format", Format.self) ?? .text
        failing = (try arguments.choice("--fail-on", Bar.self) ?? .warning).severity
    }

    mutating func run() -> ExitCode {
        var progress = Progress(system)
        for path in paths { read(path, &progress) }
        // A document that an organization refers to is looked at as what it is there.
        for case .organization(let value) in files.map(\.content) where !isFull {
            lint(WrittenOrganization(value))
            progress.show("\(result.organizations) organizations looked at")
        }
        let referred = Set(looked.map(\.span))
        for file in files {
            guard case .policy(let value) = file.content, !referred.contains(value.span), !isFull
            else { continue }
            lint(value, at: file.path)
        }
        if isFull {
            let message = "there are more than \(Linter.findingLimit) findings"
            result.diagnostics.append(
                .problem("limit.findings", "\(message): what lies beyond is not looked for")
            )
        }
        result.passedOver = files.count { $0.content.isPassedOver }
        progress.clear()
        let notes = loaders.flatMap(\.loader.lintNotes)
        result.findings = Silences(notes).apply(to: result.findings).inOrder(of: sources)
        for looked in looked { result.policies[looked.kind, default: 0] += 1 }
        result.diagnostics += loaders.flatMap(\.loader.diagnostics)
        return report()
    }

    private var isFull: Bool { result.findings.count >= Linter.findingLimit }

    private func report() -> ExitCode {
        system.writeError(DiagnosticRenderer(sources: sources).render(result.diagnostics))
        guard system.answer(Array(render().utf8)), !result.diagnostics.hasErrors else {
            return .invalidInput
        }
        return failing.map { result.reaches($0) } == true ? .expectationFailed : .success
    }

    private func render() -> String {
        switch format {
        case .text:
            let style: TextStyle = system.wantsColour ? .coloured : .plain
            return LintTextReport(sources: sources, style: style).render(result)
        case .json: return LintJSONReport(sources: sources).render(result)
        case .sarif:
            let version = CommandLineTool.version
            return SARIFReport(sources: sources, toolVersion: version).render(result)
        case .github: return GitHubAnnotations(sources: sources).render(result)
        }
    }
}

extension LintRun {
    /// Reads what a path holds; a file that several paths hold is read once.
    private mutating func read(_ path: String, _ progress: inout Progress) {
        guard let input = InputPath(path, root: root, &result.diagnostics) else { return }
        let root = input.root
        progress.show("\(input.files.count) files found")
        if input.isFolder, lintExport(path, input.files, root) { return }
        let index = loaders.firstIndex { $0.root == root } ?? loaders.count
        if index == loaders.count {
            let reader = root.reader(within: budget)
            loaders.append((root, DocumentLoader(reader: reader, sources: sources)))
        }
        var isEmpty = input.isComplete
        for file in input.files {
            guard let value = loaders[index].loader.load(file, namedAt: nil) else {
                isEmpty = false
                continue
            }
            let content = FileContent(value)
            if !loaders[index].loader.isSound(file) { isEmpty = false }
            if case .other = content {} else { isEmpty = false }
            guard names.insert(file).inserted else { continue }
            files.append((file, content))
            progress.show("\(files.count) files read")
        }
        if isEmpty {
            let message = "there is no policy and no organization in '\(path)'"
            result.diagnostics.append(.problem("file.nothing-to-lint", message))
        }
    }

    /// Looks at the organization that a folder of answers of the AWS CLI describes; false for a
    /// folder of something else.
    private mutating func lintExport(
        _ path: String,
        _ files: [String],
        _ root: RootFolder
    ) -> Bool {
        let export = ExportFolder(
            path,
            files: files,
            reader: root.reader(within: budget)
        )
        let imported = AWSExport.organization(in: export, sources: sources)
        guard let value = imported.value else { return false }
        result.diagnostics += imported.diagnostics
        lint(WrittenOrganization(value))
        return true
    }

    private mutating func lint(_ organization: WrittenOrganization) {
        result.organizations += 1
        if let problem = organization.problem { result.diagnostics.append(problem) }
        for policy in organization.policies {
            looked.insert(Looked(span: policy.value.span, kind: policy.kind))
        }
        let loading = OrganizationState.load(organization.value).diagnostics
        let findings = linter.findings(in: organization, loading: loading)
        result.findings += findings
        result.diagnostics += linter.rest(
            of: loading,
            in: organization,
            beside: findings
        )
    }

    private mutating func lint(_ value: JSONValue, at path: String) {
        let kind = kind ?? PolicyKind(guessedFrom: value, path: path)
        looked.insert(Looked(span: value.span, kind: kind))
        var holder = WrittenPolicy.Holder()
        holder.characterLimit = kind.characterLimit
        let policy = WrittenPolicy(value, kind, name: "'\(path)'", holder: holder)
        if let problem = policy.problem { result.diagnostics.append(problem) }
        result.findings += linter.findings(in: policy)
    }
}

extension [Finding] {
    /// By file, place and check, each said once: several accounts may refer to one document.
    fileprivate func inOrder(of sources: SourceMap) -> [Finding] {
        var seen: Set<Place> = []
        return map { finding in
            let span = finding.remark.span
            let path = sources.text(span.file)?.path ?? ""
            let message = finding.remark.message
            let place = Place(
                path: path,
                start: span.start,
                check: finding.check.id,
                message: message
            )
            return (place: place, finding: finding)
        }
        .filter { seen.insert($0.place).inserted }
        .sorted { $0.place < $1.place }
        .map(\.finding)
    }
}

/// Where a finding is said, and what.
private struct Place: Hashable, Comparable {
    let path: String
    let start: UInt32
    let check: String
    let message: String

    static func < (left: Place, right: Place) -> Bool {
        (left.path, left.start, left.check, left.message)
            < (right.path, right.start, right.check, right.message)
    }
}
