import Authorization
import JSONSource
import PolicyLanguage
import Reports
import Scenarios

extension Verb {
    static let evaluate = Verb(
        name: "evaluate",
        usage: "evaluate --organization FILE [--root DIR] [--clock INSTANT] < REQUESTS",
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
                help: "how problems of files are told: text (default), json or github"
            ),
            .clock,
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

    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        self.system = system
        loaded = try LoadedOrganization(
            arguments,
            paths: "requests are read from standard input"
        )
        clock = try arguments.clock()
        format = try OutputFormat(arguments)
    }

    func run() -> ExitCode {
        let engine = loaded.engine()
        // In every format: standard output is for the answers alone.
        system.writeError(loaded.text(engine.diagnostics, as: format))
        return engine.value.map { answer($0) } ?? .invalidInput
    }

    private func answer(_ engine: Engine) -> ExitCode {
        var pending: [UInt8] = []
        var output: [UInt8] = []
        var number = 0
        var isClean = true
        func refuse() {
            isClean = false
            let message = "the line is longer than \(EvaluateLimits.line) bytes"
            output += DecisionJSON.problem(message, number: number, column: 1).utf8
            output.append(10)
        }
        func decide(_ line: ArraySlice<UInt8>) {
            number += 1
            if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return }
            guard line.count <= EvaluateLimits.line else { return refuse() }
            let answer = RequestLine(Array(line), engine: engine, at: clock)
            if case .problem = answer.answer { isClean = false }
            output += DecisionJSON.line(answer, number: number).utf8
            output.append(10)
        }
        var isSkipping = false
        while true {
            let chunk: [UInt8]
            do throws(SystemProblem) {
                chunk = try system.readInput()
            } catch {
                system.writeError("orgsim: cannot read standard input: \(error.reason)\n")
                return .invalidInput
            }
            if chunk.isEmpty { break }
            // What was there before holds no line break.
            var unread = pending.count
            pending += chunk
            var start = 0
            while let end = pending[unread...].firstIndex(of: 10) {
                if isSkipping { isSkipping = false } else { decide(pending[start..<end]) }
                start = end + 1
                unread = start
            }
            pending.removeFirst(start)
            if isSkipping {
                pending.removeAll()
            } else if pending.count > EvaluateLimits.line {
                // The rest of the line is not read; those behind it are.
                number += 1
                isSkipping = true
                refuse()
                pending.removeAll()
            }
            guard flush(&output) else { return .invalidInput }
        }
        if !pending.isEmpty { decide(pending[...]) }
        guard flush(&output) else { return .invalidInput }
        return isClean ? .success : .expectationFailed
    }

    private func flush(_ output: inout [UInt8]) -> Bool {
        guard !output.isEmpty else { return true }
        guard system.answer(output) else { return false }
        output.removeAll(keepingCapacity: true)
        return true
    }
}
