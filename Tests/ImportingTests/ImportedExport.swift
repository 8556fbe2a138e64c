import Foundation
import Importing
import JSONSource
import OrganizationModel
import Testing

/// An export, imported and loaded.
struct ImportedExport {
    let sources = SourceMap()
    let value: JSONValue?
    let organization: Organization?
    /// What importing had to say, and what loading had.
    let imported: [Diagnostic]
    let loaded: [Diagnostic]

    /// An export given as texts by path.
    init(_ files: [String: String]) {
        self.init("export", paths: files.keys.sorted()) { files[$0].map { Array($0.utf8) } }
    }

    /// An export that lies in a folder.
    init(folder: URL, collected: Bool = false) {
        let below = FileManager.default.enumerator(atPath: folder.path())
        let paths = (below?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".json") }
        self.init(
            folder.lastPathComponent,
            paths: paths.sorted(),
            collected: collected
        ) { path in
            // The names of some files hold a percent sign.
            let file = folder.appending(path: path).path(percentEncoded: false)
            return FileManager.default.contents(atPath: file).map { [UInt8]($0) }
        }
    }

    private init(
        _ name: String,
        paths: [String],
        collected: Bool = false,
        contents: @escaping @Sendable (String) -> [UInt8]?
    ) {
        let reader = FileReader { path in
            contents(String(path.dropFirst(name.utf8.count + 1))).map { .success($0) }
                ?? .failure(.notFound)
        }
        let folder = ExportFolder(name, files: paths.map { "\(name)/\($0)" }, reader: reader)
        let parsed =
            collected
            ? AWSExport.organization(collectedIn: folder, sources: sources)
            : AWSExport.organization(in: folder, sources: sources)
        value = parsed.value
        imported = parsed.diagnostics
        let result = parsed.value.map { OrganizationLoader.load($0) }
        organization = result?.value
        loaded = result?.diagnostics ?? []
    }
}

extension ImportedExport {
    /// The value at a path of the organization file.
    func value(_ path: [String]) -> JSONValue? { value?.value(at: path) }

    /// The file a value stands in, the name of the export's folder left out.
    func file(_ path: [String]) -> String? {
        value(path).flatMap { sources.text($0.span.file)?.path }.map {
            $0.split(separator: "/", maxSplits: 1).last.map(String.init) ?? ""
        }
    }

    /// What is written at the place of a value.
    func text(_ path: [String]) -> String? { value(path).flatMap { text($0.span) } }

    func text(_ span: SourceSpan) -> String? {
        sources.text(span.file).map {
            String(decoding: $0.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
        }
    }

    /// Every problem as one line: place, severity and sentence.
    func lines(_ diagnostics: [Diagnostic]) -> [String] {
        DiagnosticRenderer(sources: sources).sorted(diagnostics).map { problem in
            let place = sources.location(of: problem.span)?.description ?? "nowhere"
            return "\(place): \(problem.severity): \(problem.message)"
        }
    }

    /// What importing had to say besides what a small export lacks of its accounts.
    var odd: [Diagnostic] {
        imported.filter { problem in
            let lacks = [
                "the export lacks 'accounts/",
                "the export lacks 'organizations/describe-resource-policy.json'",
            ]
            let isGap =
                problem.code == "export.missing" && lacks.contains { problem.message.hasPrefix($0) }
            return !isGap
                && !["export.missing-account", "export.no-organization"].contains(problem.code)
        }
    }
}
