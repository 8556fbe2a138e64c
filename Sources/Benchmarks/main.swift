#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

// What the engine, the readers and the tool cost: `swift run -c release orgsim-benchmarks`.
// `Sources/Benchmarks/Inputs/README.md` says what the rows are and how to compare other engines.

let usage = """
    usage: orgsim-benchmarks [--only TEXT] [--repetitions N] [--json] [--accounts N] [--roles M]
           orgsim-benchmarks growth [--only TEXT] [--json]
           orgsim-benchmarks generate --accounts N --roles M [--indent SPACES]
           orgsim-benchmarks generate-requests --accounts N --roles M --count K
           orgsim-benchmarks generate-records --accounts N --roles M --count K [--lines] [--distinct]
           orgsim-benchmarks generate-scenario --accounts N --roles M --count K [--file NAME]
    The same shape (--accounts, --roles, --statements, --seed, --trust realistic|everyone) gives the
    same bytes.

    """

func run() throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    if options.has("--help") { return StandardOutput.write(usage) }
    switch options.command {
    case nil: try RunCommand(options: options).run()
    case "growth": try GrowthCommand(options: options).run()
    case "generate": try GenerateCommand(options: options).organization()
    case "generate-requests": try GenerateCommand(options: options).requests()
    case "generate-records": try GenerateCommand(options: options).records()
    case "generate-scenario": try GenerateCommand(options: options).scenario()
    case "load": try LoadCommand(path: options.text("--file") ?? "").run()
    case let other?: throw Options.UsageError(message: "there is no command '\(other)'")
    }
}

do {
    try run()
} catch let error as Options.UsageError {
    StandardOutput.writeError("orgsim-benchmarks: \(error.message)\n\(usage)")
    exit(2)
} catch let error as Failure {
    StandardOutput.writeError("orgsim-benchmarks: \(error.message)\n")
    exit(1)
}
