import Analysis
import JSONSource
import Parallelism
import PolicyLanguage
import Reports
import Scenarios

extension Verb {
    static let whoCan = Verb(
        name: "who-can",
        usage:
            "who-can --organization FILE --action ACTION [--resource RESOURCE] [--chained] [--jobs N]",
        summary: "list every principal that may do an action, and the way in",
        details: """
            Asks every IAM user and role of the file, service-linked ones aside. An Identity Center
            role is written sso:PERMISSIONSET@ACCOUNT. With --chained whoever may assume a role that
            may counts as well; the roles on the way are printed.
            """,
        options: [
            .organization,
            OptionDescription(name: "--action", value: "ACTION", help: "such as s3:GetObject"),
            OptionDescription(
                name: "--resource",
                value: "RESOURCE",
                help: "an ARN or ACCOUNT:role/NAME (default *)"
            ),
            .context,
            .without,
            OptionDescription(
                name: "--include",
                value: "LIST",
                help: "others to ask: root, anonymous, service:NAME, with commas between"
            ),
            OptionDescription(name: "--chained", value: nil, help: "follow role assumption"),
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "text (default), json or github",
                choices: OutputFormat.names
            ),
            .clock,
            .jobs,
            .root,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try WhoCanRun(arguments, system).run()
        }
    )
}

/// One run of `orgsim who-can`.
private struct WhoCanRun {
    private let system: SystemInterface
    private let loaded: LoadedOrganization
    private let question: WhoCanText
    private let clock: Instant
    private let format: OutputFormat
    private let workers: Workers

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        guard let action = arguments.options["--action"] else {
            throw Arguments.UsageError(message: "--action ACTION is needed")
        }
        loaded = try LoadedOrganization(arguments, paths: "--organization names the file")
        clock = try arguments.clock()
        format = try OutputFormat(arguments)
        workers = try Workers(arguments, system)
        question = WhoCanText(
            action: action,
            resource: arguments.options["--resource"] ?? "*",
            context: arguments.all("--context"),
            without: arguments.all("--without"),
            include: (arguments.options["--include"] ?? "").split(separator: ",").map(String.init),
            followsRoles: arguments.options["--chained"] != nil
        )
    }

    func run() throws(Arguments.UsageError) -> ExitCode {
        let read = loaded.engine(by: workers)
        system.writeError(loaded.text(read.diagnostics))
        guard let engine = read.value else {
            // Machines are told why there is no answer.
            if format != .text { _ = system.print(loaded.text(read.diagnostics, as: format)) }
            return .invalidInput
        }
        let parsed = question.read(engine, at: clock)
        for problem in parsed.diagnostics {
            switch problem.severity {
            case .error: throw Arguments.UsageError(message: problem.message)
            case .warning, .note: system.writeError("warning: \(problem.message.printable)\n")
            }
        }
        guard let question = parsed.value else { return .invalidInput }
        let result = WhoCan(question, engine, at: clock).result(by: workers)
        let problems = read.diagnostics
        let text =
            switch format {
            case .text: WhoCanReport.text(result)
            case .json: WhoCanReport.json(result, problems, sources: loaded.sources)
            case .github: loaded.text(problems, as: format) + WhoCanReport.text(result)
            }
        return system.print(text)
    }
}
