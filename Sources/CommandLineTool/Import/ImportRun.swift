import Importing
import JSONSource
import OrganizationModel

/// One run of `orgsim import`.
struct ImportRun {
    private let system: SystemInterface
    private let source: Source
    private let path: String
    private let target: String
    private let root: RootFolder?
    private let format: Format
    private let isDryRun: Bool
    private let overwrites: Bool
    private let sources = SourceMap()

    private enum Source: String, CaseIterable {
        case aws
        case collected = "iam-collect"
    }

    private enum Format: String, CaseIterable {
        case text, json
    }

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        let known = Source.allCases.map(\.rawValue)
        guard let word = arguments.paths.first, let source = Source(rawValue: word) else {
            let near = arguments.paths.first.flatMap { NearestName.of($0, among: known) }
            let hint = near.map { ", did you mean '\($0)'?" } ?? ""
            let list = known.joined(separator: " or ")
            throw Arguments.UsageError(message: "name what to import: \(list)\(hint)")
        }
        guard arguments.paths.count == 2 else {
            throw Arguments.UsageError(message: "name one folder or file to import")
        }
        guard let target = arguments.options["--to"], !target.isEmpty else {
            throw Arguments.UsageError(message: "--to DIR is needed")
        }
        self.source = source
        path = arguments.paths[1]
        self.target = target
        root = try RootFolder.option(arguments)
        format = try arguments.choice("--format", Format.self) ?? .text
        isDryRun = arguments.options["--dry-run"] != nil
        overwrites = arguments.options["--overwrite"] != nil
    }

    func run() -> ExitCode {
        var diagnostics: [Diagnostic] = []
        guard let input = InputPath(path, root: root, &diagnostics) else {
            return fail(diagnostics)
        }
        let imported = read(input)
        diagnostics += imported.diagnostics
        guard let organization = imported.value else {
            if diagnostics.contains(where: { $0.code == "export.partition" }) {
                return fail(diagnostics)
            }
            let what = source == .aws ? "an export of the AWS CLI" : "a store of iam-collect"
            diagnostics.append(.problem("export.nothing", "there is no \(what) in '\(path)'"))
            return fail(diagnostics)
        }
        let name = input.isFolder ? folderName : ""
        let summary = ImportSummary(organization, diagnostics, sources, folder: name)
        let loading = OrganizationState.load(organization).diagnostics
        let errors = loading.filter { $0.severity == .error }
        let files = OrganizationFiles(summary.adding(to: organization)).files
        let folder = ImportedFolder(target, system)
        let plan = folder.plan(files, overwriting: overwrites)
        guard plan.refusals.isEmpty else {
            return fail(plan.refusals.map { .problem("import.refused", $0) })
        }
        if !isDryRun, let problem = folder.write(plan) {
            return fail([.problem("file.unwritable", problem)])
        }
        system.writeError(DiagnosticRenderer(sources: sources).render(errors))
        let text = format == .json ? json(summary, plan) : self.text(summary, plan)
        guard system.answer(Array(text.utf8)), errors.isEmpty else { return .invalidInput }
        return .success
    }

    private var folderName: String { path.hasSuffix("/") ? String(path.dropLast()) : path }

    private func fail(_ diagnostics: [Diagnostic]) -> ExitCode {
        system.writeError(DiagnosticRenderer(sources: sources).render(diagnostics))
        return .invalidInput
    }

    private func read(_ input: InputPath) -> Parsed<JSONValue?> {
        let reader = input.root.reader(within: ReadingBudget())
        switch source {
        case .collected where input.isFolder:
            let folder = ExportFolder(folderName, files: input.files, reader: reader)
            return AWSExport.organization(collectedIn: folder, sources: sources)
        case .aws where input.isFolder:
            let folder = ExportFolder(folderName, files: input.files, reader: reader)
            return AWSExport.organization(in: folder, sources: sources)
        case .aws:
            let slash = path.lastIndex(of: "/")
            let name = slash.map { String(path[..<$0]) } ?? "."
            let file = slash.map { String(path[path.index(after: $0)...]) } ?? path
            let folder = ExportFolder(name, files: [path], reader: reader)
            return AWSExport.account(in: file, of: folder, sources: sources)
        case .collected: return Parsed(nil, [])
        }
    }
}

// What is printed.
extension ImportRun {
    private func text(_ summary: ImportSummary, _ plan: ImportedFolder.Plan) -> String {
        var lines: [String] = []
        let counts = summary.counts.filter { $0.number > 0 }.map { "\($0.number) \($0.things)" }
        lines.append("imported: " + counts.joined(separator: ", "))
        let verb = isDryRun ? "to write" : "written"
        let kept = plan.kept == 0 ? "" : ", \(plan.kept) as before"
        lines.append("\(verb): \(target.printable): \(plan.written.count) files\(kept)")
        for path in plan.removed {
            lines.append("  \(isDryRun ? "to remove" : "removed"): \(path.printable)")
        }
        for path in plan.stale {
            lines.append("  no longer in the export, changed since, left: \(path.printable)")
        }
        if summary.missing.isEmpty {
            lines.append("missing: nothing that is known of")
        } else {
            lines.append("missing, and what that does to verdicts: \(summary.missing.count)")
            lines += summary.missing.map { "  " + $0.printable }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func json(_ summary: ImportSummary, _ plan: ImportedFolder.Plan) -> String {
        let counts = summary.counts.map { JSONOutput.Member($0.things, .integer($0.number)) }
        return JSONOutput.fields([
            "imported": .object(counts),
            "written": .strings(plan.written.map(\.path)),
            "kept": .integer(plan.kept),
            "removed": .strings(plan.removed),
            "left": .strings(plan.stale),
            "missing": .strings(summary.missing),
        ]).pretty
    }
}
