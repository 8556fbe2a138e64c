import CommandLineTool
import JSONSource
import Testing

@Suite("orgsim mutate")
struct MutateVerbTests {
    private static let organization = #"""
        {
          "organization": { "id": "o-mutation01", "managementAccount": "management" },
          "serviceControlPolicies": { "G": { "Version": "2012-10-17", "Statement": {
            "Sid": "NoQueues", "Effect": "Deny", "Action": ["sqs:*", "sns:*"], "Resource": "*" } } },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "G"],
            "accounts": {
              "management": { "id": "111111111111" },
              "app": { "id": "222222222222", "iam": { "users": {
                "amy": { "managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"] } } } }
            }
          }
        }
        """#

    private static func step(_ expectation: String) -> String {
        #"{"principal": "app:user/amy", "action": "sqs:ListQueues", "expect": "\#(expectation)"}"#
    }

    private func folder(_ step: String) throws -> TemporaryFolder {
        try TemporaryFolder([
            "org.json": Self.organization,
            "s.json": #"{"scenario": "S", "organization": "org.json", "steps": [\#(step)]}"#,
        ])
    }

    @Test("the score comes first; a survivor has its place, what it does and a step to paste")
    func text() throws {
        let folder = try folder(Self.step("explicitDeny"))
        let run = orgsim(["mutate", folder["s.json"]])
        #expect(run.exitCode == .success)
        #expect(run.errors.isEmpty)
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "5 of 7 mutants killed (71.4%), 2 survived, 1 equivalent")
        let place = "\(folder["org.json"]):4:"
        #expect(
            run.output.contains("drops the value 'sns:*' from Action of the statement 'NoQueues'")
        )
        #expect(run.output.contains(place))
        #expect(run.output.contains(#""action": "sns:"#))
    }

    @Test("1: below the threshold, and where a scenario fails without any fault")
    func failures() throws {
        let passing = try folder(Self.step("explicitDeny"))
        #expect(orgsim(["mutate", "--threshold", "71", passing["s.json"]]).exitCode == .success)
        let below = orgsim(["mutate", "--threshold", "72", passing["s.json"]])
        #expect(below.exitCode == .expectationFailed)
        #expect(below.errors.contains("less than 72% of the mutants were killed"))
        let failing = try folder(Self.step("allowed"))
        let run = orgsim(["mutate", failing["s.json"]])
        #expect(run.exitCode == .expectationFailed)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("S (\(failing["s.json"]))"))
    }

    @Test(
        "2: usage",
        arguments: [
            ["mutate"], ["mutate", "--threshold", "101", "x"],
            ["mutate", "--threshold", "-1", "x"],
            ["mutate", "--policy-type", "scp", "x"], ["mutate", "--format", "tap", "x"],
            ["mutate", "no-such-folder"],
        ]
    )
    func usage(words: [String]) {
        let run = orgsim(words)
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    @Test("nothing that fits the selection is an error, and no fault is a success")
    func selection() throws {
        let folder = try folder(Self.step("explicitDeny"))
        let none = orgsim(["mutate", "--filter", "T", folder["s.json"]])
        #expect(none.exitCode == .invalidInput)
        #expect(none.errors.contains("no scenario fits --filter 'T'"))
        let trust = orgsim(["mutate", "--policy-type", "trustPolicy", folder["s.json"]])
        #expect(trust.exitCode == .invalidInput)
        #expect(trust.output == "0 of 0 mutants killed, 0 survived, 0 equivalent\n")
        #expect(trust.errors.contains("mutation.none"))
        let asked = orgsim([
            "mutate", "--policy-type", "trustPolicy", "--threshold", "100", "--format", "json",
            folder["s.json"],
        ])
        #expect(asked.exitCode == .invalidInput)
        #expect(try asked.json()["summary"]?["score"].map { JSONOutput($0) } == .null)
    }

    @Test("faults that no check could notice are no success either")
    func allEquivalent() throws {
        let folder = try TemporaryFolder([
            "org.json": Self.organization.replacing(
                #"["FullAWSAccess", "G"]"#,
                with: #"["FullAWSAccess"]"#
            ),
            "s.json":
                #"{"scenario": "S", "organization": "org.json", "steps": [\#(Self.step("allowed"))]}"#,
        ])
        let run = orgsim(["mutate", "--threshold", "90", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.hasPrefix("0 of 0 mutants killed, 0 survived, "))
        #expect(run.errors.contains("all of them are equivalent"))
    }

    @Test("JSON for machines says the same, and the same on any number of threads")
    func json() throws {
        let folder = try folder(Self.step("explicitDeny"))
        let run = orgsim(["mutate", "--format", "json", "--jobs", "1", folder["s.json"]])
        let value = try run.json()
        #expect(value["summary"]?["killed"].map { JSONOutput($0).compact } == "5")
        let mutants = value["policies"]?.elements?.first?["mutants"]?.elements ?? []
        let statuses = mutants.compactMap { $0["status"]?.string }
        #expect(statuses.count { $0 == "killed" } == 5)
        #expect(statuses.count { $0 == "survived" } == 2)
        #expect(statuses.count { $0 == "equivalent" } == 1)
        let threads = orgsim(["mutate", "--format", "json", "--jobs", "3", folder["s.json"]])
        #expect(threads.output == run.output)
        let every = orgsim(["mutate", "--format", "json", "--every-check", folder["s.json"]])
        #expect(
            try every.json()["policies"].map { JSONOutput($0).compact }
                == value["policies"].map { JSONOutput($0).compact }
        )
    }
}
