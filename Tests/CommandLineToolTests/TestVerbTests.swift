import CommandLineTool
import JSONSource
import Testing

@Suite("orgsim test")
struct TestVerbTests {
    private func folder(_ scenario: String) throws -> TemporaryFolder {
        try TemporaryFolder(["org.json": Sample.organization, "s.json": scenario])
    }

    @Test("0: everything came out as expected")
    func passes() throws {
        let folder = try folder(Sample.scenario(Sample.passingStep))
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .success)
        #expect(run.errors.isEmpty)
        #expect(run.output.hasPrefix("✓ Sample (\(folder["s.json"])): 1 check\n"))
    }

    @Test("1: an expectation failed")
    func fails() throws {
        let folder = try folder(Sample.scenario(Sample.passingStep, Sample.failingStep))
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .expectationFailed)
        #expect(run.errors.isEmpty)
    }

    struct Broken: CustomTestStringConvertible {
        let what: String
        let scenario: String

        var testDescription: String { what }
    }

    @Test(
        "2: a file cannot be replayed",
        arguments: [
            Broken(what: "no JSON", scenario: "{"),
            Broken(
                what: "an unknown field",
                scenario:
                    #"{"scenario": "x", "organization": "org.json", "stepps": [], "steps": []}"#
            ),
            Broken(
                what: "an organization that is not there",
                scenario: #"{"organization": "no.json", "steps": []}"#
            ),
            Broken(
                what: "an unknown principal",
                scenario: Sample.scenario(
                    #"{"principal": "app:user/bob", "action": "s3:GetObject", "expect": "denied"}"#
                )
            ),
            Broken(
                what: "an organization with a mistake",
                scenario:
                    #"{"organization": {"externalAccounts": {"app": {"id": "1"}}}, "steps": []}"#
            ),
        ]
    )
    func invalid(_ row: Broken) throws {
        let folder = try folder(row.scenario)
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("\(folder["s.json"]):"))
        #expect(run.errors.contains(": error: "))
        #expect(run.output.contains("! "))
    }

    @Test("2 wins over 1, and the other files of a folder are replayed all the same")
    func mixed() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization, "a.json": "{ oops",
            "b.json": Sample.scenario(Sample.failingStep),
            "c.json": Sample.scenario(Sample.passingStep),
        ])
        let run = orgsim(["test", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.contains("✓ Sample (\(folder["c.json"])): 1 check\n"))
        #expect(run.output.contains("✗ Sample (\(folder["b.json"])): 1 of 1 checks failed\n"))
        let line =
            "\(folder["a.json"]):1:3: error: expected a key in quotation marks, found 'oops' [json.quotes]\n"
        #expect(run.errors.hasPrefix(line))
    }

    @Test("a failed check shows expected, actual and the place of the statement")
    func failureText() throws {
        let folder = try folder(
            Sample.scenario(
                Sample.failingStep,
                #"{ "action": "s3:GetObject", "expect": "implicitDeny", "blockedBy": ["identityPolicy"] }"#,
                #"{ "action": "s3:DeleteObject", "expect": "denied", "because": { "statement": "Other" } }"#
            )
        )
        let scenario = folder["s.json"]
        let organization = folder["org.json"]
        let run = orgsim(["test", scenario])
        #expect(
            run.output == """
                ✗ Sample (\(scenario)): 3 of 3 checks failed

                  \(scenario):6:5: step 0 · may delete
                    app:user/ann → s3:DeleteObject on arn:aws:s3:::b/x
                      expected allowed, got explicitDeny
                      what stands in the way
                        service control policy 'NoDelete' at Root denies by statement Keep  \(organization):7:9

                  \(scenario):7:5: step 1
                    app:user/ann → s3:GetObject on arn:aws:s3:::b/x
                      expected implicitDeny, got allowed
                      expected to be blocked by [identityPolicy], got []
                      allowed by
                        identity policy 'all' at arn:aws:iam::100000000002:user/ann allows by statement 0  \(organization):23:32

                  \(scenario):8:5: step 2
                    app:user/ann → s3:DeleteObject on arn:aws:s3:::b/x
                      no reason has statement Other
                      what stands in the way
                        service control policy 'NoDelete' at Root denies by statement Keep  \(organization):7:9

                0 passed, 3 failed (1 scenario, 0.000 s)

                """
        )
    }

    /// An account with a Deny on a condition, an Allow that is near, and a role that trusts it.
    private static let guarded = #"""
        {"externalAccounts": {"app": {"id": "100000000002", "iam": {
          "users": {"ann": {"inlinePolicies": {"p": {"Version": "2012-10-17", "Statement": [
            {"Sid": "Home", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
             "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},
            {"Sid": "Data", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*"},
            {"Sid": "Assume", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
          ]}}}},
          "roles": {"r": {"trustPolicy": {"Version": "2012-10-17", "Statement": [
            {"Sid": "Ann", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::100000000002:user/ann"},
             "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "x-1"}}}]}}}
        }}}}
        """#

    @Test("a failed check shows the values compared and what came closest")
    func failureDetails() throws {
        let folder = try TemporaryFolder([
            "org.json": Self.guarded,
            "s.json": Sample.scenario(
                #"{ "action": "s3:GetObject", "context": {"aws:SourceIp": "192.0.2.1"}, "expect": "allowed" }"#,
                #"{ "assumeRole": {"role": "app:role/r", "externalId": "x-2"}, "expect": "allowed" }"#
            ).replacing(#", "resource": "arn:aws:s3:::b/x""#, with: ""),
        ])
        let scenario = folder["s.json"]
        let lines = orgsim(["test", scenario]).output
            .replacing(folder.path + "/", with: "")
            // Where the place fits behind its line depends on the length of the path.
            .replacing(/\s+org\.json:([0-9]+:[0-9]+)/) { "  org.json:\($0.1)" }
        #expect(
            lines == """
                ✗ Sample (s.json): 2 of 2 checks failed

                  s.json:6:5: step 0
                    app:user/ann → s3:GetObject on *
                      expected allowed, got explicitDeny
                      what stands in the way
                        identity policy 'p' at arn:aws:iam::100000000002:user/ann denies by statement Home  org.json:3:5
                          NotIpAddress aws:SourceIp: "192.0.2.1" is in none of ["10.0.0.0/8"]
                        identity policy at arn:aws:iam::100000000002:user/ann allows nothing here
                          closest: p, statement Data  org.json:5:5
                            Resource: the request is on "*", which none of
                            ["arn:aws:s3:::data/*"] covers

                  s.json:7:5: step 1
                    app:user/ann → assumeRole on app:role/r
                      expected allowed, got implicitDeny
                      what stands in the way
                        role trust policy at arn:aws:iam::100000000002:role/r allows nothing here
                          closest: statement Ann  org.json:9:5
                            StringEquals sts:ExternalId: "x-2" is none of ["x-1"]

                0 passed, 2 failed (1 scenario, 0.000 s)

                """,
            "\(lines)"
        )
        let annotations = orgsim(["test", "--format", "github", scenario]).output
        #expect(annotations.contains(#""192.0.2.1" is in none of ["10.0.0.0/8"]"#))
        #expect(annotations.contains("closest is p, statement Data, Resource: the request is on"))
    }

    @Test("the summary counts one check as one check")
    func singular() throws {
        let folder = try folder(Sample.scenario(Sample.passingStep))
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.output.hasSuffix("\n1 passed, 0 failed (1 scenario, 0.000 s)\n"))
    }

    @Test("the description of a scenario is shown when it fails")
    func description() throws {
        let text = Sample.scenario(Sample.failingStep)
            .replacing(
                #""scenario": "Sample","#,
                with: #""scenario": "Sample", "description": "Why it exists.","#
            )
        let folder = try folder(text)
        #expect(orgsim(["test", folder["s.json"]]).output.contains("\n  Why it exists.\n"))
    }

    @Test("in a folder every file with 'scenario' or 'steps' counts, in order of path")
    func folders() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization,
            "z.json": Sample.scenario(Sample.passingStep, name: "Last"),
            "a/b.json": Sample.scenario(Sample.passingStep, name: "First")
                .replacing("org.json", with: "../org.json"),
            "a.json": #"{"scenario": "Second", "organization": "org.json", "steps": []}"#,
            "policy.json": #"{"Version": "2012-10-17", "Statement": []}"#,
            "list.json": "[1, 2]",
            "notes.txt": "no JSON at all",
            ".hidden/c.json": "{ not read",
        ])
        let run = orgsim(["test", "--root", folder.path, folder.path])
        #expect(!run.errors.contains("error:"))
        #expect(run.errors.contains("a.json:1:61: warning: 'steps' is an empty list"))
        #expect(run.exitCode == .success)
        let names = run.output.split(separator: "\n").filter { $0.hasPrefix("✓") }
            .map { $0.split(separator: " ")[1] }
        // Paths are compared as text: "a.json" stands before "a/b.json".
        #expect(names == ["Second", "First", "Last"])
    }

    @Test("an action the catalog does not know is a warning at its place, once (RES-7)")
    func unknownActions() throws {
        let steps = #"""
            [{"principal": "app:user/ann", "action": ["s3:GetObjct", "s33:GetObject", "zz:Q"],
              "resource": "arn:aws:s3:::b/x", "expect": "implicitDeny"}]
            """#
        func scenario(_ name: String) -> String {
            #"{"scenario": "\#(name)", "organization": "org.json", "steps": {"$ref": "steps.json"}}"#
        }
        let folder = try TemporaryFolder([
            "org.json": Sample.organization, "steps.json": steps,
            "a.json": scenario("A"), "b.json": scenario("B"),
        ])
        let run = orgsim(["test", folder["a.json"], folder["b.json"]])
        let warnings = run.errors.split(separator: "\n").filter { $0.contains("warning: ") }
            .map { $0.drop { $0 != ":" } }
        #expect(
            warnings == [
                ":1:43: warning: the catalog of 2026-10-27 does not know 's3:GetObjct',"
                    + " did you mean 's3:GetObject'? [request.unknown-action]",
                ":1:58: warning: the catalog of 2026-10-27 does not know 's33:GetObject',"
                    + " did you mean 's3:GetObject'? [request.unknown-action]",
                ":1:75: warning: the catalog of 2026-10-27 does not know 'zz:Q' [request.unknown-action]",
            ]
        )
        #expect(!run.errors.contains("error: "))
    }

    @Test("several paths are replayed in the order given")
    func severalPaths() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization,
            "a.json": Sample.scenario(Sample.passingStep, name: "A"),
            "b.json": Sample.scenario(Sample.passingStep, name: "B"),
        ])
        let run = orgsim(["test", folder["b.json"], folder["a.json"]])
        #expect(run.exitCode == .success)
        #expect(run.output.hasPrefix("✓ B"))
        #expect(run.output.contains("\n✓ A"))
    }

    @Test("a folder without scenarios is an error")
    func nothingToTest() throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        let run = orgsim(["test", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("there is no scenario in '\(folder.path)'"))
    }

    @Test("a mistake of an organization that several scenarios name is told once")
    func sharedMistake() throws {
        let folder = try TemporaryFolder([
            "org.json": #"{"externalAccounts": {"app": {"id": "1"}}}"#,
            "a.json": Sample.scenario(Sample.passingStep),
            "b.json": Sample.scenario(Sample.passingStep),
        ])
        let run = orgsim(["test", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.split(separator: "\n").filter { $0.contains("error:") }.count == 1)
    }

    @Test("colour is for terminals that want it")
    func colour() throws {
        let folder = try folder(Sample.scenario(Sample.passingStep))
        let words = ["test", folder["s.json"]]
        #expect(orgsim(words, terminal: .coloured).output.contains("\u{1B}[32m✓\u{1B}[0m"))
        #expect(orgsim(words, terminal: .withoutColour).output == orgsim(words).output)
        #expect(!orgsim(words).output.contains("\u{1B}"))
    }

    @Test("the same input gives the same bytes", arguments: ["text", "json"])
    func deterministic(_ format: String) throws {
        let folder = try folder(Sample.scenario(Sample.passingStep, Sample.failingStep))
        let words = ["test", "--format", format, folder["s.json"]]
        #expect(orgsim(words).output == orgsim(words).output)
    }
}

// --format json
extension TestVerbTests {
    private func fields(_ value: JSONValue?) -> Set<String> {
        Set((value?.members ?? []).map(\.key))
    }

    private func text(_ value: JSONValue?) -> String? { value.map { JSONOutput($0).compact } }

    @Test("--format json has every field of formats, section 4")
    func jsonFields() throws {
        let folder = try folder(Sample.scenario(Sample.passingStep, Sample.failingStep))
        let run = orgsim(["test", "--format", "json", folder["s.json"]])
        #expect(run.exitCode == .expectationFailed)
        let report = try run.json()
        #expect(fields(report) == ["scenarios", "summary"])
        let scenario = try #require(report["scenarios"]?.elements?.first)
        #expect(fields(scenario).isSuperset(of: ["file", "scenario", "status", "steps"]))
        #expect(scenario["file"]?.string == folder["s.json"])
        #expect(scenario["scenario"]?.string == "Sample")
        #expect(scenario["status"]?.string == "failed")

        let steps = try #require(scenario["steps"]?.elements)
        #expect(steps.map { text($0["index"]) } == ["0", "1"])
        #expect(steps.map { text($0["name"]) } == ["null", #""may delete""#])
        #expect(steps.map { $0["status"]?.string } == ["passed", "failed"])

        let check = try #require(steps.last?["checks"]?.elements?.first)
        let known: Set = [
            "principal", "action", "resource", "expected", "actual", "status", "reasons",
            "location",
        ]
        #expect(fields(check).isSuperset(of: known))
        #expect(check["principal"]?.string == "app:user/ann")
        #expect(check["action"]?.string == "s3:DeleteObject")
        #expect(check["resource"]?.string == "arn:aws:s3:::b/x")
        #expect(check["expected"]?.string == "allowed")
        #expect(check["actual"]?.string == "explicitDeny")
        #expect(check["status"]?.string == "failed")
        #expect(text(check["location"]?["line"]) == "7")
        #expect(text(check["location"]?["column"]) == "5")

        let reason = try #require(check["reasons"]?.elements?.first)
        #expect(
            fields(reason).isSuperset(of: ["policyType", "policy", "statement", "target", "kind"])
        )
        #expect(reason["policyType"]?.string == "serviceControlPolicy")
        #expect(reason["policy"]?.string == "NoDelete")
        #expect(reason["statement"]?.string == "Keep")
        #expect(reason["target"]?.string == "Root")
        #expect(reason["kind"]?.string == "explicitDeny")

        #expect(
            text(report["summary"])
                == #"{"scenarios":1,"passed":0,"failed":1,"errors":0,"checks":2,"seconds":0.000}"#
        )
    }

    @Test("--format json is JSON also where a file cannot be replayed")
    func jsonOfBrokenFile() throws {
        let folder = try folder("{ oops")
        let run = orgsim(["test", "--format", "json", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        let report = try run.json()
        #expect(report["scenarios"]?.elements?.first?["status"]?.string == "error")
        #expect(text(report["summary"]?["errors"]) == "1")
        #expect(run.errors.hasPrefix("\(folder["s.json"]):1:3: error: "))
    }

    @Test("a matrix of principals, actions and resources is one check each")
    func matrix() throws {
        let step =
            #"{"action": ["s3:GetObject", "s3:PutObject"], "resource": ["arn:aws:s3:::b/1", "arn:aws:s3:::b/2"], "expect": "allowed"}"#
        let folder = try folder(Sample.scenario(step))
        let report = try orgsim(["test", "--format", "json", folder["s.json"]]).json()
        let checks = report["scenarios"]?.elements?.first?["steps"]?.elements?.first?["checks"]?
            .elements
        #expect(
            checks?.map { "\($0["action"]?.string ?? "") \($0["resource"]?.string ?? "")" } == [
                "s3:GetObject arn:aws:s3:::b/1", "s3:GetObject arn:aws:s3:::b/2",
                "s3:PutObject arn:aws:s3:::b/1", "s3:PutObject arn:aws:s3:::b/2",
            ]
        )
    }

    @Test("a check whose verdict unknown keys decide says what may stand in the way")
    func undetermined() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization
                .replacing(
                    #""Action": "s3:Delete*", "Resource": "*""#,
                    with:
                        #""Action": "s3:Delete*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}"#
                )
                .replacing(
                    #""Action": "s3:*", "Resource": "*""#,
                    with:
                        #""Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}"#
                ),
            "s.json": Sample.scenario(
                #"{ "action": "s3:DeleteObject", "unknownKeys": ["aws:SourceVpce", "aws:RequestedRegion"], "expect": "allowed" }"#
            ),
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode != .success)
        #expect(
            run.output.contains("      what may stand in the way\n"),
            "\(run.output)\(run.errors)"
        )
        #expect(run.output.contains("may deny by statement Keep"))
        #expect(run.output.contains("may allow nothing here"))
        #expect(!run.output.contains("what stands in the way"))
    }
}
