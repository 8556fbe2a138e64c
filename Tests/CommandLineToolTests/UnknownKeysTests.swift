import CommandLineTool
import JSONSource
import Testing

/// One request with unknown keys, and what its verdict depends on.
struct UnknownKeysCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The statements of the caller's only policy.
    let statements: String
    let unknown: String
    var request = #""action": "s3:GetObject", "resource": "arn:aws:s3:::b/team-a/x""#
    let verdict: String
    /// As compact JSON; empty where the answer has none.
    var dependsOn = ""

    init(
        _ label: String,
        _ statements: String,
        unknown: String,
        request: String? = nil,
        _ verdict: String,
        _ dependsOn: String = ""
    ) {
        testDescription = label
        self.statements = statements
        self.unknown = unknown
        if let request { self.request = request }
        self.verdict = verdict
        self.dependsOn = dependsOn
    }
}

/// Unknown is not absent: verdicts over three values, and the conditions they depend on.
@Suite("Unknown keys")
struct UnknownKeysTests {
    private static let allow = #"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#

    private static func statement(
        _ effect: String,
        _ condition: String,
        resource: String = "*"
    ) -> String {
        #"{"Effect":"\#(effect)","Action":"s3:*","Resource":"\#(resource)","Condition":\#(condition)}"#
    }

    static let cases: [UnknownKeysCase] = [
        UnknownKeysCase(
            "an Allow with a condition",
            statement("Allow", #"{"StringEquals":{"aws:RequestedRegion":["eu-west-1"]}}"#),
            unknown: "aws:RequestedRegion",
            "undetermined",
            #"[{"StringEquals":{"aws:RequestedRegion":["eu-west-1"]}}]"#
        ),
        UnknownKeysCase(
            "a Deny is told by what does not meet it",
            allow + "," + statement("Deny", #"{"StringNotEquals":{"aws:SourceVpce":["vpce-1"]}}"#),
            unknown: "aws:SourceVpce",
            "undetermined",
            #"[{"StringEquals":{"aws:SourceVpce":["vpce-1"]}}]"#
        ),
        UnknownKeysCase(
            "IfExists asks for the key where it must not hold (COND-14)",
            allow + ","
                + statement("Deny", #"{"StringEqualsIfExists":{"aws:SourceVpce":["vpce-1"]}}"#),
            unknown: "aws:SourceVpce",
            "undetermined",
            #"[{"StringNotEquals":{"aws:SourceVpce":["vpce-1"]},"Null":{"aws:SourceVpce":["false"]}}]"#
        ),
        UnknownKeysCase(
            "conditions on one key that together always hold decide nothing",
            statement("Allow", #"{"StringEquals":{"aws:UserAgent":["a"]}}"#) + ","
                + statement("Allow", #"{"StringNotEquals":{"aws:UserAgent":["a"]}}"#),
            unknown: "aws:UserAgent",
            "allowed"
        ),
        UnknownKeysCase(
            "conditions on one key that cannot hold together never allow",
            statement(
                "Allow",
                #"{"StringEquals":{"aws:UserAgent":["a"]},"StringLike":{"aws:UserAgent":["b*"]}}"#
            ),
            unknown: "aws:UserAgent",
            "implicitDeny"
        ),
        UnknownKeysCase(
            "an explicit Deny that does not depend on the key stands",
            #"{"Effect":"Deny","Action":"s3:*","Resource":"*"},"#
                + statement("Allow", #"{"Bool":{"aws:SecureTransport":"true"}}"#),
            unknown: "aws:SecureTransport",
            "explicitDeny"
        ),
        UnknownKeysCase(
            "either of two keys",
            statement("Allow", #"{"StringEquals":{"aws:SourceVpce":["vpce-1"]}}"#) + ","
                + statement("Allow", #"{"IpAddress":{"aws:SourceIp":["10.0.0.0/8"]}}"#),
            unknown: "*",
            "undetermined",
            #"[{"StringEquals":{"aws:SourceVpce":["vpce-1"]}},{"IpAddress":{"aws:SourceIp":["10.0.0.0/8"]}}]"#
        ),
        UnknownKeysCase(
            "both of two keys",
            statement(
                "Allow",
                #"{"Bool":{"aws:MultiFactorAuthPresent":"true"},"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}"#
            ),
            unknown: #"aws:MultiFactorAuthPresent","aws:MultiFactorAuthAge"#,
            "undetermined",
            #"[{"Bool":{"aws:MultiFactorAuthPresent":["true"]},"NumericLessThan":{"aws:MultiFactorAuthAge":["3600"]}}]"#
        ),
        UnknownKeysCase(
            "the opposite of less than, of a key that may be absent",
            allow + ","
                + statement("Deny", #"{"NumericLessThan":{"s3:max-keys":["10","100"]}}"#),
            unknown: "s3:max-keys",
            "undetermined",
            #"[{"NumericGreaterThanEqualsIfExists":{"s3:max-keys":["100"]}}]"#
        ),
        UnknownKeysCase(
            "a multivalued key (COND-12)",
            statement("Allow", #"{"ForAllValues:StringEquals":{"aws:TagKeys":["team","cost"]}}"#),
            unknown: "aws:TagKeys",
            "undetermined",
            #"[{"ForAllValues:StringEquals":{"aws:TagKeys":["team","cost"]}}]"#
        ),
        UnknownKeysCase(
            "a plain operator never matches a set, so only its absence counts (COND-12)",
            statement("Allow", #"{"StringNotEquals":{"aws:TagKeys":["team"]}}"#),
            unknown: "aws:TagKeys",
            "undetermined",
            #"[{"Null":{"aws:TagKeys":["true"]}}]"#
        ),
        UnknownKeysCase(
            "a variable in the resource (VAR-7)",
            #"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/team}/*"}"#,
            unknown: "aws:PrincipalTag/*",
            "undetermined",
            #"[{"StringEquals":{"aws:PrincipalTag/team":["team-a"]}}]"#
        ),
        UnknownKeysCase(
            "a variable in a value",
            statement("Allow", #"{"StringEquals":{"aws:UserAgent":"${aws:PrincipalTag/team}"}}"#),
            unknown: "aws:PrincipalTag/team",
            request:
                #""action":"s3:ListBucket","resource":"arn:aws:s3:::b","context":{"aws:UserAgent":"curl"}"#,
            "undetermined",
            #"[{"StringEquals":{"aws:UserAgent":["${aws:PrincipalTag/team}"]}}]"#
        ),
        UnknownKeysCase(
            "the keys of one service",
            statement("Allow", #"{"StringLike":{"s3:prefix":["home/*"]}}"#),
            unknown: "s3:*",
            request: #""action":"s3:ListBucket","resource":"arn:aws:s3:::b""#,
            "undetermined",
            #"[{"StringLike":{"s3:prefix":["home/*"]}}]"#
        ),
        UnknownKeysCase(
            "a key that no call for the action carries is absent for certain",
            statement("Allow", #"{"StringLike":{"s3:prefix":["home/*"]}}"#),
            unknown: "*",
            "implicitDeny"
        ),
        UnknownKeysCase(
            "a value that tells one condition says nothing of another on the same key",
            statement(
                "Allow",
                #"{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:UserAgent":"x"}}"#
            ) + ","
                + statement(
                    "Allow",
                    #"{"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"aws:UserAgent":"y"}}"#
                ),
            unknown: #"aws:SecureTransport","aws:UserAgent"#,
            "undetermined",
            #"[{"Bool":{"aws:SecureTransport":["true"]},"StringEquals":{"aws:UserAgent":["x"]}},{"Bool":{"aws:SecureTransport":["false"]},"StringEquals":{"aws:UserAgent":["y"]}}]"#
        ),
        UnknownKeysCase(
            "a variable between letters (VAR-7)",
            #"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/t${aws:PrincipalTag/team}a/*"}"#,
            unknown: "aws:PrincipalTag/team",
            "undetermined",
            #"[{"StringEquals":{"aws:PrincipalTag/team":["eam-"]}}]"#
        ),
        UnknownKeysCase(
            "an address of the other family lies in no range (COND-27)",
            statement("Allow", #"{"IpAddressIfExists":{"aws:SourceIp":["0.0.0.0/0"]}}"#),
            unknown: "aws:SourceIp",
            "undetermined",
            #"[{"IpAddressIfExists":{"aws:SourceIp":["0.0.0.0/0"]}}]"#
        ),
        UnknownKeysCase(
            "nine keys of which each may deny",
            statement("Allow", #"{"StringEquals":{"aws:UserAgent":"x"}}"#)
                + (0..<9).map {
                    "," + statement("Deny", #"{"StringEquals":{"aws:RequestTag/k\#($0)":"a"}}"#)
                }.joined(),
            unknown: "*",
            "undetermined",
            #"[{"StringEquals":{"aws:UserAgent":["x"]},"StringNotEquals":{"#
                + (0..<9).map { #""aws:RequestTag/k\#($0)":["a"]"# }.joined(separator: ",")
                + "}}]"
        ),
        UnknownKeysCase(
            "two of one operator on one key",
            statement(
                "Allow",
                #"{"StringLike":{"aws:UserAgent":"a*"},"StringNotEquals":{"aws:UserAgent":"ab"}}"#
            ) + "," + statement("Deny", #"{"StringNotLike":{"aws:UserAgent":"*b"}}"#),
            unknown: "aws:UserAgent",
            "undetermined",
            #"[{"StringLike":{"aws:UserAgent":["a*"]},"StringNotEquals":{"aws:UserAgent":["ab"]},"StringLikeIfExists":{"aws:UserAgent":["*b"]}}]"#
        ),
        UnknownKeysCase(
            "the time of the call",
            allow + ","
                + statement("Deny", #"{"DateGreaterThan":{"aws:CurrentTime":"2026-03-01"}}"#),
            unknown: "aws:CurrentTime",
            "undetermined",
            #"[{"DateLessThanEqualsIfExists":{"aws:CurrentTime":["2026-03-01"]}}]"#
        ),
    ]

    @Test("a verdict depends on exactly what it says", arguments: cases)
    func dependsOn(_ row: UnknownKeysCase) throws {
        let line =
            #"{"id":1,"principal":"app:user/ann",\#(row.request),"unknownKeys":["\#(row.unknown)"]}"#
        let answer = try answer(line, statements: row.statements)
        #expect(answer["decision"]?.string == row.verdict)
        let ways = answer["dependsOn"].map { JSONOutput($0).compact } ?? ""
        #expect(ways == row.dependsOn)
    }

    @Test("what a verdict may depend on stands in its reasons")
    func possibleReasons() throws {
        let statements =
            Self.allow + "," + Self.statement("Deny", #"{"Null":{"aws:SourceVpce":"true"}}"#)
        let line =
            #"{"principal":"app:user/ann","action":"s3:GetObject","resource":"arn:aws:s3:::b/x","unknownKeys":["aws:SourceVpce"]}"#
        let answer = try answer(line, statements: statements)
        #expect(answer["blockedBy"]?.elements?.map(\.string) == ["identityPolicy"])
        #expect(answer["reasons"]?.elements?.first?["kind"]?.string == "explicitDeny")
        #expect(answer["absentKeys"]?.elements?.isEmpty == true)
    }

    @Test("more combinations than are tried are said, not guessed")
    func tooMany() throws {
        // Twelve keys of which each value matters to every other.
        let statements = (0..<12).flatMap { first in
            ["a", "b"].map { value in
                Self.statement(
                    value == "a" ? "Allow" : "Deny",
                    #"{"StringLike":{"aws:RequestTag/k\#(first)":["\#(value)*"],"aws:RequestTag/k\#((first + 1) % 12)":["*\#(value)"],"aws:RequestTag/k\#((first + 5) % 12)":["?\#(value)"]}}"#
                )
            }
        }
        let line =
            #"{"principal":"app:user/ann","action":"s3:GetObject","resource":"arn:aws:s3:::b/x","unknownKeys":["*"]}"#
        let answer = try answer(line, statements: statements.joined(separator: ","))
        #expect(answer["decision"]?.string == "undetermined")
        let notes = answer["notes"]?.elements?.compactMap(\.string) ?? []
        #expect(notes.contains { $0.contains("more combinations than are tried") })
    }

    @Test(
        "values of kinds that are not put together are said, not guessed",
        arguments: [
            #"{"NumericGreaterThan":{"s3:max-keys":"100"},"StringNotLike":{"s3:max-keys":"1*"}}"#,
            #"{"NumericEqualsIfExists":{"s3:max-keys":"100000000000000000000"}}"#,
        ]
    )
    func notWorkedOut(_ condition: String) throws {
        let line =
            #"{"principal":"app:user/ann","action":"s3:ListBucket","resource":"arn:aws:s3:::b","unknownKeys":["s3:max-keys"]}"#
        let answer = try answer(line, statements: Self.statement("Allow", condition))
        #expect(answer["decision"]?.string == "undetermined")
        #expect(answer["notes"]?.elements?.isEmpty == false)
    }

    @Test("what one action of a call needs may be what another must not have (EVAL-33)")
    func pairsOfACall() throws {
        let trust = #"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::100000000002:user/bo"},"Action":"sts:AssumeRole",
               "Condition":{"Bool":{"aws:SecureTransport":"true"}}},
              {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::100000000002:user/bo"},"Action":"sts:TagSession",
               "Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}
            """#
        let folder = try TemporaryFolder([
            "s.json": #"""
            {"scenario":"s","organization":"org.json","steps":[
              {"assumeRole":{"role":"app:role/r","tags":{"team":"a"}},"principal":"app:user/bo",
               "unknownKeys":["aws:SecureTransport"],"expect":"implicitDeny"},
              {"assumeRole":{"role":"app:role/r"},"principal":"app:user/bo",
               "unknownKeys":["aws:SecureTransport"],"expect":"undetermined"}
            ]}
            """#,
            "org.json":
                #"{"externalAccounts":{"app":{"id":"100000000002","iam":{"users":{"bo":{}},"roles":{"r":{"trustPolicy":\#(trust)}}}}}}"#,
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .success, "\(run.output)\(run.errors)")
    }

    @Test("a boundary that is left out does not count for NotPrincipal either (NOTP-3)")
    func boundaryLeftOut() throws {
        let policy = #"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::100000000002:root","arn:aws:iam::100000000002:user/u"]},
               "Action":"s3:*","Resource":"*"},
              {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}
            """#
        let boundary = #"{"Version":"2012-10-17","Statement":[\#(Self.allow)]}"#
        let folder = try TemporaryFolder([
            "org.json":
                #"{"externalAccounts":{"app":{"id":"100000000002","iam":{"managedPolicies":{"B":\#(boundary)},"users":{"u":{"permissionsBoundary":"B"}}},"resources":{"arn:aws:s3:::b":{"policy":\#(policy)}}}}}"#
        ])
        let line =
            #"{"principal":"app:user/u","action":"s3:GetObject","resource":"arn:aws:s3:::b/x""#
        let lines = line + "}\n" + line + #","without":["permissionsBoundary"]}"# + "\n"
        let run = orgsim(["evaluate", "--organization", folder["org.json"]], input: lines)
        let decisions = try run.jsonLines().map { $0["decision"]?.string }
        #expect(decisions == ["explicitDeny", "allowed"])
    }

    @Test("a call that obtains a session may depend on unknown keys as well")
    func sessions() throws {
        let scenario = #"""
            {"scenario":"s","organization":"org.json","steps":[
              {"assumeRole":{"role":"app:role/r"},"principal":"app:user/bo","unknownKeys":["sts:ExternalId"],"expect":"undetermined"},
              {"assumeRole":{"role":"app:role/r","externalId":"x-1"},"principal":"app:user/bo","expect":"allowed"},
              {"assumeRole":{"role":"app:role/r"},"principal":"app:user/bo","expect":"implicitDeny"}
            ]}
            """#
        let folder = try TemporaryFolder([
            "s.json": scenario, "org.json": Self.organization(Self.allow),
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .success, "\(run.output)\(run.errors)")
    }

    private func answer(_ line: String, statements: String) throws -> JSONValue {
        let folder = try TemporaryFolder(["org.json": Self.organization(statements)])
        let run = orgsim(
            ["evaluate", "--organization", folder["org.json"]],
            input: line + "\n"
        )
        #expect(run.errors == "")
        return try #require(run.jsonLines().first)
    }

    private static func organization(_ statements: String) -> String {
        #"""
        {"externalAccounts":{"app":{"id":"100000000002","iam":{
          "managedPolicies":{"p":{"Version":"2012-10-17","Statement":[\#(statements)]}},
          "users":{"ann":{"managedPolicies":["p"]},"bo":{}},
          "roles":{"r":{"trustPolicy":{"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::100000000002:user/bo"},"Action":"sts:AssumeRole",
             "Condition":{"StringEquals":{"sts:ExternalId":"x-1"}}}]}}}
        },"resources":{"arn:aws:s3:::b":{}}}}}
        """#
    }
}
