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
                help: "what the documents are: \(PolicyKind.names)"
            ),
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default), json, sarif or github"
            ),
            OptionDescription(
                name: "--fail-on",
                value: "SEVERITY",
                help: "error, warning (default), note or never"
            ),
            OptionDescription(
                name: "--checks",
                value: nil,
                help: "list all checks, a line each"
            ),
            OptionDescription(
                name: "--explain",
                value: "CHECK",
                help: "print the page of a check, with examples"
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
            return try run.run()
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
    private let linter = Linter()
    private var result = LintResult(findings: [], policies: [:], organizations: 0)
    private var notes: [LintNote] = []
    private var diagnostics: [Diagnostic] = []
    private var problems: [String] = []

    private enum Format: String, CaseIterable {
        case text, json, sarif, github
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
        let isNever = arguments.options["--fail-on"] == "never"
        let severity = isNever ? nil : try arguments.choice("--fail-on", Check.Severity.self)
        failing = isNever ? nil : severity ?? .warning
    }

    mutating func run() throws(Arguments.UsageError) -> ExitCode {
        var progress = Progress(system)
        for path in paths { try lint(path, &progress) }
        progress.clear()
        result.findings = Silences(notes).apply(to: result.findings)
        for problem in problems { system.writeError("error: \(problem.printable)\n") }
        system.writeError(DiagnosticRenderer(sources: sources).render(diagnostics))
        guard system.write(Array(render().utf8)) else {
            system.writeError("orgsim lint: standard output cannot be written\n")
            return .invalidInput
        }
        if diagnostics.hasErrors || !problems.isEmpty { return .invalidInput }
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
    private mutating func lint(
        _ path: String,
        _ progress: inout Progress
    ) throws(Arguments.UsageError) {
        guard let found = RootFolder.kind(of: path) else {
            throw Arguments.UsageError(message: "there is no file or folder '\(path)'")
        }
        guard let root = root ?? RootFolder(holding: path) else {
            throw Arguments.UsageError(message: "cannot read the folder of '\(path)'")
        }
        let listing = found == .folder ? RootFolder.files(below: path) : .init(files: [path])
        problems += listing.problems
        if found == .folder, lintExport(path, listing.files, root, &progress) { return }
        var loader = DocumentLoader(reader: root.reader, sources: sources)
        var files: [(path: String, value: JSONValue, content: FileContent)] = []
        for file in listing.files {
            guard let value = loader.load(file, namedAt: nil) else { continue }
            files.append((file, value, FileContent(value)))
            progress.show("\(files.count) files read")
        }
        // A document that an organization refers to is looked at as what it is there.
        var seen: Set<SourceSpan> = []
        var count = 0
        for file in files where file.content == .organization {
            count += 1
            lint(WrittenOrganization(file.value), &seen)
            progress.show("\(count) organizations looked at")
        }
        for file in files where file.content == .policy && !seen.contains(file.value.span) {
            count += 1
            lint(file.value, at: file.path)
        }
        notes += loader.lintNotes
        diagnostics += loader.diagnostics
        if count == 0, listing.problems.isEmpty, !loader.diagnostics.hasErrors {
            let message = "there is no policy and no organization in '\(path)'"
            throw Arguments.UsageError(message: message)
        }
    }

    /// Looks at the organization that a folder of answers of the AWS CLI describes; false for a
    /// folder of something else.
    private mutating func lintExport(
        _ path: String,
        _ files: [String],
        _ root: RootFolder,
        _ progress: inout Progress
    ) -> Bool {
        progress.show("\(files.count) files found")
        let export = ExportFolder(path, files: files, reader: root.reader)
        let imported = AWSExport.organization(in: export, sources: sources)
        guard let value = imported.value else { return false }
        diagnostics += imported.diagnostics
        var seen: Set<SourceSpan> = []
        lint(WrittenOrganization(value), &seen)
        return true
    }

    private mutating func lint(_ organization: WrittenOrganization, _ seen: inout Set<SourceSpan>) {
        result.organizations += 1
        for policy in organization.policies {
            seen.insert(policy.value.span)
            result.policies[policy.kind, default: 0] += 1
        }
        let loading = OrganizationState.load(organization.value).diagnostics
        result.findings += linter.findings(in: organization, loading: loading)
        diagnostics += linter.rest(of: loading)
    }

    private mutating func lint(_ value: JSONValue, at path: String) {
        let kind = kind ?? PolicyKind(guessedFrom: value, path: path)
        result.policies[kind, default: 0] += 1
        var holder = WrittenPolicy.Holder()
        holder.characterLimit = kind.characterLimit
        let policy = WrittenPolicy(value, kind, name: "'\(path)'", holder: holder)
        result.findings += linter.findings(in: policy)
    }
}
