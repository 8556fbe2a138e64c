import JSONSource

extension Verb {
    static let format = Verb(
        name: "format",
        usage: "format [--check] [--root DIR] PATH…|-",
        summary: "lay out JSON files in one way: what fits on a line stands on it",
        details: """
            A PATH is a JSON file, or a folder with all *.json files below it. Files are written in
            place; order, numbers and all that they mean stay as they are. A file with mistakes is
            left as it is. - is standard input, whose text goes to standard output. The exit code of
            --check is 1 when a file is laid out otherwise.
            """,
        options: [
            OptionDescription(
                name: "--check",
                value: nil,
                help: "write nothing, list the files that are laid out otherwise"
            ),
            .root,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            if arguments.paths == ["-"] { return try formatStandardInput(arguments, system) }
            return try FormatRun(arguments, system).run()
        }
    )

    /// Text that cannot be read goes on as it is, so that an editor that filters a file through
    /// this loses nothing.
    private static func formatStandardInput(
        _ arguments: Arguments,
        _ system: SystemInterface
    ) throws(Arguments.UsageError) -> ExitCode {
        let given: [UInt8]
        do throws(SystemProblem) {
            given = try system.standardInput(atMost: RootFolder.fileLimit)
        } catch {
            throw Arguments.UsageError(message: "cannot read standard input: \(error.reason)")
        }
        let sources = SourceMap()
        let reader = FileReader { _ in .success(given) }
        var loader = DocumentLoader(reader: reader, sources: sources)
        let value = loader.file("-", namedAt: nil)
        system.writeError(DiagnosticRenderer(sources: sources).render(loader.diagnostics))
        let checks = arguments.options["--check"] != nil
        guard let value, !loader.diagnostics.hasErrors else {
            _ = checks || system.answer(given)
            return .invalidInput
        }
        let text = JSONLayout.text(of: value)
        if checks { return text == given ? .success : .expectationFailed }
        return system.answer(text) ? .success : .invalidInput
    }
}

/// One run of `orgsim format`.
private struct FormatRun {
    private let system: SystemInterface
    private let paths: [String]
    private let root: RootFolder?
    private let checks: Bool
    private let sources = SourceMap()

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        paths = arguments.paths
        if paths.isEmpty {
            throw Arguments.UsageError(message: "name at least one file or folder")
        }
        if paths.contains("-") {
            throw Arguments.UsageError(message: "'-' is standard input and stands alone")
        }
        root = try RootFolder.option(arguments)
        checks = arguments.options["--check"] != nil
    }

    func run() -> ExitCode {
        var diagnostics: [Diagnostic] = []
        var seen: Set<String> = []
        var changed: [String] = []
        let budget = ReadingBudget()
        for path in paths {
            guard let input = InputPath(path, root: root, &diagnostics) else { continue }
            let reader = input.root.reader(within: budget)
            for file in input.files where seen.insert(file).inserted {
                var loader = DocumentLoader(reader: reader, sources: sources)
                let value = loader.file(file, namedAt: nil)
                diagnostics += loader.diagnostics
                guard let value, !loader.diagnostics.hasErrors else { continue }
                let text = JSONLayout.text(of: value)
                guard sources.text(value.span.file).map({ $0.bytes }) != text else { continue }
                if checks || write(text, to: file, &diagnostics) { changed.append(file) }
            }
        }
        system.writeError(DiagnosticRenderer(sources: sources).render(diagnostics))
        let lines = changed.map { $0.printable + "\n" }
        guard system.answer(Array(lines.joined().utf8)), !diagnostics.hasErrors else {
            return .invalidInput
        }
        return checks && !changed.isEmpty ? .expectationFailed : .success
    }

    /// Writes a file anew; false, reported, where that cannot be done.
    private func write(_ text: [UInt8], to path: String, _ diagnostics: inout [Diagnostic]) -> Bool
    {
        do throws(SystemProblem) {
            try system.writeFile(text, path)
            return true
        } catch {
            let message = "cannot write '\(path)': \(error.reason)"
            diagnostics.append(.problem("file.unwritable", message))
            return false
        }
    }
}
