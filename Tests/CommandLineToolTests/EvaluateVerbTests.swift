@testable import CommandLineTool
import JSONSource
import Testing

@Suite("orgsim evaluate")
struct EvaluateVerbTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(["org.json": Sample.organization])
    }

    private func evaluate(_ input: String, pieces: Int = 1 << 16) -> ToolRun {
        orgsim(["evaluate", "--organization", folder["org.json"]], input: input, pieces: pieces)
    }

    private func request(
        _ id: String,
        _ action: String,
        principal: String = "app:user/ann"
    ) -> String {
        #"{"id": \#(id), "principal": "\#(principal)", "action": "\#(action)", "resource": "arn:aws:s3:::b/x"}"#
    }

    private func text(_ value: JSONValue?) -> String? { value.map { JSONOutput($0).compact } }

    @Test("0: every line was decided, whatever the verdict")
    func decisions() throws {
        let run = evaluate(
            request("1", "s3:GetObject") + "\n" + request("2", "s3:DeleteObject") + "\n"
        )
        #expect(run.exitCode == .success)
        #expect(run.errors.isEmpty)
        let lines = try run.jsonLines()
        #expect(lines.map { $0["decision"]?.string } == ["allowed", "explicitDeny"])
        #expect(lines.map { text($0["blockedBy"]) } == ["[]", #"["serviceControlPolicy"]"#])
        for line in lines {
            let fields = Set((line.members ?? []).map(\.key))
            #expect(
                fields.isSuperset(of: ["id", "decision", "blockedBy", "absentKeys", "reasons"])
            )
        }
        let reason = try #require(lines.last?["reasons"]?.elements?.first)
        for (field, value) in [
            ("policyType", "serviceControlPolicy"), ("policy", "NoDelete"), ("statement", "Keep"),
            ("target", "Root"), ("kind", "explicitDeny"),
        ] {
            #expect(reason[field]?.string == value)
        }
    }

    /// An account whose user may read data from home only.
    private static let atHome = #"""
        {"externalAccounts": {"app": {"id": "100000000002", "iam": {"users": {"ann": {
          "inlinePolicies": {"p": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
             "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}]}}}}}}}}
        """#

    @Test("an open verdict says what it depends on, and a decided one does not")
    func dependsOn() throws {
        let scenario = #"""
            {"scenario": "Open", "organization": "org.json", "steps": [
              {"principal": "app:user/ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x",
               "unknownKeys": ["aws:SourceIp"], "expect": "allowed"}]}
            """#
        let folder = try TemporaryFolder(["org.json": Self.atHome, "s.json": scenario])
        let fields =
            #""principal": "app:user/ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x""#
        let run = orgsim(
            ["evaluate", "--organization", folder["org.json"]],
            input: "{\(fields), \"unknownKeys\": [\"aws:SourceIp\"]}\n{\(fields)}\n"
        )
        let lines = try run.jsonLines()
        #expect(lines.map { $0["decision"]?.string } == ["undetermined", "implicitDeny"])
        let ways = #"[{"IpAddress":{"aws:SourceIp":["10.0.0.0/8"]}}]"#
        #expect(lines.map { text($0["dependsOn"]) } == [ways, nil])

        let replayed = try orgsim(["test", "--format", "json", folder["s.json"]]).json()
        let check = replayed["scenarios"]?.elements?.first?["steps"]?.elements?.first?["checks"]?
            .elements?.first
        #expect(text(check?["dependsOn"]) == ways)
        let told = orgsim(["test", folder["s.json"]]).output
        #expect(
            told.contains(
                "\n      allowed if {\"IpAddress\": {\"aws:SourceIp\": [\"10.0.0.0/8\"]}}\n"
            )
        )
    }

    @Test(
        "whether a line is too long does not hang on how its bytes arrive",
        arguments: [999, 1 << 16, 1 << 22]
    )
    func longLine(_ pieces: Int) throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        let request = #"{"principal": "main:root", "action": "s3:GetObject"}"#
        let limit = EvaluateLimits.line
        let fits = request + String(repeating: " ", count: limit - request.utf8.count)
        let run = orgsim(
            ["evaluate", "--organization", folder["org.json"]],
            input: "\n\n\(fits)\n\(fits) \n\(request)\n",
            pieces: pieces
        )
        #expect(run.exitCode == .expectationFailed)
        let lines = try run.jsonLines()
        #expect(lines.map { $0["decision"]?.string } == ["allowed", nil, "allowed"])
    }

    @Test("an id that is no JSON number is answered as one")
    func mendedID() throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        let run = orgsim(
            ["evaluate", "--organization", folder["org.json"]],
            input: #"{"id": 007}"#
        )
        #expect(run.output.hasPrefix(#"{"id":7,"error":"#))
    }

    @Test("1: a bad line answers with its error, in its place, and the others go on")
    func badLine() throws {
        let run = evaluate(
            """
            \(request("1", "s3:GetObject"))
            nope
            \(request(#""k""#, "s3:GetObject", principal: "app:user/bob"))
            \(request("[2]", "s3:DeleteObject"))

            """
        )
        #expect(run.exitCode == .expectationFailed)
        let lines = try run.jsonLines()
        #expect(lines.map { text($0["id"]) } == ["1", "null", #""k""#, "[2]"])
        #expect(lines.map { $0["decision"]?.string } == ["allowed", nil, nil, "explicitDeny"])
        let errors = lines.compactMap { $0["error"] }
        #expect(errors.map { text($0["line"]) } == ["2", "3"])
        #expect(errors.map { text($0["column"]) } == ["1", "26"])
        #expect(errors.first?["message"]?.string == "expected a value, found 'nope'")
        #expect(errors.last?["message"]?.string?.contains("'app:user/bob'") == true)
    }

    struct BadRequest: CustomTestStringConvertible {
        let line: String
        let column: Int
        let words: [String]

        init(_ line: String, column: Int, says words: String...) {
            self.line = line
            self.column = column
            self.words = words
        }

        var testDescription: String { line }
    }

    @Test(
        "the error of a line names what is wrong and its column in bytes",
        arguments: [
            BadRequest("{", column: 2, says: "end of the file"),
            BadRequest("[]", column: 1, says: "must be an object", "an array"),
            BadRequest(#"{"id": 1}"#, column: 1, says: "'principal'"),
            BadRequest(#"{"principal": "app:user/ann"}"#, column: 1, says: "'action'"),
            BadRequest(
                #"{"principal": "app:user/ann", "action": "s3:*"}"#,
                column: 41,
                says: "'s3:*'"
            ),
            BadRequest(#"{"principal": "é", "action": "s3:GetObject"}"#, column: 15, says: "'é'"),
            BadRequest(
                #"{"id": "é", "principal": "app:user/ann", "action": "s3:GetObject", "resorce": "*"}"#,
                column: 69,
                says: "'resorce'",
                "'resource'"
            ),
            BadRequest(
                #"{"principal": "app:user/ann", "action": "s3:GetObject", "context": {"aws:PrincipalOrgID": "o-1"}}"#,
                column: 69,
                says: "'aws:PrincipalOrgID'",
                "overrideContext"
            ),
        ]
    )
    func badRequests(_ row: BadRequest) throws {
        let run = evaluate(row.line + "\n")
        #expect(run.exitCode == .expectationFailed)
        let answer = try #require(try run.jsonLines().first)
        let message = try #require(answer["error"]?["message"]?.string)
        for word in row.words { #expect(message.contains(word), "\(message)") }
        #expect(text(answer["error"]?["column"]) == String(row.column))
        #expect(text(answer["error"]?["line"]) == "1")
    }

    @Test(
        "2: an organization that does not load leaves standard output empty",
        arguments: [
            "{", #"{"externalAccounts": {"app": {"id": "1"}}}"#, "[]",
        ]
    )
    func brokenOrganization(_ organization: String) throws {
        let broken = try TemporaryFolder(["org.json": organization])
        let words = ["evaluate", "--organization", broken["org.json"]]
        let run = orgsim(words, input: request("1", "s3:GetObject") + "\n")
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("\(broken["org.json"]):1:"))
        #expect(run.errors.contains(": error: "))
    }

    @Test("a warning about the organization goes to standard error and nothing stops")
    func warning() throws {
        let organization = Sample.organization
            .replacing(#"["FullAWSAccess", "NoDelete"]"#, with: "[]")
        let folder = try TemporaryFolder(["org.json": organization])
        let words = ["evaluate", "--organization", folder["org.json"]]
        let run = orgsim(words, input: request("1", "s3:GetObject") + "\n")
        #expect(run.exitCode == .success)
        #expect(run.errors.contains(": warning: "))
        #expect(try run.jsonLines().map { $0["decision"]?.string } == ["implicitDeny"])
    }

    @Test("a key that no request for the action carries is not listed as absent (COND-6)")
    func foreignKeys() throws {
        let organization = Sample.organization.replacing(
            #""Action": "s3:Delete*", "Resource": "*""#,
            with:
                #""Action": "*", "Resource": "*", "Condition": {"Bool": {"ram:AllowsExternalPrincipals": "true"}}"#
        )
        let folder = try TemporaryFolder(["org.json": organization])
        let run = orgsim(
            ["evaluate", "--organization", folder["org.json"]],
            input: request("1", "s3:GetObject") + "\n" + request("2", "s3:GetObjct") + "\n"
                + request("3", "ram:CreateResourceShare") + "\n"
        )
        let keys = try run.jsonLines().map {
            $0["absentKeys"]?.elements?.compactMap(\.string) ?? []
        }
        let key = "ram:AllowsExternalPrincipals"
        #expect(keys == [[], [key], [key]])
    }

    @Test("an action the catalog does not know is decided, with a note (RES-7)")
    func unknownAction() throws {
        let run = evaluate(request("1", "s3:GetObjct") + "\n")
        #expect(run.exitCode == .success)
        let notes = try run.jsonLines().first?["notes"]?.elements?.compactMap(\.string)
        #expect(
            notes == [
                "the catalog of 2026-10-27 does not know s3:GetObjct; it is taken to work on the"
                    + " resource named"
            ]
        )
    }

    @Test("an ARN that does not fit its action is decided literally, with a note (RES-7)")
    func unfitResource() throws {
        let run = evaluate(
            request("1", "s3:GetBucketLocation") + "\n" + request("2", "s3:GetObject") + "\n"
        )
        let notes = try run.jsonLines().map { $0["notes"]?.elements?.compactMap(\.string) }
        #expect(
            notes == [
                ["s3:GetBucketLocation works on accesspoint, bucket, not on arn:aws:s3:::b/x"], nil,
            ]
        )
    }

    @Test("it does not matter in what pieces the input comes", arguments: [1, 2, 7, 64])
    func pieces(_ size: Int) {
        let input =
            (0..<5).map { request(#""é\#($0)""#, "s3:GetObject") }.joined(separator: "\n") + "\n"
        #expect(evaluate(input, pieces: size).output == evaluate(input).output)
    }

    @Test("empty lines are skipped but counted, the last line needs no line break, CRLF is fine")
    func lineBreaks() throws {
        let run = evaluate(
            "\r\n\(request("1", "s3:GetObject"))\r\n  \n\nx\n\(request("2", "s3:GetObject"))"
        )
        let lines = try run.jsonLines()
        #expect(lines.map { text($0["id"]) } == ["1", "null", "2"])
        #expect(text(lines[1]["error"]?["line"]) == "5")
        #expect(run.output.hasSuffix("\n"))
    }

    @Test("no requests, no answers")
    func noRequests() {
        let run = evaluate("")
        #expect(run.exitCode == .success)
        #expect(run.output.isEmpty)
    }

    @Test("--clock is the moment of all requests, else the start of 2026")
    func clock() throws {
        let organization = Sample.organization.replacing(
            #""Action": "s3:*", "Resource": "*""#,
            with:
                #""Action": "s3:*", "Resource": "*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-02-01"}}"#
        )
        let folder = try TemporaryFolder(["org.json": organization])
        let words = ["evaluate", "--organization", folder["org.json"]]
        func decide(_ more: [String]) throws -> [String?] {
            let run = orgsim(words + more, input: request("1", "s3:GetObject") + "\n")
            return try run.jsonLines().map { $0["decision"]?.string }
        }
        #expect(try decide([]) == ["allowed"])
        #expect(try decide(["--clock", "2026-01-31T23:59:59Z"]) == ["allowed"])
        #expect(try decide(["--clock", "2026-02-01T00:00:00Z"]) == ["implicitDeny"])
    }
}
