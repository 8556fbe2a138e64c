import Authorization
import JSONSource
import Parallelism
import PolicyLanguage

extension Verb {
    static let evaluate = Verb(
        name: "evaluate",
        usage: "evaluate --organization FILE [--root DIR] [--clock INSTANT] [--jobs N] < REQUESTS",
        summary: "decide requests, one JSON object a line, and answer in the same order",
        details: """
            Reads requests from standard input and writes a decision for each to standard output.
            A line that is no request answers with an error and the others go on; the exit code is
            then 1. An organization that does not load ends the run with exit code 2.
            """,
        options: [
            .organization,
            .root,
            OptionDescription(
                name: "--format",
                value: "FORMAT",
                help: "how problems of files are told: text (default), json or github",
                choices: OutputFormat.names
            ),
            .clock,
            .jobs,
        ],
        run: { (arguments, system) throws(Arguments.UsageError) in
            try EvaluateRun(arguments, system).run()
        }
    )
}

/// One run of `orgsim evaluate`: constant memory, answers in the order of the requests.
private struct EvaluateRun {
    private let system: SystemInterface
    private let loaded: LoadedOrganization
    private let clock: Instant
    private let format: OutputFormat
    private let workers: Workers

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        loaded = try LoadedOrganization(
            arguments,
            paths: "requests are read from standard input"
        )
        clock = try arguments.clock()
        format = try OutputFormat(arguments)
        workers = try Workers(arguments, system)
    }

    func run() -> ExitCode {
        let engine = loaded.engine(by: workers)
        // In every format: standard output is for the answers alone.
        system.writeError(loaded.text(engine.diagnostics, as: format))
        return engine.value.map { answer($0) } ?? .invalidInput
    }

    private func answer(_ engine: Engine) -> ExitCode {
        var blocks = LineBlocks(limit: EvaluateLimits.line)
        var inputProblem: SystemProblem?
        var isClean = true
        var isHeard = true
        workers.run(
            makeWorker: { AnswerWriter(engine: engine, clock: clock) },
            next: { () -> LineBlocks.Block? in
                do throws(SystemProblem) {
                    return try blocks.next(system.readInput)
                } catch {
                    inputProblem = error
                    return nil
                }
            },
            work: { writer, block in writer.answers(to: block) },
            deliver: { answers in
                isClean = isClean && answers.isClean
                isHeard = answers.bytes.isEmpty || system.answer(answers.bytes)
                return isHeard
            }
        )
        guard isHeard else { return .invalidInput }
        if let inputProblem {
            system.writeError("orgsim: cannot read standard input: \(inputProblem.reason)\n")
            return .invalidInput
        }
        return isClean ? .success : .expectationFailed
    }
}
