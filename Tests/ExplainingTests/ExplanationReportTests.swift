import Authorization
import Explaining
import JSONSource
import PolicyLanguage
import Reports
import TestSupport
import Testing

/// What all renderings of an explanation promise.
@Suite("Explanations as reports")
struct ExplanationReportTests {
    private static let request =
        #"{"principal": "prod:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-logs/2026/01", "context": {"aws:SourceIp": "203.0.113.7", "aws:RequestedRegion": "eu-west-1"}}"#

    @Test("quiet is the verdict alone")
    func quiet() throws {
        let world = try ExplainedWorld()
        #expect(world.text(try world.explanation(Self.request), .quiet) == "implicitDeny\n")
    }

    @Test("the trace tells every statement of every policy in scope, and what fails of it")
    func trace() throws {
        let world = try ExplainedWorld()
        let text = world.text(try world.explanation(Self.request), .trace)
        #expect(try Golden.text("trace.txt", madeFrom: text) == text)
    }

    @Test("JSON keeps the names of decisions and adds layers, keys and hops")
    func json() throws {
        let world = try ExplainedWorld()
        let explanation = try world.explanation(Self.request)
        let text = ExplanationJSON(sources: world.sources)
            .render(explanation, .trace, message: "User: …")
        #expect(try Golden.text("json.txt", madeFrom: text) == text)
        let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
        for name in [
            "decision", "principal", "action", "resource", "blockedBy", "absentKeys", "reasons",
            "message", "layers", "keys", "hops", "trace",
        ] { #expect(value[name] != nil, "\(name)") }
        let quiet = ExplanationJSON(sources: world.sources).render(explanation, .quiet)
        #expect(quiet == "{\n  \"decision\": \"implicitDeny\"\n}\n")
    }

    @Test("an open verdict says in JSON what it depends on, as a policy would write it")
    func dependsOn() throws {
        let world = try ExplainedWorld()
        var request = try world.request(
            #"{"principal": "prod:role/Reader", "action": "sqs:ListQueues", "resource": "*"}"#
        )
        request.unknownKeys.insert("aws:RequestedRegion")
        let explanation = Explanation(of: request, by: world.engine)
        let text = ExplanationJSON(sources: world.sources).render(explanation)
        let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
        let ways = try #require(value["dependsOn"])
        #expect(
            JSONOutput(ways).compact
                == #"[{"StringEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]}}]"#
        )
        let region = explanation.keys.first { $0.key == "aws:RequestedRegion" }
        #expect(region?.origin == .unknown)
    }

    @Test("AWS's sentence and further sections have their place")
    func sections() throws {
        let world = try ExplainedWorld()
        let report = ExplanationText(sources: world.sources, style: .plain)
        let text = report.render(
            try world.explanation(Self.request),
            message: "User: arn:aws:sts::222222222222:assumed-role/Reader/orgsim is not authorized",
            further: [ExplanationText.Section(lines: ["fix: none"])]
        )
        #expect(
            text.contains(
                """
                AWS says: User: arn:aws:sts::222222222222:assumed-role/Reader/orgsim is not
                  authorized
                keys:
                """
            ),
            "\(text)"
        )
        #expect(text.hasSuffix("\nfix: none\n"))
    }

    @Test("SCP-2: levels that say something else stand apart, those that say the same together")
    func levels() throws {
        let storage =
            #"{"Version": "2012-10-17", "Statement": {"Sid": "S", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#
        let everything =
            #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#
        let world = try ExplainedWorld(
            #"""
            {"organization": {"managementAccount": "main"},
             "serviceControlPolicies": {"OnlyStorage": \#(storage)},
             "root": {"accounts": {"main": {"id": "111111111111"}}, "organizationalUnits": {"W": {
               "accounts": {"app": {"id": "222222222222",
                 "serviceControlPolicies": ["OnlyStorage"],
                 "iam": {"users": {"ann": {"inlinePolicies": {"all": \#(everything)}}}}}}}}}}
            """#
        )
        let request =
            #"{"principal": "app:user/ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}"#
        let lines = world.text(try world.explanation(request)).split(separator: "\n")
        let levels = lines.filter { $0.hasPrefix("✓ service control policy") }
        #expect(levels.count == 2, "\(lines)")
        #expect(levels.first?.contains("at Root, Root/W: allowed by FullAWSAccess") == true)
        #expect(levels.last?.contains("at app: allowed by OnlyStorage, statement S") == true)
    }

    @Test("layers that are not asked share a line, and have one each in the trace")
    func notAsked() throws {
        let world = try ExplainedWorld()
        let explanation = try world.explanation(Self.request)
        let idle = explanation.layers.count { $0.mark == .notAsked }
        #expect(idle > 2)
        func count(_ detail: ExplanationText.Detail) -> Int {
            let lines = world.text(explanation, detail).split(separator: "\n")
            return lines.count { $0.hasPrefix("– ") }
        }
        #expect(count(.normal) == 1)
        #expect(count(.trace) == idle)
    }

    @Test("what else there is to know of AWS's sentence is told with the trace")
    func messageNotes() throws {
        let world = try ExplainedWorld()
        let explanation = try world.explanation(Self.request)
        let report = ExplanationText(sources: world.sources, style: .plain)
        func text(_ detail: ExplanationText.Detail) -> String {
            report.render(explanation, detail, message: "No", messageNotes: ["AWS may go on"])
        }
        #expect(!text(.normal).contains("AWS may go on"))
        #expect(text(.trace).contains("AWS says: No\n  AWS may go on\n"))
    }

    @Test("PRIN-3: an account among the principals reads as in its file")
    func accountPrincipal() throws {
        for written in ["arn:aws:iam::222222222222:root", "222222222222"] {
            let text = ExplainedWorld.organization.replacing(
                #""Principal": { "AWS": "222222222222" }, "Action": "sts:AssumeRole" }"#,
                with: #""Principal": { "AWS": "\#(written)" }, "Action": "sts:AssumeRole" }"#
            )
            let world = try ExplainedWorld(text)
            let asked = world.text(
                try world.explanation(
                    #"{"principal": "partner:role/Collector", "action": "sts:AssumeRole", "resource": "prod:role/Reader"}"#
                ),
                .trace
            )
            #expect(asked.contains("Principal: the caller is none of [\"\(written)\"]"), "\(asked)")
        }
    }

    @Test("colour adds nothing but colour")
    func colour() throws {
        let world = try ExplainedWorld()
        for row in ExplanationGoldenTests.rows {
            let explanation = try world.explanation(row.request)
            let plain = world.text(explanation, .trace)
            let coloured = ExplanationText(sources: world.sources, style: .coloured)
                .render(explanation, .trace)
            #expect(coloured.contains("\u{1B}["))
            #expect(!plain.contains("\u{1B}"))
            let stripped = coloured.replacing(/\u{1B}\[[0-9]+m/, with: "")
            #expect(stripped == plain)
        }
    }

    /// Names of files, tags and values come from anywhere.
    @Test(
        "hostile names steer no terminal and break no line",
        arguments: [
            "\u{1B}[2J\u{7}", "a\nb", "\u{202E}evil", String(repeating: "x", count: 10_000),
            String(repeating: "é ", count: 5_000), "\u{9B}31m",
        ]
    )
    func hostile(name: String) throws {
        func quoted(_ text: String) -> String { JSONOutput.string(text).compact }
        let world = try ExplainedWorld(
            #"""
            {"externalAccounts": {"app": {"id": "111122223333", "iam": {"users": {"ann": {
              "inlinePolicies": {"p": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Deny", "Action": "s3:Get*", "Resource": "*",
                 "Condition": {"StringNotEquals": {"aws:RequestTag/x": ["a", "b"]}}},
                {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::data/*",
                 "Condition": {"StringLike": {"aws:UserAgent": "curl*"}}}
              ]}}}}}}}}
            """#,
            path: name
        )
        let resource = String("arn:aws:s3:::\(name)".unicodeScalars.prefix(1_900))
        let request =
            #"{"principal": "app:user/ann", "action": "s3:GetObject", "resource": \#(quoted(resource)), "context": {"aws:UserAgent": \#(quoted(name)), "aws:RequestTag/x": \#(quoted(name + "!"))}}"#
        let explanation = try world.explanation(request)
        #expect(explanation.decision.outcome == .explicitDeny)
        let text = world.text(explanation, .trace)
        #expect(text.utf8.count < 60_000)
        for line in text.split(separator: "\n") {
            // A path is never broken: people click on it.
            let isPlace = line.firstMatch(of: /:[0-9]+:[0-9]+$/) != nil
            let isLong = line.unicodeScalars.count > 80 && !isPlace
            #expect(!isLong || line.split(separator: " ").count <= 2, "\(line)")
            for scalar in line.unicodeScalars {
                #expect(scalar.properties.generalCategory != .control)
                #expect(scalar.properties.generalCategory != .format)
            }
        }
    }
}
