import Foundation
import JSONSource
import Testing

@testable import CommandLineTool

/// Whatever `--jobs` says, a run prints the same bytes and ends the same way.
@Suite("Many threads") struct JobsTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    /// The run with one thread, held against those with more.
    private func expectSame(
        _ words: [String],
        input: String = "",
        pieces: Int = 1 << 16,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) -> ToolRun {
        let single = orgsim(words + ["--jobs", "1"], input: input, pieces: pieces)
        for jobs in [2, 3, 8] {
            let run = orgsim(words + ["--jobs=\(jobs)"], input: input, pieces: pieces)
            #expect(run.output == single.output, "\(jobs) threads", sourceLocation: sourceLocation)
            #expect(run.errors == single.errors, "\(jobs) threads", sourceLocation: sourceLocation)
            #expect(run.exitCode == single.exitCode, sourceLocation: sourceLocation)
        }
        // All cores, which the machine of the tests has one of.
        let standard = orgsim(words, input: input, pieces: pieces)
        #expect(standard.output == single.output, sourceLocation: sourceLocation)
        return single
    }

    @Test("test: scenarios and mistakes are told in order", arguments: ["text", "json", "github"])
    func scenarios(_ format: String) {
        let folder = Self.project + "Tests/Conformance"
        let paths = [folder + "/invalid", Self.project + "Scenarios", folder + "/nothing"]
        let run = expectSame(["test", "--format", format] + paths)
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("there is no file or folder"))
    }

    private static func list(_ count: Int, of prefix: String) -> String {
        let names: [String] = (0..<count).map { "\"\(prefix)\($0)\"" }
        return "[" + names.joined(separator: ", ") + "]"
    }

    /// Steps that many threads work on at once, with others between and behind them.
    private static func largeScenario(_ last: [String] = []) -> String {
        let users = list(40, of: "app:user/u")
        let resources = list(30, of: "arn:aws:s3:::b/")
        let matrix = """
            { "principal": \(users), "action": ["s3:GetObject", "s3:DeleteObject"],
              "resource": \(resources), "expect": "allowed" }
            """
        var steps: [String] = [matrix, #"{ "advance": "PT1H" }"#]
        for number in 0..<300 {
            let user = "app:user/u\(number % 40)"
            steps.append(
                #"{ "principal": "\#(user)", "action": "s3:GetObject", "expect": "denied" }"#
            )
        }
        steps.append(matrix)
        steps += last
        return """
            {
              "scenario": "Large",
              "organization": "org.json",
              "defaults": { "resource": "arn:aws:s3:::b/x" },
              "steps": [
                \(steps.joined(separator: ",\n"))
              ]
            }
            """
    }

    /// A step with mistakes that end it early.
    enum WrongStep: CaseIterable {
        /// Thousands who are unknown, of whom nobody reads.
        case unknownPrincipals
        case unknownSession
        case unknownAccount
        case unknownResource

        var text: String {
            switch self {
            case .unknownPrincipals:
                """
                { "principal": \(JobsTests.list(6_000, of: "app:user/x")), "action": "s3:GetObject",
                  "expect": "allowed" }
                """
            case .unknownSession:
                #"{ "principal": "$nobody", "action": "s3:GetObject", "expect": "allowed" }"#
            case .unknownAccount:
                """
                { "principal": ["app:user/u1", "app:user/u2"], "action": "s3:GetObject",
                  "resourceAccount": "ap", "expect": "allowed" }
                """
            case .unknownResource:
                """
                { "principal": "app:user/u1", "action": "s3:GetObject",
                  "resource": ["ap:role/x", "*"], "expect": "allowed" }
                """
            }
        }
    }

    /// An organization of so many users, each of whom may do something.
    private static func organization(users: Int) -> String {
        let list = (0..<users).map { number in
            #"""
            "u\#(number)": { "inlinePolicies": { "own": {
              "Version": "2012-10-17",
              "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } } } }
            """#
        }
        return Sample.organization.replacingOccurrences(
            of: #""users": {"#,
            with: #""users": { \#(list.joined(separator: ",\n")),"#
        )
    }

    @Test("test: the checks of one scenario are told in order", arguments: ["text", "json"])
    func matrices(_ format: String) throws {
        let folder = try TemporaryFolder([
            "org.json": Self.organization(users: 40), "s.json": Self.largeScenario(),
        ])
        let run = expectSame(["test", "--format", format, folder["s.json"]])
        #expect(run.exitCode == .expectationFailed)
        if format == "json" {
            let scenario = try #require(run.json()["scenarios"]?.elements?.first)
            let steps = try #require(scenario["steps"]?.elements)
            #expect(steps.count == 303)
            #expect(steps[0]["checks"]?.elements?.count == 2_400)
            #expect(steps[1]["checks"]?.elements?.count == 0)
            // Principal by principal, for each action by action.
            let asked = (steps[0]["checks"]?.elements ?? []).map {
                ($0["principal"]?.string ?? "") + ($0["action"]?.string ?? "")
            }
            #expect(asked[29] == "app:user/u0s3:GetObject")
            #expect(asked[30] == "app:user/u0s3:DeleteObject")
            #expect(asked[60] == "app:user/u1s3:GetObject")
        } else {
            #expect(
                run.output.hasPrefix("✗ Large (\(folder["s.json"])): 2700 of 5100 checks failed")
            )
        }
    }

    @Test(
        "test: mistakes that end a step, or everything, do so at the same place",
        arguments: WrongStep.allCases
    )
    func mistakes(_ step: WrongStep) throws {
        let last = #"{ "principal": "app:user/z", "action": "s3:GetObject", "expect": "denied" }"#
        let folder = try TemporaryFolder([
            "org.json": Self.organization(users: 40),
            "s.json": Self.largeScenario([step.text, last]),
        ])
        let run = expectSame(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains(": error: "))
    }

    /// Steps of which some say too much, or something wrong.
    enum OddStep: String, CaseIterable {
        case none = ""
        case someWarnings = #", "resource": ["*", "*"]"#
        case manyWarnings = #", "resource": ["*", "*", "*"], "context": {"aws:SourceIp": "x"}"#
        case mistakes = #", "nonsense": 1"#

        /// Every how many steps there is one.
        var distance: Int { self == .manyWarnings ? 1 : 311 }
    }

    @Test("test: the steps of a long scenario are read as one by one", arguments: OddStep.allCases)
    func longScenarios(_ odd: OddStep) throws {
        let steps = (0..<1_500).map { number in
            let more = number % odd.distance == odd.distance - 1 ? odd.rawValue : ""
            return #"{ "principal": "app:user/u\#(number % 40)", "action": "s3:GetObject", "#
                + #""expect": "allowed"\#(more) }"#
        }
        let text =
            #"{ "scenario": "Long", "organization": "org.json", "steps": ["#
            + steps.joined(separator: ",\n") + "] }"
        let folder = try TemporaryFolder([
            "org.json": Self.organization(users: 40), "s.json": text,
        ])
        let run = expectSame(["test", folder["s.json"]])
        #expect(run.errors.contains(": error: ") == (odd == .mistakes))
        #expect(run.errors.contains(": warning: ") == "\(odd)".hasSuffix("Warnings"))
    }

    @Test("test: organizations are read alike, and what is wrong with them told in order")
    func organizations() throws {
        func scenario(_ name: String, _ organization: String) -> String {
            """
            { "scenario": "\(name)", "organization": \(organization), "steps": [
              { "principal": "app:user/u1", "action": "s3:GetObject", "expect": "allowed" } ] }
            """
        }
        let own = Self.organization(users: 3)
        var files = [
            "shared.json": own,
            "faulty.json": own.replacing("\"s3:*\"", with: "\"s3*\""),
            "open.json": own.replacing(
                "\"users\": {",
                with: #""users": {"gone": {"$ref": "no.json"},"#
            ),
            "own.json": scenario("own", own),
            "layers.json": scenario("layers", #"["shared.json", {"name": "Other"}]"#),
            "lost.json": scenario("lost", #"["shared.json", "nowhere.json"]"#),
            "empty.json": scenario("empty", "[]"),
            "number.json": scenario("number", "1"),
        ]
        for number in 0..<12 {
            let organization = ["shared", "faulty", "open", "missing"][number % 4]
            files["s\(number).json"] = scenario("\(number)", "\"\(organization).json\"")
        }
        let folder = try TemporaryFolder(files)
        for format in ["text", "json"] {
            let run = expectSame(["test", "--format", format, folder.path])
            #expect(run.exitCode == .invalidInput)
            for word in ["nowhere.json", "missing.json", "no.json", "empty list", "s3*"] {
                #expect(run.errors.contains(word), "\(word)")
            }
            // Named one by one they are the same, and named twice replayed twice.
            let scenarios = files.filter { $0.value.contains("\"steps\"") }.keys.sorted()
            let paths = scenarios.map { folder[$0] }
            let named = expectSame(["test", "--format", format] + paths)
            #expect(named.output == run.output)
            #expect(named.errors == run.errors)
            let twice = expectSame(["test", "--format", format] + paths + paths)
            #expect(twice.errors == run.errors)
        }
    }

    @Test("evaluate: answers keep the order of the lines", arguments: [1, 100, 1 << 16])
    func requests(_ pieces: Int) throws {
        let folder = try TemporaryFolder(["org.json": Self.organization(users: 40)])
        var lines: [String] = []
        for number in 0..<(pieces == 1 ? 30 : 3_000) {
            let principal = #""principal": "app:user/u\#(number % 41)", "action": "s3:GetObject""#
            let resource = #""resource": "arn:aws:s3:::b/\#(number)""#
            lines.append(#"{"id": \#(number), \#(principal), \#(resource)}"#)
        }
        lines[7] = ""
        lines[11] = #"{"id": "odd", "principal": "app:user/u1"}"#
        lines[13] = "no JSON"
        if pieces > 1 {
            lines[1_500] = String(repeating: "x", count: EvaluateLimits.line + 1)
        }
        let words = ["evaluate", "--organization", folder["org.json"]]
        let run = expectSame(words, input: lines.joined(separator: "\n"), pieces: pieces)
        #expect(run.exitCode == .expectationFailed)
        let answers = try run.jsonLines()
        // An empty line has no answer.
        #expect(answers.count == lines.count - 1)
        let place = { (answer: JSONValue) in answer["error"]?["line"].map { JSONOutput($0) } }
        #expect(place(answers[10]) == .number("12"))
        #expect(place(answers[12]) == .number("14"))
        if pieces > 1 { #expect(place(answers[1_499]) == .number("1501")) }
        let ids = answers.compactMap { $0["id"].map { JSONOutput($0).compact } }
        #expect(ids.last == "\(lines.count - 1)")
        #expect(ids.compactMap { Int($0) } == ids.compactMap { Int($0) }.sorted())
    }

    @Test("evaluate: where nobody reads the answers, the run ends", arguments: [1, 2, 8])
    func closedPipe(_ jobs: Int) throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        let line = #"{"principal": "app:user/ann", "action": "s3:GetObject"}"# + "\n"
        let words = ["evaluate", "--organization", folder["org.json"], "--jobs", "\(jobs)"]
        let run = orgsim(
            words,
            input: String(repeating: line, count: 2_000),
            pieces: 100,
            broken: .output("Broken pipe")
        )
        #expect(run.exitCode == .invalidInput)
        // Told once, however many threads had an answer.
        #expect(run.errors == "orgsim: cannot write to standard output: Broken pipe\n")
    }

    @Test("who-can: principals and the ways of roles are the same")
    func everybody() throws {
        let role = { (name: String, trusted: String) in
            #"""
            "\#(name)": { "trustPolicy": { "Version": "2012-10-17", "Statement": {
              "Effect": "Allow", "Principal": { "AWS": "\#(trusted)" }, "Action": "sts:AssumeRole" } },
              "inlinePolicies": { "own": { "Version": "2012-10-17", "Statement": {
                "Effect": "Allow", "Action": ["sts:AssumeRole", "sns:Publish"], "Resource": "*" } } } }
            """#
        }
        let roles = [
            role("Near", "100000000002"), role("Far", "arn:aws:iam::100000000002:role/Near"),
        ]
        let text = Self.organization(users: 300).replacingOccurrences(
            of: #""iam": {"#,
            with: #""iam": { "roles": { \#(roles.joined(separator: ", ")) },"#
        )
        let folder = try TemporaryFolder(["org.json": text])
        let words = [
            "who-can", "--organization", folder["org.json"], "--include", "root,anonymous",
        ]
        let direct = expectSame(words + ["--action", "s3:GetObject"])
        #expect(direct.exitCode == .success)
        #expect(direct.output.hasPrefix("303 principals can\n"))
        let chained = expectSame(
            words + ["--action", "sns:Publish", "--chained", "--format", "json"]
        )
        #expect(chained.exitCode == .success)
        let principals = try #require(chained.json()["principals"]?.elements)
        #expect(principals.contains { $0["via"]?.string == "direct" })
    }

    @Test(
        "a number of threads that is none is told",
        arguments: ["0", "-1", "257", "two", "", "1.5", "+2", "99999999999999999999"],
        ["test", "evaluate", "who-can"]
    )
    func badNumbers(_ jobs: String, _ verb: String) throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        let words =
            switch verb {
            case "test": [verb, folder.path]
            case "who-can":
                [verb, "--organization", folder["org.json"], "--action", "s3:GetObject"]
            default: [verb, "--organization", folder["org.json"]]
            }
        let run = orgsim(words + ["--jobs=\(jobs)"])
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
        #expect(
            run.errors.hasPrefix(
                "orgsim \(verb): '--jobs' takes a number from 1 to 256, not '\(jobs)'\n"
            )
        )
    }
}
