import JSONSource
import Reports

/// A form in which a run of scenarios is told.
enum RunFormat: String, CaseIterable {
    case text
    case json
    case junit
    case tap
    case github
    case sarif
    case lcov
    case html

    func report(_ sources: SourceMap, style: TextStyle) -> any RunReport {
        switch self {
        case .text: TextReport(sources: sources, style: style)
        case .json: JSONReport(sources: sources)
        case .junit: JUnitReport(sources: sources)
        case .tap: TAPReport(sources: sources)
        case .github: GitHubAnnotations(sources: sources)
        case .sarif: SARIFRunReport(sources: sources, toolVersion: CommandLineTool.version)
        case .lcov: LCOVReport()
        case .html: RunPage(sources: sources)
        }
    }
}

/// A file that takes the results in a format: `junit=results.xml`.
struct RunFile {
    let format: RunFormat
    let path: String

    /// The files that `--output` and `--html` name.
    static func all(_ arguments: Arguments) throws(Arguments.UsageError) -> [RunFile] {
        var files: [RunFile] = []
        if let path = arguments.options["--html"] {
            files.append(RunFile(format: .html, path: path))
        }
        for text in arguments.all("--output") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty else {
                throw Arguments.UsageError(
                    message:
                        "'--output' takes FORMAT=FILE, such as junit=results.xml, not '\(text)'"
                )
            }
            let format = try Arguments.choice(
                String(parts[0]),
                of: RunFormat.allCases,
                for: "--output"
            )
            let path = String(parts[1])
            let isTaken = files.contains { FilePath.tidy($0.path) == FilePath.tidy(path) }
            guard !isTaken else {
                throw Arguments.UsageError(message: "'--output' names '\(path)' twice")
            }
            files.append(RunFile(format: format, path: path))
        }
        return files
    }
}
