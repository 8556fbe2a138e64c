import CommandLineTool
import JSONSource
import Testing

@Suite("orgsim lint")
struct LintVerbTests {
    private static let typo = #"""
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Effect": "Deny", "Action": "s3:GetObjct", "Resource": "*" }
          ]
        }
        """#

    private func lint(_ files: [String: String], _ words: String...) throws -> ToolRun {
        let folder = try TemporaryFolder(files)
        return orgsim(["lint", "--root", folder.path] + words + [folder.path]).without(folder.path)
    }

    @Test("a finding shows its place, the line, the nearest name and its check")
    func text() throws {
        let run = try lint(["scps/a.json": Self.typo])
        #expect(run.exitCode == .expectationFailed)
        #expect(run.errors.isEmpty)
        #expect(
            run.output == """
                scps/a.json:4:35: warning: Amazon S3 has no action 's3:GetObjct' [unknown-action]
                        { "Effect": "Deny", "Action": "s3:GetObjct", "Resource": "*" }
                                                      ^^^^^^^^^^^^^
                  help: did you mean 's3:GetObject'?
                0 errors, 1 warning, 0 notes in 1 policy (1 scp)

                """
        )
    }

    @Test("--fail-on says from which severity on the exit code is 1")
    func failOn() throws {
        #expect(try lint(["a.json": Self.typo], "--fail-on", "error").exitCode == .success)
        #expect(try lint(["a.json": Self.typo], "--fail-on", "never").exitCode == .success)
        #expect(
            try lint(["a.json": Self.typo], "--fail-on", "note").exitCode == .expectationFailed
        )
        #expect(try lint(["a.json": Self.typo], "--fail-on", "x").exitCode == .invalidInput)
    }

    @Test("what a document is for follows from its elements and its path, or from --as")
    func kinds() throws {
        let allow =
            #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#
        let deny =
            #"{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#
        let trust = #"""
            {"Effect": "Allow", "Principal": {"AWS": "111111111111"}, "Action": "sts:AssumeRole"}
            """#
        let files = [
            "x/service_control_policies/a.json": allow, "x/guardrails/b.json": allow,
            "team/c.json": allow, "rcps/d.json": deny, "vpc-endpoints/e.json": deny,
            "team/f.json": deny, "team/g.json": trust, "scp-repo/iam/h.json": allow,
            "scps/deny-iam-roles.json": allow,
        ].mapValues { #"{"Version": "2012-10-17", "Statement": [\#($0)]}"# }
        let counts = try lint(files, "--format", "json").json()["summary"]?["policies"]
        let found = (counts?.members ?? []).map { "\($0.key) \(JSONOutput($0.value).compact)" }
        #expect(
            found == ["scp 3", "rcp 1", "identity 2", "trust 1", "resource 1", "endpoint 1"]
        )
        let said = try lint(files, "--as", "scp", "--format", "json").json()["summary"]
        #expect(said.map { JSONOutput($0).compact }?.contains(#""scp":9"#) == true)
    }

    @Test("a document that an organization refers to is looked at once, as what it is there")
    func references() throws {
        let organization = #"""
            {"organization": {"managementAccount": "m"},
             "serviceControlPolicies": {"Lock": {"$ref": "a.json"}},
             "root": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
               "accounts": {"m": {"id": "111111111111"}}}}
            """#
        let run = try lint(["org.json": organization, "a.json": Self.typo])
        #expect(run.output.contains("a.json:4:35: warning"))
        #expect(run.output.hasSuffix("in 1 policy (1 scp) and 1 organization\n"))
    }

    @Test("a note silences a finding in place, or from beside the reference to its document")
    func silences() throws {
        let note = #""$lint": {"unknown-action": "new in \#("2026")"}"#
        let inside = Self.typo.replacing(#"{ "Effect""#, with: #"{ \#(note), "Effect""#)
        let run = try lint(["a.json": inside], "--format", "json")
        #expect(run.exitCode == .success)
        let silenced = try run.json()["silenced"]?.elements
        #expect(silenced?.first?["reason"]?.string == "new in 2026")
        let organization = #"""
            {"organization": {"managementAccount": "m"},
             "serviceControlPolicies": {"Lock": {"$ref": "a.json", \#(note)}},
             "root": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
               "accounts": {"m": {"id": "111111111111"}}}}
            """#
        let beside = try lint(["org.json": organization, "a.json": Self.typo])
        #expect(beside.exitCode == .success)
        #expect(beside.output.hasPrefix("0 errors, 0 warnings, 0 notes, 1 silenced in "))
    }

    @Test("a note reaches what is referred to inside its object")
    func silencesBelow() throws {
        let organization = #"""
            {"organization": {"managementAccount": "m"},
             "serviceControlPolicies": {"$lint": {"unknown-action": "all of them are new"},
               "Lock": {"$ref": "a.json"}},
             "root": {"serviceControlPolicies": ["FullAWSAccess", "Lock"],
               "accounts": {"m": {"id": "111111111111"}}}}
            """#
        let run = try lint(["org.json": organization, "a.json": Self.typo])
        #expect(run.output.hasPrefix("0 errors, 0 warnings, 0 notes, 1 silenced in "))
    }

    @Test(
        "a note without a check and a reason is an error of its own",
        arguments: ["[]", "null", "5", "{}", #"{"unknown-action": " \t\u200b"}"#]
    )
    func malformedNote(note: String) throws {
        let text = Self.typo.replacing(#"{ "Effect""#, with: #"{ "$lint": \#(note), "Effect""#)
        let run = try lint(["scps/a.json": text])
        #expect(run.exitCode == .expectationFailed)
        #expect(run.output.contains("[unknown-action]"))
        #expect(run.output.contains("[bad-silence]"))
    }

    @Test("the organization that a scenario brings with it is looked at, others are passed over")
    func scenarios() throws {
        let organization = #"""
            {"externalAccounts": {"a": {"id": "111111111111", "iam": {"managedPolicies":
             {"P": \#(Self.typo)}}}}}
            """#
        let run = try lint([
            "a.json": #"{"scenario": "x", "organization": \#(organization), "steps": []}"#,
            "b.json": #"{"scenario": "x", "organization": "o.json", "steps": []}"#,
        ])
        #expect(run.output.contains("[unknown-action]"))
        #expect(run.output.hasSuffix("and 1 organization; 1 other file passed over\n"))
    }

    @Test("a note in an object also silences what is said of its name")
    func silencesName() throws {
        let organization = #"""
            {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
             "id": "111111111111", "iam": {"users": {"ann": {
               "$lint": {"password-without-mfa": "leaves on Friday"}, "password": {}}}}}}}}
            """#
        let run = try lint(["org.json": organization])
        #expect(run.output.hasPrefix("0 errors, 0 warnings, 0 notes, 1 silenced in "))
    }

    @Test("notes to the linter bother no other verb")
    func notesAreInvisible() throws {
        let organization = Sample.organization.replacing(
            #""Sid": "Keep""#,
            with: #""$lint": {"unknown-action": "x"}, "Sid": "Keep""#
        )
        let folder = try TemporaryFolder([
            "org.json": organization, "s.json": Sample.scenario(Sample.passingStep),
        ])
        #expect(orgsim(["test", folder["s.json"]]).exitCode == .success)
    }

    @Test("json: findings with place and related places, and counts")
    func json() throws {
        let twice = #"""
            {"Version": "2012-10-17", "Statement": {"Effect": "Deny",
             "Action": ["s3:GetObject", "s3:GetObject"], "Resource": "*"}}
            """#
        let run = try lint(["scps/a.json": twice], "--format", "json")
        let value = try run.json()
        let finding = try #require(value["findings"]?.elements?.first)
        #expect(finding["check"]?.string == "duplicate-entry")
        #expect(finding["severity"]?.string == "note")
        let place = finding["location"].map { JSONOutput($0).compact }
        #expect(place == #"{"file":"scps/a.json","line":2,"column":29}"#)
        let related = finding["related"]?.elements?.first?["location"]
        #expect(related.map { JSONOutput($0).compact }?.contains(#""column":13"#) == true)
        #expect(value["summary"]?["notes"].map { JSONOutput($0).compact } == "1")
    }

    @Test("findings come in the order of files and places, whatever check made them")
    func order() throws {
        let policy = #"""
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Deny", "Action": "s3:GetObjct", "Resource": "arn:aws:sqs:x"},
              {"Effect": "Deny", "Action": "dynamo:GetItem", "Resource": "*"}]}
            """#
        let run = try lint(["scps/b.json": policy, "scps/a.json": policy], "--format", "json")
        let found = try (run.json()["findings"]?.elements ?? []).map { finding in
            let place = finding["location"]
            let line = place?["line"].map { JSONOutput($0).compact } ?? ""
            return "\(place?["file"]?.string ?? "") \(line) \(finding["check"]?.string ?? "")"
        }
        let once = ["2 unknown-action", "2 incomplete-arn", "3 unknown-service"]
        #expect(found == ["a", "b"].flatMap { file in once.map { "scps/\(file).json \($0)" } })
    }

    @Test("a file that several paths hold is looked at once, and so is a document of two accounts")
    func once() throws {
        let folder = try TemporaryFolder(["scps/a.json": Self.typo])
        let path = folder["scps/a.json"]
        let run = orgsim(["lint", "--root", folder.path, path, folder.path, folder["./scps"]])
        #expect(run.output.hasSuffix("0 errors, 1 warning, 0 notes in 1 policy (1 scp)\n"))
        let document = #"{"$ref": "p.json"}"#
        let iam = #"{"managedPolicies": {"P": \#(document)}}"#
        let organization = #"""
            {"externalAccounts": {"a": {"id": "111111111111", "iam": \#(iam)},
             "b": {"id": "222222222222", "iam": \#(iam)}}}
            """#
        let shared = try lint(["org.json": organization, "p.json": Self.typo])
        #expect(shared.output.contains("1 warning,"))
        #expect(shared.output.contains("in 1 policy (1 identity) and 1 organization"))
    }

    @Test("github: one workflow command a finding, its text escaped")
    func github() throws {
        let run = try lint(["a,b.json": Self.typo], "--format", "github")
        #expect(
            run.output == "::warning file=a%2Cb.json,line=4,col=35,title=unknown-action::"
                + "Amazon S3 has no action 's3:GetObjct'; did you mean 's3:GetObject'?\n"
        )
    }

    @Test("github: nothing in a file steers the log or forges a property")
    func hostileAnnotation() throws {
        let hostile = Self.typo.replacing("s3:GetObjct", with: #"s3:\u001b[2J%\n::error::x"#)
        let run = try lint(["a,\u{301}b.json": hostile], "--format", "github")
        #expect(run.output.hasPrefix("::error file=a%2C\u{301}b.json,line="))
        #expect(run.output.contains(#"'s3:\u{1b}[2J%25%0A::error::x'"#))
        #expect(!run.output.utf8.contains(0x1B))
        let lines = run.output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.contains(" file=a%2C\u{301}b.json,line=") })
    }

    @Test("sarif: rules, results with places in characters, suppressions with their reason")
    func sarif() throws {
        let accented = Self.typo.replacing(
            #"{ "Effect""#,
            with: #"{ "$lint": {"unknown-action": "né"}, "Effect""#
        )
        let run = try lint(["a.json": accented], "--format", "sarif")
        let sarif = try run.json()
        #expect(sarif["version"]?.string == "2.1.0")
        let first = try #require(sarif["runs"]?.elements?.first)
        let rules = first["tool"]?["driver"]?["rules"]?.elements
        #expect(rules?.first?["id"]?.string == "unknown-action")
        let result = try #require(first["results"]?.elements?.first)
        #expect(result["level"]?.string == "warning")
        let physical = result["locations"]?.elements?.first?["physicalLocation"]
        #expect(physical?["artifactLocation"]?["uri"]?.string == "a.json")
        let line = #"    { "$lint": {"unknown-action": "né"}, "Effect": "Deny", "Action": "#
        let column = physical?["region"]?["startColumn"].map { JSONOutput($0).compact }
        #expect(column == String(line.unicodeScalars.count + 1))
        let suppression = result["suppressions"]?.elements?.first
        #expect(suppression?["justification"]?.string == "né")
    }

    @Test("a file that is no JSON is told on standard error, and the others are looked at")
    func broken() throws {
        let run = try lint(["a.json": "{", "scps/b.json": Self.typo])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.hasPrefix("a.json:1:2: error: "))
        #expect(run.output.contains("[unknown-action]"))
    }

    @Test("an organization that does not load is told on standard error")
    func brokenOrganization() throws {
        let run = try lint(["org.json": #"{"externalAccounts": {"a": {"id": "1"}}}"#])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.hasPrefix("org.json:1:"))
    }

    @Test("a policy that is too long is told once, as a finding (SCP-11)")
    func tooLongOnce() throws {
        let actions = (0..<1_000).map { #""s3:Get\#($0)""# }.joined(separator: ",")
        let long = Sample.organization.replacing(#""s3:Delete*""#, with: "[\(actions)]")
        let folder = try TemporaryFolder(["org.json": long])
        let run = orgsim(["lint", folder["org.json"]])
        #expect(run.exitCode == .expectationFailed)
        #expect(run.output.ranges(of: "[policy-too-long]").count == 1)
        #expect(!run.errors.contains("quota.policy-size"), "\(run.errors)")
    }

    @Test("a file to lay over an organization lacks nothing")
    func overlay() throws {
        let folder = try TemporaryFolder([
            "overlay.json": #"{"root": {"accounts": {"app": {"tags": {"team": "web"}}}}}"#
        ])
        let run = orgsim(["lint", folder["overlay.json"]])
        #expect(run.exitCode == .success, "\(run.errors)")
    }

    @Test("what other verbs refuse of an organization is told, though a policy may say the same")
    func unknownFields() throws {
        let organization = Sample.organization.replacing(
            #""id": "100000000001""#,
            with: #""id": "100000000001", "bogus": 1"#
        )
        let folder = try TemporaryFolder(["org.json": organization])
        let run = orgsim(["lint", folder["org.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("unknown field 'bogus'"), "\(run.errors)")
    }

    @Test("--checks lists every check, --explain prints the page of one")
    func pages() throws {
        let list = orgsim(["lint", "--checks"])
        #expect(list.exitCode == .success)
        #expect(list.output.split(separator: "\n").count >= 60)
        let page = orgsim(["lint", "--explain", "unknown-action"])
        #expect(page.output.hasPrefix("unknown-action (warning): "))
        #expect(page.output.contains("Silence it in place"))
        let wrong = orgsim(["lint", "--explain", "unknown-actoin"])
        #expect(wrong.exitCode == .invalidInput)
        #expect(wrong.errors.contains("did you mean 'unknown-action'?"))
    }

    @Test("nothing to look at is a mistake")
    func nothing() throws {
        let run = try lint(["a.json": "{}"])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.hasPrefix("error: there is no policy and no organization in"))
        let folder = try TemporaryFolder(["scps/a.json": Self.typo, "b/b.json": "{}"])
        let both = orgsim(["lint", folder["b"], folder["scps"]])
        #expect(both.exitCode == .invalidInput)
        #expect(both.output.contains("[unknown-action]"))
        #expect(orgsim(["lint"]).exitCode == .invalidInput)
    }
}

extension ToolRun {
    /// The run with a folder's path taken out of what it wrote.
    fileprivate func without(_ path: String) -> ToolRun {
        ToolRun(
            exitCode: exitCode,
            output: output.replacing(path + "/", with: ""),
            errors: errors.replacing(path + "/", with: "")
        )
    }
}
