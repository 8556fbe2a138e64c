import Authorization
import JSONSource
import OrganizationModel
import Workloads

/// An organization file read, linked, checked and compiled, in a process of its own.
struct LoadingRows {
    let report: Report
    let shape: OrganizationShape
    let indent: Int?

    private var input: String {
        let size = "\(shape.accounts.grouped) x \(shape.rolesPerAccount)"
        return size + (indent == nil ? " compact" : " indented")
    }

    private static let works = [
        "JSON reader", "organization loaded", "organization loaded, rate",
        "organization loaded, peak memory",
    ]

    func run() throws {
        guard report.wants(input, Self.works) else { return }
        let folder = try ScratchFolder()
        let generated = GeneratedOrganization(shape)
        let file = try folder.write("organization.json") { sink in
            generated.write(indent: indent, to: sink)
        }
        var runs: [Run] = []
        for _ in 0..<report.repetitions {
            let answer = folder.file("answer.json")
            try ChildProcess.benchmarks("load", "--file", file).run(output: answer)
            runs.append(try Run(answer))
        }
        add("file size", .megabytes, nil, runs.map { $0.megabytes })
        add("JSON reader", .megabytesPerSecond, .processor, runs.map { $0.megabytes / $0.reading })
        add("organization loaded", .seconds, .wall, runs.map(\.loading))
        add(
            "organization loaded, rate",
            .megabytesPerSecond,
            .wall,
            runs.map { $0.megabytes / $0.loading }
        )
        add("organization loaded, peak memory", .megabytes, nil, runs.map(\.peak))
    }

    private func add(
        _ work: String,
        _ unit: Figure.Unit,
        _ stopwatch: Stopwatch?,
        _ values: [Double]
    ) {
        report.add(Figure(input, work, unit, stopwatch, values))
    }

    /// What the other process says.
    private struct Run {
        let megabytes: Double
        let loading: Double
        let reading: Double
        let peak: Double

        init(_ path: String) throws {
            let bytes = try WholeFile.bytes(of: path)
            let value = JSONParser.parse(bytes, file: SourceSpan.nowhere.file).value
            func number(_ key: String) throws -> Double {
                guard case .number(let text)? = value?[key]?.content, let number = Double(text)
                else { throw Failure(message: "no '\(key)' in the answer of 'load'") }
                return number
            }
            megabytes = try number("bytes") / 1e6
            loading = try number("loading")
            reading = try number("reading")
            peak = try number("peak") / 1e6
        }
    }
}

/// The other process: loads one file and says what that took.
struct LoadCommand {
    let path: String

    func run() throws {
        let bytes = try WholeFile.bytes(of: path)
        let loading = try Stopwatch.wall.seconds {
            let world = try LoadedWorld(bytes)
            // What is asked of it first must not be put off until then.
            precondition(!world.engine.organization.accounts.isEmpty)
        }
        let peak = Machine.peakMemory ?? 0
        let reading = Stopwatch.processor.seconds {
            precondition(JSONParser.parse(bytes, file: SourceSpan.nowhere.file).value != nil)
        }
        let answer = JSONOutput.fields([
            "bytes": .integer(bytes.count),
            "loading": .number(loading.rounded(to: 6)),
            "reading": .number(reading.rounded(to: 6)),
            "peak": .integer(peak),
        ])
        StandardOutput.write(answer.compact + "\n")
    }
}
