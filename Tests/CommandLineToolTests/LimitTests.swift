import CommandLineTool
import Foundation
import JSONSource
import Testing

/// Inputs made to cost much, through the tool as people run it.
@Suite("Limits")
struct LimitTests {
    private func problem(_ run: ToolRun) -> String {
        String(run.errors.split(separator: "\n").first ?? "")
    }

    /// A policy of a given size in bytes, most of it one list of actions.
    private func policy(bytes: Int) -> String {
        let action = "\"s3:" + String(repeating: "x", count: 10_000) + "\","
        let actions = String(repeating: action, count: bytes / 10_000)
        return #"""
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*",
             "Action": [\#(actions) "s3:*"]}]}
            """#
    }

    // Nearly all of the time a debug build spends on the bytes of the file, which is read once.
    @Test("a policy of 50 MB is one error with its size, alone and in an organization")
    func hugePolicy() throws {
        let folder = try TemporaryFolder([
            "p.json": policy(bytes: 50_000_000),
            "org.json": Sample.organization.replacing(
                #""inlinePolicies": {"#,
                with: #""inlinePolicies": { "huge": { "$ref": "p.json" },"#
            ),
            "s.json": Sample.scenario(Sample.passingStep),
        ])
        let run = orgsim(["lint", folder["org.json"], folder["p.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.ranges(of: "error: ").count == 1)
        #expect(
            problem(run).contains(
                "characters, far more than AWS takes; at most 262144 are read"
            ),
            "\(problem(run))"
        )
        #expect(run.errors.utf8.count < 1_000)
    }

    @Test("a long policy keeps a scenario from being replayed and an organization from loading")
    func longPolicy() throws {
        let folder = try TemporaryFolder([
            "p.json": policy(bytes: 300_000),
            "org.json": Sample.organization.replacing(
                #""inlinePolicies": {"#,
                with: #""inlinePolicies": { "huge": { "$ref": "p.json" },"#
            ),
            "s.json": Sample.scenario(Sample.passingStep),
        ])
        for words in [
            ["test", folder["s.json"]], ["evaluate", "--organization", folder["org.json"]],
            ["who-can", "--organization", folder["org.json"], "--action", "s3:GetObject"],
            ["lint", folder["p.json"]], ["lint", "--format", "sarif", folder["org.json"]],
        ] {
            let run = orgsim(words)
            #expect(run.exitCode == .invalidInput, "\(words)")
            #expect(run.errors.contains("far more than AWS takes"), "\(words)")
        }
    }

    @Test("a file of too many values is refused at the first of them")
    func manyValues() throws {
        let bytes = Array("[1, [2, {\"a\": 3}], 4, 5]".utf8)
        #expect(JSONParser.parse(bytes, file: 0, valueLimit: 8).diagnostics.isEmpty)
        let problems = JSONParser.parse(bytes, file: 0, valueLimit: 7).diagnostics
        #expect(
            problems.map(\.message) == [
                "up to here there are more than \(JSONParser.valueLimit) values to read"
            ]
        )
        #expect(problems.map(\.span.start) == [22])
        #expect(problems.map(\.code) == ["json.too-large"])
    }

    @Test("a file of ten gigabytes is refused by its size, not read")
    func sparseFile() throws {
        let folder = try TemporaryFolder(["a.json": ""])
        let file = try #require(FileHandle(forWritingAtPath: folder["a.json"]))
        try file.truncate(atOffset: 10 << 30)
        try file.close()
        let run = orgsim(["lint", folder["a.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("it has 10737418240 bytes, at most 1073741824 are read"))
    }

    @Test("a scenario of more than ten thousand steps is refused")
    func manySteps() throws {
        let steps = [String](repeating: #"{"advance": "PT1S"}"#, count: 10_001)
        let folder = try TemporaryFolder([
            "org.json": Sample.organization,
            "s.json": Sample.scenario(steps.joined(separator: ",")),
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(problem(run).contains("the scenario has 10001 steps, at most 10000 are replayed"))
    }

    /// A step of so many checks, squared.
    private func matrix(_ side: Int) -> String {
        let actions = (0..<side).map { "\"s3:GetObject\($0)\"" }.joined(separator: ",")
        let resources = (0..<side).map { "\"arn:aws:s3:::b/\($0)\"" }.joined(separator: ",")
        return #"{"action": [\#(actions)], "resource": [\#(resources)], "expect": "allowed"}"#
    }

    @Test("a step of more checks than a run makes is refused, and so are steps together")
    func manyChecks() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization, "one.json": Sample.scenario(matrix(320)),
            "two.json": Sample.scenario(
                [String](repeating: matrix(310), count: 4).joined(separator: ",\n    ")
            ),
        ])
        let one = orgsim(["test", folder["one.json"]])
        #expect(one.exitCode == .invalidInput)
        #expect(one.errors.contains("error: the step makes more than 100000 checks"))
        let two = orgsim(["test", folder["two.json"]])
        #expect(two.exitCode == .invalidInput)
        let message = "error: up to this step the run makes 384400 checks, more than 300000"
        #expect(two.errors.contains("two.json:9:5: \(message)"))
    }

    @Test("questions about everybody are counted by the principals asked")
    func manyQuestions() throws {
        let users = (0..<1_000).map { #""u\#($0)": {}"# }.joined(separator: ",")
        let question = #"""
            {"whoCan": {"action": "s3:GetObject", "include": ["root", "root"]}, "expect": []}
            """#
        let folder = try TemporaryFolder([
            "org.json":
                #"{"externalAccounts": {"app": {"id": "111111111111", "iam": {"users": {\#(users)}}}}}"#,
            "s.json": Sample.scenario(
                [String](repeating: question, count: 9_981).joined(separator: ",")
            ),
        ])
        // 9,981 times a thousand users, the root user and what is included.
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("decisions, more than 10000000"))
    }

    @Test("changes are counted by what they read anew")
    func manyChanges() throws {
        let tags = (0..<20).map { #""t\#($0)": """# }.joined(separator: ",")
        let users = (0..<5_000).map { #""u\#($0)": {"tags": {\#(tags)}}"# }.joined(separator: ",")
        let change = #"{"put": "iam/users/x", "account": "app", "value": {}}"#
        let changes = [String](repeating: change, count: 5_000).joined(separator: ",")
        let folder = try TemporaryFolder([
            "org.json":
                #"{"externalAccounts": {"app": {"id": "111111111111", "iam": {"users": {\#(users)}}}}}"#,
            "s.json": Sample.scenario(#"{"change": [\#(changes)]}"#),
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        let message = "values for its changes, more than 500000000"
        #expect(run.errors.contains(message), "\(problem(run))")
    }

    @Test("a request says no more of itself than can be compared")
    func context() throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        func answer(_ context: String) throws -> String? {
            let request =
                #"{"principal": "main:root", "action": "s3:GetObject", "context": {\#(context)}}"#
            let run = orgsim(
                ["evaluate", "--organization", folder["org.json"]],
                input: request + "\n"
            )
            return try run.jsonLines().first?["error"]?["message"]?.string
        }
        func keys(_ count: Int) -> String {
            (0..<count).map { #""x:k\#($0)": "v""# }.joined(separator: ",")
        }
        func values(_ count: Int) -> String {
            #""x:k": [\#([String](repeating: #""v""#, count: count).joined(separator: ","))]"#
        }
        func length(_ count: Int) -> String {
            #""x:k": "\#(String(repeating: "v", count: count))""#
        }
        #expect(try answer(keys(200)) == nil)
        #expect(try answer(keys(201)) == "a request has at most 200 condition keys, not 201")
        #expect(try answer(values(1_000)) == nil)
        #expect(
            try answer(values(1_001)) == "'x:k' has 1001 values, at most 1000 are compared"
        )
        #expect(try answer(length(65_536)) == nil)
        #expect(
            try answer(length(65_537))
                == "the value of 'x:k' has 65537 bytes, at most 65536 are compared"
        )
    }

    @Test("a thousand unknown principals end a scenario, and each is said")
    func unknownPrincipals() throws {
        let steps = (0..<3_000).map {
            #"{"principal": "app:user/x\#($0)", "action": "s3:GetObject", "expect": "allowed"}"#
        }
        let folder = try TemporaryFolder([
            "org.json": Sample.organization,
            "s.json": Sample.scenario(steps.joined(separator: ",")),
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.ranges(of: "error: there is no user").count == 1_000)
    }

    @Test("the table of the guide says every limit")
    func table() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(
            contentsOf: root.appending(path: "Scenarios/Guide/mistakes-and-limits.md"),
            encoding: .utf8
        )
        let limits = try #require(text.ranges(of: "\n## Limits\n").first)
        let section = text[limits.upperBound...].prefix { $0 != "#" }
        for (name, value) in Limits.all {
            #expect(section.contains("| \(name) | \(value) |"), "\(name) is \(value)")
        }
        #expect(section.split(separator: "\n").count { $0.hasPrefix("| ") } == Limits.all.count + 2)
    }
}
