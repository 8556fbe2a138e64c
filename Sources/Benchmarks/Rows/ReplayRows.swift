import JSONSource
import Workloads

/// Recorded calls replayed by the tool as a process, under a guardrail that is not attached yet.
struct ReplayRows {
    let report: Report
    private static let input = "orgsim replay"
    private static let count = 200_000

    private static let works = [
        "newly denied", "records, one job", "records, two jobs", "peak memory",
    ]

    func run() throws {
        guard report.wants(Self.input, Self.works) else { return }
        let folder = try ScratchFolder()
        let shape = OrganizationShape(accounts: 500, rolesPerAccount: 20)
        let generated = GeneratedOrganization(shape)
        let organization = try folder.write("organization.json") { sink in
            generated.write(indent: nil, to: sink)
        }
        let overlay = try folder.write("guardrail.json") { sink in sink(Array(Self.guardrail.utf8))
        }
        let records = GeneratedRecords(shape)
        let log = try folder.write("records.ndjson") { sink in
            for number in 0..<Self.count { sink(Array((records.text(number) + "\n").utf8)) }
        }
        let question = ["--organization", organization, "--against", overlay, "--format", "json"]
        try found(question, log, folder)
        for (jobs, name) in [("1", "records, one job"), ("2", "records, two jobs")] {
            let words = ["replay", "--jobs", jobs] + question
            let empty = ChildProcess(path: ChildProcess.orgsim, arguments: words + ["/dev/null"])
            let whole = ChildProcess(path: ChildProcess.orgsim, arguments: words + [log])
            try report.measure(Self.input, name, .perSecond, .wall) {
                let start = try empty.run().wall
                return Double(Self.count) / (try whole.run().wall - start)
            }
        }
        let whole = ChildProcess(
            path: ChildProcess.orgsim,
            arguments: ["replay", "--jobs", "2"] + question + [log]
        )
        try report.measure(Self.input, "peak memory", .megabytes, nil, repetitions: 1) {
            try whole.run().memory / 1_000_000
        }
    }

    private static let guardrail = #"""
        {
          "serviceControlPolicies": { "Guard": { "Version": "2012-10-17", "Statement": [
            { "Sid": "Regions", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
              "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } } ] } },
          "root": { "serviceControlPolicies": ["FullAWSAccess", "Guard"] }
        }
        """#

    /// What the guardrail newly denies: a count that is the same on every machine.
    private func found(_ question: [String], _ log: String, _ folder: ScratchFolder) throws {
        try report.measure(Self.input, "newly denied", .count, nil, repetitions: 1) {
            let answer = folder.file("answer.json")
            let words = ["replay"] + question + [log]
            try ChildProcess(path: ChildProcess.orgsim, arguments: words).run(output: answer)
            let value = JSONParser.parse(try WholeFile.bytes(of: answer), file: 0).value
            guard
                case .number(let text)? = value?["effects"]?.elements?.first?["newlyDenied"]?
                    .content, let number = Double(text)
            else { throw Failure(message: "orgsim replay gave no answer") }
            return number
        }
    }
}
