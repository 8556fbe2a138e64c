import Importing
import JSONSource
import Linting
import OrganizationModel

/// Exports of the AWS CLI with one file of them mutated: imported, loaded and linted.
struct ExportTarget: FuzzTarget {
    private let mutator: Mutator
    private let exports: [Export]
    private let samples: [Sample]
    private let linter = Linter()

    private struct Export {
        let folder: String
        let files: [String: [UInt8]]
    }

    /// Larger exports take longer than any input may, in bytes.
    private static let sizeLimit = 256 << 10

    init(_ corpus: Corpus) {
        mutator = Mutator(corpus)
        let mark = "/organizations/list-roots.json"
        exports = corpus.paths.filter { $0.hasSuffix(mark) }.compactMap { path in
            let folder = String(path.dropLast(mark.count))
            let files = corpus.files.filter { $0.key.hasPrefix(folder + "/") }
            let size = files.reduce(0) { $0 + $1.value.count }
            return size > Self.sizeLimit ? nil : Export(folder: folder, files: files)
        }
        samples = exports.flatMap { export in
            export.files.keys.sorted().map { Sample(path: $0, bytes: export.files[$0] ?? []) }
        }
    }

    func input(_ generator: inout SeededGenerator) -> FuzzInput {
        guard !samples.isEmpty else { return FuzzInput(bytes: []) }
        let index = generator.below(samples.count)
        let bytes = mutator.mutated(samples[index], &generator)
        return FuzzInput(sample: index, bytes: bytes, choice: generator.next())
    }

    mutating func run(_ input: FuzzInput) -> [String] {
        guard samples.indices.contains(input.sample) else { return [] }
        let path = samples[input.sample].path
        guard let export = exports.first(where: { path.hasPrefix($0.folder + "/") }) else {
            return []
        }
        let sources = SourceMap()
        let sayings = Sayings(sources: sources)
        let imported = read(export, path, input, sources)
        var problems = sayings.problems(imported.diagnostics)
        if input.isChosen(oneIn: 4, 1) {
            let again = read(export, path, input, sources)
            let isSame =
                again.value.map { JSONOutput($0) } == imported.value.map { JSONOutput($0) }
                && sayings.text(again.diagnostics) == sayings.text(imported.diagnostics)
            if !isSame { problems.append("an export is read twice with two results") }
        }
        guard let value = imported.value else { return problems }
        // Half of them: every load reads the AWS managed policies in use again.
        guard input.isChosen(oneIn: 2, 3) else { return problems }
        let loaded = OrganizationState.load(value)
        problems += sayings.problems(loaded.diagnostics)
        if loaded.value == nil, !loaded.diagnostics.hasErrors {
            problems.append("an imported organization is not loaded and nothing is said")
        }
        guard input.isChosen(oneIn: 4, 2) else { return problems }
        var result = LintResult()
        let written = WrittenOrganization(value)
        result.findings = linter.findings(in: written, loading: loaded.diagnostics)
        result.organizations = 1
        return problems + LintProperties(sources: sources).problems(result, input)
    }

    private func read(
        _ export: Export,
        _ path: String,
        _ input: FuzzInput,
        _ sources: SourceMap
    ) -> Parsed<JSONValue?> {
        let files = export.files
        let reader = FileReader { wanted in
            if wanted == path { return .success(input.bytes) }
            return files[wanted].map { .success($0) } ?? .failure(.notFound)
        }
        let folder = ExportFolder(export.folder, files: files.keys.sorted(), reader: reader)
        return AWSExport.organization(in: folder, sources: sources)
    }
}
