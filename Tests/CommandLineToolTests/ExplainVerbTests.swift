@testable import CommandLineTool
import Foundation
import JSONSource
import Testing

/// `orgsim explain`: where the request comes from, what is answered and how mistakes are told.
@Suite("orgsim explain")
struct ExplainVerbTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "org.json": Sample.organization,
            "s.json": Sample.scenario(
                #"{ "name": "reads", "action": "s3:GetObject", "expect": "allowed" }"#,
                #"{ "name": "removes", "action": ["s3:DeleteObject", "s3:DeleteBucket"], "expect": "explicitDeny" }"#,
                #"{ "advance": "PT1H" }"#,
                #"{ "whoCan": { "action": "s3:GetObject" }, "expect": ["app:user/ann"] }"#
            ),
        ])
    }

    private func explain(_ words: String..., input: String = "") -> ToolRun {
        orgsim(["explain"] + words, input: input)
    }

    private var organization: String { folder["org.json"] }

    @Test("a typed request: the verdict first, then what stands in the way and where")
    func typed() {
        let run = explain(
            "--organization",
            organization,
            "--principal",
            "app:user/ann",
            "--action",
            "s3:DeleteObject",
            "--resource",
            "arn:aws:s3:::b/x"
        )
        #expect(run.exitCode == .success)
        #expect(run.errors == "")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "explicit deny · app:user/ann → s3:DeleteObject on arn:aws:s3:::b/x")
        let blocking = lines.filter { $0.hasPrefix("✗") }
        #expect(blocking.count == 1)
        #expect(
            blocking.first?.contains("service control policy at Root: denied by NoDelete") == true
        )
        #expect(run.output.contains("AWS says: User: arn:aws:iam::100000000002:user/ann"))
        #expect(lines.count <= 24)
        #expect(
            lines.allSatisfy { $0.count <= 80 || $0.contains("arn:") || $0.contains("org.json") }
        )
    }

    @Test("--quiet is the verdict alone, --trace every statement")
    func details() {
        let words = [
            "--organization", organization, "--principal", "app:user/ann", "--action",
            "s3:GetObject", "--resource", "arn:aws:s3:::b/x",
        ]
        #expect(orgsim(["explain"] + words + ["--quiet"]).output == "allowed\n")
        let traced = orgsim(["explain"] + words + ["--trace"]).output
        #expect(traced.contains("NoDelete"))
        #expect(traced.contains("Keep"))
        #expect(!orgsim(["explain"] + words).output.contains("Keep"))
    }

    @Test("a key that the step gives cannot be unknown as well")
    func knownKey() throws {
        let files = try TemporaryFolder([
            "org.json": Sample.organization,
            "s.json": Sample.scenario(
                #"{ "action": "s3:GetObject", "context": { "aws:SourceIp": "203.0.113.7" }, "expect": "allowed" }"#
            ),
        ])
        let words = ["explain", "--scenario", files["s.json"], "--step", "0", "--unknown"]
        let run = orgsim(words + ["AWS:sourceip"])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("'aws:SourceIp' is given and cannot be unknown as well"))
        #expect(orgsim(words + ["aws:RequestedRegion"]).exitCode == .success)
    }

    @Test("a step by number or name; a matrix is explained check by check, or by the one selected")
    func steps() throws {
        let scenario = folder["s.json"]
        let byNumber = explain("--scenario", scenario, "--step", "1", "--quiet")
        #expect(byNumber.output == "explicitDeny\nexplicitDeny\n")
        let byName = explain("--scenario", scenario, "--step", "removes", "--quiet")
        #expect(byName.output == byNumber.output)
        let one = explain(
            "--scenario",
            scenario,
            "--step",
            "1",
            "--action",
            "s3:DeleteBucket",
            "--format",
            "json"
        )
        let explained = try #require(one.json()["explanations"]?.elements)
        #expect(explained.map { $0["action"]?.string } == ["s3:DeleteBucket"])
    }

    @Test("fixes in a scenario say which other checks they open")
    func effects() throws {
        let run = explain(
            "--scenario",
            folder["s.json"],
            "--step",
            "1",
            "--action",
            "s3:DeleteBucket",
            "--fix",
            "--format",
            "json"
        )
        let explanation = try #require(run.json()["explanations"]?.elements?.first)
        let fixes = try #require(explanation["fixes"]?.elements)
        #expect(fixes.allSatisfy { $0["decision"]?.string == "allowed" })
        let detaching = fixes.first { fix in
            fix["change"]?.elements?.contains { $0["detachPolicy"] != nil } == true
        }
        let opened = detaching?["opens"]?.elements?.compactMap(\.string)
        #expect(opened?.count == 1)
        #expect(opened?.first?.contains("s3:DeleteObject") == true)
    }

    @Test("the change of a fix, put into a scenario, turns the verdict")
    func pastedChange() throws {
        let run = explain(
            "--organization",
            organization,
            "--principal",
            "app:user/ann",
            "--action",
            "s3:DeleteObject",
            "--resource",
            "arn:aws:s3:::b/x",
            "--fix",
            "--format",
            "json"
        )
        let fixes = try run.json()["explanations"]?.elements?.first?["fixes"]?.elements ?? []
        let changes = fixes.compactMap { $0["change"].map { JSONOutput($0).compact } }
        #expect(!changes.isEmpty)
        for change in changes {
            let scenario = Sample.scenario(
                #"{ "change": \#(change) }"#,
                #"{ "action": "s3:DeleteObject", "expect": "allowed" }"#
            )
            let files = try TemporaryFolder([
                "org.json": Sample.organization, "fixed.json": scenario,
            ])
            let replayed = orgsim(["test", files["fixed.json"]])
            #expect(
                replayed.exitCode == .success,
                "\(change)\n\(replayed.output)\(replayed.errors)"
            )
        }
    }

    @Test("AWS's own message, as an option and on standard input")
    func message() {
        let text =
            "An error occurred (AccessDenied) when calling the DeleteObject operation: User: "
            + "arn:aws:iam::100000000002:user/ann is not authorized to perform: s3:DeleteObject on "
            + "resource: \"arn:aws:s3:::b/x\" with an explicit deny in a service control policy"
        let given = explain("--organization", organization, "--message", text)
        #expect(given.output.hasPrefix("explicit deny · app:user/ann → s3:DeleteObject"))
        #expect(given.output.contains("compared: AWS names the same reason"))
        let piped = explain("--organization", organization, "--message", "-", input: text)
        #expect(piped.output == given.output)
        let other = text.replacing("a service control policy", with: "an identity-based policy")
        let differs = explain("--organization", organization, "--message", other)
        #expect(differs.output.contains("compared: AWS names an identity-based policy"))
    }

    @Test("a CloudTrail record, one of a file")
    func event() throws {
        let record = #"""
            {"eventVersion":"1.09","eventTime":"2026-01-10T08:00:00Z","eventSource":"s3.amazonaws.com",
             "eventName":"DeleteObject","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7",
             "userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::100000000002:user/ann",
               "accountId":"100000000002","userName":"ann","principalId":"AIDAX"},
             "requestParameters":{"bucketName":"b","key":"x"},
             "errorCode":"AccessDenied",
             "errorMessage":"User: arn:aws:iam::100000000002:user/ann is not authorized to perform: s3:DeleteObject on resource: \"arn:aws:s3:::b/x\" with an explicit deny in a service control policy"}
            """#
        let files = try TemporaryFolder([
            "org.json": Sample.organization,
            "log.json": #"{"Records":[\#(record),\#(record)]}"#,
        ])
        let run = explain("--organization", files["org.json"], "--event", files["log.json"] + "#2")
        #expect(run.exitCode == .success, "\(run.errors)")
        #expect(run.output.hasPrefix("explicit deny · app:user/ann → s3:DeleteObject"))
        #expect(run.output.contains("compared: AWS names the same reason"))
        let several = explain("--organization", files["org.json"], "--event", files["log.json"])
        #expect(several.exitCode == .invalidInput)
        #expect(several.errors.contains("[event.several]"))
    }

    @Test("a page is written whole, and says what cannot be written")
    func page() throws {
        let words = [
            "explain", "--organization", organization, "--principal", "app:user/ann", "--action",
            "s3:DeleteObject", "--html", folder["why.html"],
        ]
        let written = orgsim(words)
        #expect(written.exitCode == .success, "\(written.errors)")
        let page = written.files[folder["why.html"]]
        #expect(page?.hasPrefix("<!DOCTYPE html>") == true)
        #expect(page?.contains("</html>") == true)
        let refused = orgsim(words, broken: .files("the disk is full"))
        #expect(refused.exitCode == .invalidInput)
        #expect(refused.errors.contains("cannot write"))
        #expect(refused.errors.contains("the disk is full"))
        #expect(refused.output == "")
    }

    @Test(
        "mistakes are told at once, with the nearest name, and the exit code is 2",
        arguments: [
            (["--principal", "app:user/ane"], "did you mean 'app:user/ann'"),
            (["--action", "s3"], "is not an action"),
            (["--without", "serviceRule"], "cannot be left out"),
            (["--without", "identityPolicies"], "did you mean 'identityPolicy'"),
            (["--unknown", "x"], "is not a condition key"),
            (["--context", "aws:SourceIp"], "expected KEY=VALUE"),
            (
                ["--context", "aws:SourceIp=1.2.3.4", "--unknown", "aws:sourceip"],
                "is given and cannot be unknown"
            ),
            (["--step", "1"], "--step needs --scenario"),
            (["--message", "x", "--event", "y"], "exclude each other"),
            (["--quiet", "--trace"], "exclude each other"),
            (["--format", "github"], "'--format' takes one of text, json"),
            (["extra"], "unexpected 'extra'"),
        ]
    )
    func mistakes(_ words: [String], _ expected: String) {
        var all = ["explain", "--organization", organization]
        for (option, value) in [("--principal", "app:user/ann"), ("--action", "s3:GetObject")]
        where !words.contains(option) {
            all += [option, value]
        }
        let run = orgsim(all + words)
        #expect(run.exitCode == .invalidInput)
        #expect(run.output == "")
        #expect(run.errors.contains(expected), "\(run.errors)")
    }

    @Test(
        "a step that does not exist or decides nothing is said",
        arguments: [
            ("9", "there is no step 9"), ("remove", "did you mean 'removes'"),
            ("2", "step 2 decides no request"), ("3", "asks who can"),
        ]
    )
    func stepMistakes(_ step: String, _ expected: String) {
        let run = explain("--scenario", folder["s.json"], "--step", step)
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains(expected), "\(run.errors)")
    }

    @Test("colour on a terminal only, and it adds nothing but colour")
    func colour() {
        let words = [
            "explain", "--organization", organization, "--principal", "app:user/ann", "--action",
            "s3:DeleteObject",
        ]
        let plain = orgsim(words).output
        #expect(!plain.contains("\u{1B}"))
        #expect(orgsim(words, terminal: .withoutColour).output == plain)
        #expect(orgsim(words, terminal: .coloured).output.contains("\u{1B}[31m"))
    }

    @Test("a layer that hangs on an unknown key is told so, also where the verdict does not")
    func openLayers() throws {
        let condition = #""Condition":{"StringEquals":{"aws:RequestTag/x":"1"}}"#
        let policy = #"""
            {"Version":"2012-10-17","Statement":[
              {"Sid":"Shut","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*",\#(condition)}]}
            """#
        let boundary = #"""
            {"Version":"2012-10-17","Statement":[{"Sid":"Tagged","Effect":"Allow","Action":"*","Resource":"*",\#(condition)}]}
            """#
        let files = try TemporaryFolder([
            "org.json": #"""
            {"externalAccounts":{"app":{"id":"100000000002","iam":{
              "managedPolicies":{"B":\#(boundary)},"users":{"u":{"permissionsBoundary":"B"}}},
              "resources":{"arn:aws:s3:::b":{"policy":\#(policy)}}}}}
            """#
        ])
        let run = explain(
            "--organization",
            files["org.json"],
            "--principal",
            "app:user/u",
            "--action",
            "s3:GetObject",
            "--resource",
            "arn:aws:s3:::b/x",
            "--unknown",
            "aws:RequestTag/x"
        )
        #expect(run.output.hasPrefix("implicit deny"), "\(run.output)\(run.errors)")
        let marks = run.output.split(separator: "\n").filter { $0.hasPrefix("?") }
        #expect(marks.contains { $0.contains("resource policy") }, "\(run.output)")
        #expect(run.output.contains("aws:RequestTag/x is unknown"))
        #expect(!run.output.contains("root user"))
    }

    @Test("more checks of one step than anybody reads are refused, with what selects some")
    func manyChecks() throws {
        let actions = (0...ExplainLimits.checks).map { #""s3:GetObject\#($0)""# }
        let files = try TemporaryFolder([
            "org.json": Sample.organization,
            "s.json": Sample.scenario(
                #"{ "action": [\#(actions.joined(separator: ","))], "expect": "allowed" }"#
            ),
        ])
        let run = explain("--scenario", files["s.json"], "--step", "0", "--quiet")
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("at most 1000 are explained"))
        let one = explain(
            "--scenario",
            files["s.json"],
            "--step",
            "0",
            "--action",
            "s3:GetObject7",
            "--quiet"
        )
        #expect(one.output == "allowed\n")
    }
}
