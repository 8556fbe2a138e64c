import CommandLineTool
import JSONSource
import Reports
import Scenarios
import Synchronization

/// `orgsim evaluate` with all that stands around a decision: lines cut, read, looked up, answered
/// in order and written, on one thread and on two.
struct EvaluateBenchmark {
    private static let lines = 20_000

    /// The organization file and a request for it.
    let name: String
    let organization: String
    let request: [UInt8]

    init(name: String, organization: String, request: [UInt8]) {
        self.name = name
        self.organization = organization
        self.request = request
    }

    /// A request that is allowed without a look at any policy: what is left is not the decision.
    static func undecided(organization: String) -> EvaluateBenchmark {
        let request =
            #"{"id": "case-b", "principal": "111111111111:role/app", "action": "sts:GetCallerIdentity", "#
            + #""context": {"aws:RequestedRegion": "eu-west-1", "aws:SourceIp": "10.1.2.3"}}"#
        return EvaluateBenchmark(
            name: "undecided",
            organization: organization,
            request: Array(request.utf8)
        )
    }

    func run() -> [BenchmarkRow] {
        // Loading is not measured: it is what a run without lines takes.
        [1, 2].map { jobs in
            let empty = seconds(lines: 0, jobs: jobs)
            let full = seconds(lines: Self.lines, jobs: jobs)
            return BenchmarkRow(
                name: name,
                work: "evaluate, \(jobs) thread\(jobs == 1 ? "" : "s")",
                perSecond: Double(Self.lines) / max(full - empty, .leastNonzeroMagnitude)
            )
        }
    }

    /// The best of three runs of the whole verb in memory.
    private func seconds(lines: Int, jobs: Int) -> Double {
        let input = Array((0..<lines).map { _ in request + [10] }.joined())
        let words = [
            "evaluate", "--organization", organization, "--jobs", "\(jobs)", "--root", "/",
        ]
        let clock = ContinuousClock()
        return (0..<3).map { _ in
            let rest = Mutex(input[...])
            let written = Atomic(0)
            let system = SystemInterface(
                write: { (bytes) throws(SystemProblem) in
                    written.add(bytes.count, ordering: .relaxed)
                },
                writeError: { print($0) },
                readInput: { () throws(SystemProblem) in
                    rest.withLock { rest in
                        let chunk = rest.prefix(1 << 18)
                        rest = rest.dropFirst(chunk.count)
                        return Array(chunk)
                    }
                },
                seconds: { 0 }
            )
            let time = clock.measure {
                let end = CommandLineTool.run(words, on: system)
                precondition(end == .success, "the lines of \(name) are requests")
            }
            precondition((written.load(ordering: .relaxed) > 0) == (lines > 0))
            return time.seconds
        }.min() ?? 0
    }
}
