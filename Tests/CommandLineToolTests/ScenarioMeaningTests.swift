import CommandLineTool
import Foundation
import Testing

/// What a scenario file says and no replay can fulfil, or can and nobody means.
@Suite("Meaning of scenario files")
struct ScenarioMeaningTests {
    /// Steps with the one thing there is to say about them.
    struct Row: Sendable, CustomTestStringConvertible {
        let severity: String
        /// What stands at the place of the mistake: its last occurrence in the file.
        let place: String
        let message: String
        let note: String?
        let steps: String

        var testDescription: String { message }

        init(
            _ severity: String,
            at place: String,
            _ message: String,
            note: String? = nil,
            in steps: String...
        ) {
            self.severity = severity
            self.place = place
            self.message = message
            self.note = note
            self.steps = steps.joined(separator: ",\n")
        }
    }

    /// The line and column of a byte, counted from 1.
    private static func position(of place: String, in text: String) throws -> String {
        let found = try #require(text.range(of: place, options: .backwards))
        let before = text[..<found.lowerBound]
        let line = before.split(separator: "\n", omittingEmptySubsequences: false).count
        let start = before.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
        return "\(line):\(text[start..<found.lowerBound].utf8.count + 1)"
    }

    private static func problems(_ run: ToolRun) -> [String] {
        run.errors.split(separator: "\n").map(String.init)
            .filter { $0.contains(": error: ") || $0.contains(": warning: ") }
            // Without the code at its end.
            .map { String($0[..<($0.lastIndex(of: "[") ?? $0.endIndex)].dropLast()) }
    }

    private static let session = #""assumeRole": {"role": "app:role/R"}, "expect": "allowed""#

    static let rows: [Row] = [
        Row(
            "warning",
            at: #""explicitDeny"}"#,
            "a reason of kind 'explicitDeny' never stands behind 'allowed'",
            note: "'expect' stands here",
            in:
                #"{"action": "s3:GetObject", "expect": "allowed", "because": {"kind": "explicitDeny"}}"#
        ),
        Row(
            "warning",
            at: #""allow"}"#,
            "a reason of kind 'allow' never stands behind 'denied'",
            note: "'expect' stands here",
            in: #"{"action": "s3:GetObject", "expect": "denied", "because": {"kind": "allow"}}"#
        ),
        Row(
            "warning",
            at: #""Keep", "kind""#,
            "what denies implicitly is a policy that is silent, not a statement",
            note: "'kind' stands here",
            in:
                #"{"action": "s3:GetObject", "expect": "denied", "because": {"statement": "Keep", "kind": "implicitDeny"}}"#
        ),
        Row(
            "warning",
            at: #"{"policy": "P"}"#,
            "a call that is 'invalid' is not decided, so it has no reasons",
            note: "'expect' stands here",
            in: #"{"action": "s3:GetObject", "expect": "invalid", "because": {"policy": "P"}}"#
        ),
        Row(
            "warning",
            at: #""identityPolicy"]"#,
            "nothing stands in the way of what is expected to be allowed",
            note: "'expect' stands here",
            in: #"{"action": "s3:GetObject", "expect": "allowed", "blockedBy": ["identityPolicy"]}"#
        ),
        Row(
            "warning",
            at: "[]}",
            "something always stands in the way of a denial: 'blockedBy' is empty",
            note: "'expect' stands here",
            in: #"{"action": "s3:GetObject", "expect": "denied", "blockedBy": []}"#
        ),
        Row(
            "warning",
            at: #"["serviceRule""#,
            "a service's own rule is the only reason where it holds",
            note: "'expect' stands here",
            in:
                #"{"action": "s3:GetObject", "expect": "implicitDeny", "blockedBy": ["serviceRule", "identityPolicy"]}"#
        ),
        Row(
            "warning",
            at: #""resourceControlPolicy"]"#,
            "'resourceControlPolicy' denies explicitly only, so the denial is not implicit",
            note: "'expect' stands here",
            in:
                #"{"action": "s3:GetObject", "expect": "implicitDeny", "blockedBy": ["resourceControlPolicy"]}"#
        ),
        Row(
            "warning",
            at: #""serviceControlPolicy"}"#,
            "'serviceControlPolicy' gives a reason, but does not stand in 'blockedBy'",
            note: "the exact set stands here",
            in:
                #"{"action": "s3:DeleteObject", "expect": "denied", "blockedBy": ["identityPolicy"], "because": {"policyType": "serviceControlPolicy"}}"#
        ),
        Row(
            "warning",
            at: "{}}",
            "'because' names nothing, so it holds of everything",
            in: #"{"action": "s3:DeleteObject", "expect": "denied", "because": {}}"#
        ),
        Row(
            "warning",
            at: #""arn:aws:sqs:eu-west-1:100000000002:q""#,
            "'s3:GetObject' does not work on 'arn:aws:sqs:eu-west-1:100000000002:q', "
                + "which is decided as written",
            in:
                #"{"action": ["s3:GetObject"], "resource": ["arn:aws:s3:::b/k", "arn:aws:sqs:eu-west-1:100000000002:q"], "expect": "denied"}"#
        ),
        Row(
            "warning",
            at: #""s3:getobject""#,
            "'s3:getobject' stands twice in 'action'",
            note: "it stands here already",
            in: #"{"action": ["s3:GetObject", "s3:getobject"], "expect": "allowed"}"#
        ),
        Row(
            "warning",
            at: #""app:user/ann"]}"#,
            "'app:user/ann' is expected in the answer and excluded from it",
            note: "it is expected here",
            in:
                #"{"whoCan": {"action": "s3:GetObject"}, "expectIncludes": ["app:user/ann"], "expectExcludes": ["app:user/ann"]}"#
        ),
        Row(
            "warning",
            at: #""app:user/ann"]}"#,
            "'app:user/ann' is not in 'expect', which is the exact set",
            in:
                #"{"whoCan": {"action": "s3:PutBucketPolicy"}, "expect": [], "expectIncludes": ["app:user/ann"]}"#
        ),
        Row(
            "error",
            at: #""AWS:sourceip""#,
            "the context key 'AWS:sourceip' is given twice: keys ignore case",
            note: "'aws:SourceIp' stands here",
            in:
                #"{"action": "s3:GetObject", "expect": "allowed", "context": {"aws:SourceIp": "203.0.113.9", "AWS:sourceip": "203.0.113.8"}}"#
        ),
        Row(
            "warning",
            at: #""aws:SourceIP4""#,
            "the catalog of 2026-10-27 has no condition key 'aws:SourceIP4'",
            in:
                #"{"action": "s3:GetObject", "expect": "allowed", "context": {"aws:SourceIP4": "203.0.113.9"}}"#
        ),
        Row(
            "warning",
            at: #""yesterday""#,
            "AWS gives 'aws:CurrentTime' as a date such as 2026-01-15T09:00:00Z; Date operators cannot read 'yesterday'",
            in:
                #"{"action": "s3:GetObject", "expect": "allowed", "context": {"aws:CurrentTime": "yesterday"}}"#
        ),
        Row(
            "warning",
            at: #""vpc-123""#,
            "AWS gives 'ec2:Vpc' as an ARN; Arn operators cannot read 'vpc-123'",
            in:
                #"{"action": "s3:GetObject", "expect": "allowed", "context": {"ec2:Vpc": "vpc-123"}}"#
        ),
        Row(
            "warning",
            at: #""eu-wset-1""#,
            "the list of Regions of 2026-11 has no 'eu-wset-1'",
            in:
                #"{"action": "s3:GetObject", "expect": "allowed", "context": {"aws:RequestedRegion": "eu-wset-1"}}"#
        ),
        Row(
            "warning",
            at: #""arn:aws:s3:b""#,
            "'arn:aws:s3:b' is not a whole ARN: expected arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE",
            in: #"{"action": "s3:GetObject", "resource": "arn:aws:s3:b", "expect": "allowed"}"#
        ),
        Row(
            "warning",
            at: #""service:lambda.amazon.aws""#,
            "'lambda.amazon.aws' is not written like a service principal, such as lambda.amazonaws.com",
            in:
                #"{"principal": "service:lambda.amazon.aws", "action": "s3:GetObject", "expect": "denied"}"#
        ),
        Row(
            "error",
            at: #""$s"}"#,
            "'saveAs' takes the name alone; '$' stands before it where it is used",
            in: #"{\#(session), "saveAs": "$s"}"#,
            #"{"principal": "$s", "action": "s3:GetObject", "expect": "denied"}"#
        ),
        Row(
            "error",
            at: #""expectInclude""#,
            "unknown field 'expectInclude' in step 0, did you mean 'expectIncludes'?",
            in: #"{"whoCan": {"action": "s3:GetObject"}, "expectInclude": ["app:user/ann"]}"#
        ),
        Row(
            "error",
            at: #""expectExclude""#,
            "unknown field 'expectExclude' in step 0, did you mean 'expectExcludes'?",
            in: #"{"whoCan": {"action": "s3:GetObject"}, "expectExclude": ["app:user/ann"]}"#
        ),
        Row(
            "warning",
            at: #""s"}"#,
            "the session 's' is saved and never used",
            in: #"{\#(session), "saveAs": "s"}"#
        ),
        Row(
            "warning",
            at: #""s"},"#,
            "the session 's' is saved again before it was used",
            note: "it was saved here",
            in: #"{\#(session), "saveAs": "s"}"#,
            #"{\#(session), "saveAs": "s"}"#,
            #"{"principal": "$s", "action": "s3:GetObject", "expect": "denied"}"#
        ),
        Row(
            "warning",
            at: #""s"},"#,
            "there is no session to save where 'denied' is expected",
            note: "'expect' stands here",
            in: #"{"assumeRole": {"role": "app:role/R"}, "expect": "denied", "saveAs": "s"}"#,
            #"{"principal": "$s", "action": "s3:GetObject", "expect": "denied"}"#
        ),
        Row(
            "warning",
            at: #"{"advance": "PT1H"}"#,
            "no step after this one looks at the clock",
            in: Sample.passingStep,
            #"{"advance": "PT1H"}"#
        ),
        Row(
            "warning",
            at: #""PT0S""#,
            "the clock is advanced by nothing",
            in: #"{"advance": "PT0S"}"#,
            Sample.passingStep
        ),
        Row(
            "error",
            at: #""moveAcount""#,
            "unknown change 'moveAcount', did you mean 'moveAccount'? (known: attachPolicy, detachPolicy, putPolicy, deletePolicy, moveAccount, createAccount, closeAccount, removeAccount, createOrganizationalUnit, put, delete, tag, untag, assign, unassign)",
            in: #"{"change": {"moveAcount": "app"}}"#
        ),
        Row(
            "error",
            at: #""acounts""#,
            "unknown field 'acounts' in 'assign', did you mean 'accounts'?",
            in:
                #"{"change": {"assign": {"permissionSet": "S", "user": "u", "acounts": []}}, "expect": "refused"}"#
        ),
        Row(
            "error",
            at: #""arn:aws:iam::100000000002:role/R""#,
            "'arn:aws:iam::100000000002:role/R' is not an account: expected its name, its id or arn:aws:iam::ID:root",
            in:
                #"{"assumeRoot": {"targetPrincipal": "arn:aws:iam::100000000002:role/R", "taskPolicyArn": "x"}, "expect": "denied"}"#
        ),
        Row(
            "error",
            at: #""scp""#,
            "unknown policy type 'scp', did you mean 'serviceControlPolicy'? (known: identityPolicy, resourcePolicy, trustPolicy, permissionsBoundary, sessionPolicy, serviceControlPolicy, resourceControlPolicy, vpcEndpointPolicy, blockPublicAccess, serviceRule)",
            in:
                #"{"action": "s3:DeleteObject", "expect": "denied", "because": {"policyType": "scp"}}"#
        ),
        Row(
            "error",
            at: #""allowed"}"#,
            "'expect' must be a list of strings, not a string",
            in: #"{"whoCan": {"action": "s3:GetObject"}, "expect": "allowed"}"#
        ),
        Row(
            "error",
            at: #""saveAs""#,
            "unknown field 'saveAs' in step 0",
            in: #"{"action": "s3:GetObject", "expect": "denied", "saveAs": "x"}"#
        ),
        Row(
            "error",
            at: #""advance""#,
            "step 0 has two verbs, 'action' and 'advance'",
            in: #"{"action": "s3:GetObject", "expect": "denied", "advance": "PT1H"}"#
        ),
        Row(
            "error",
            at: "5,",
            "'principal' must be a string, a list of strings or an object with 'service', not a number",
            in: #"{"principal": 5, "action": "s3:GetObject", "expect": "denied"}"#
        ),
        Row(
            "error",
            at: #""refuse""#,
            "'expect' of a change is 'refused' or left out, not 'refuse'",
            in: #"{"change": {"closeAccount": "app"}, "expect": "refuse"}"#
        ),
        Row(
            "error",
            at: #""expct""#,
            "unknown field 'expct' in step 0, did you mean 'expect'?",
            in: #"{"action": "s3:GetObject", "expct": "allowed"}"#
        ),
    ]

    @Test("a mistake is told once, at its place and beside what it contradicts", arguments: rows)
    func mistakes(_ row: Row) throws {
        let scenario = Sample.scenario(row.steps)
        let organization = Sample.organization.replacing(
            #""iam": {"#,
            with: #"""
                "iam": {"roles": {"R": {"trustPolicy": {"Version": "2012-10-17", "Statement": {
                  "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::100000000002:user/ann"},
                  "Action": "sts:AssumeRole"}}}},
                """#
        )
        let folder = try TemporaryFolder(["org.json": organization, "s.json": scenario])
        let run = orgsim(["test", folder["s.json"]])
        let position = try Self.position(of: row.place, in: scenario)
        #expect(
            Self.problems(run) == [
                "\(folder["s.json"]):\(position): \(row.severity): \(row.message)"
            ]
        )
        if let note = row.note { #expect(run.errors.contains("note: \(note)"), "\(run.errors)") }
        #expect((run.exitCode == .invalidInput) == (row.severity == "error"))
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let change: String
        let reason: String

        var testDescription: String { change }
    }

    @Test(
        "ENT-9, ENT-10: what AWS refuses to change, and why",
        arguments: [
            Change(
                change: #"{"delete": "/iam/users/ann", "account": "app"}"#,
                reason:
                    "the user 'ann' still has inline policies, which must go before it is deleted"
            ),
            Change(
                change: #"{"delete": "/iam/users", "account": "app"}"#,
                reason:
                    "the user 'bob' still has a password, the user 'cat' still has access keys and groups it is in and the user 'ann' still has inline policies, which must go before they are deleted"
            ),
            Change(
                change: #"{"delete": "/iam/users/bob", "account": "app"}"#,
                reason: "the user 'bob' still has a password, which must go before it is deleted"
            ),
            Change(
                change: #"{"delete": "/iam/users/cat", "account": "app"}"#,
                reason:
                    "the user 'cat' still has access keys and groups it is in, which must go before it is deleted"
            ),
            Change(
                change: #"{"delete": "/iam/groups/Staff", "account": "app"}"#,
                reason:
                    "the group 'Staff' still has the user 'cat' in it, which must go before it is deleted"
            ),
            Change(
                change: #"{"delete": "/iam/roles/Web", "account": "app"}"#,
                reason:
                    "the role 'Web' still has a place in the instance profile 'web', which must go before it is deleted"
            ),
            Change(
                change: #"{"delete": "/iam/roles/Many", "account": "app"}"#,
                reason:
                    "the role 'Many' still has a place in the instance profile 'pa', a place in the instance profile 'pb', a place in the instance profile 'pc', a place in the instance profile 'pd', a place in the instance profile 'pe', a place in the instance profile 'pf', a place in the instance profile 'pg', a place in the instance profile 'ph', a place in the instance profile 'pi' and 2 more, which must go before it is deleted"
            ),
            Change(
                change: #"{"delete": "/iam/instanceProfiles/web", "account": "app"}"#,
                reason:
                    "the instance profile 'web' still has its role, which must go before it is deleted"
            ),
            Change(
                change: #"{"tag": "app:user/ann", "tags": {"AWS:team": "x"}}"#,
                reason: "the tag key 'AWS:team' begins with 'aws:', which only AWS sets"
            ),
            Change(
                change: #"{"untag": "app:user/ann", "keys": ["aws:x"]}"#,
                reason: "the tag key 'aws:x' begins with 'aws:', which only AWS sets"
            ),
            Change(
                change:
                    #"{"createAccount": "an account whose name is longer than what AWS takes"}"#,
                reason: "the name of an account has 1 to 50 characters"
            ),
            Change(
                change: #"{"deletePolicy": "serviceControlPolicy", "name": "NoDelte"}"#,
                reason: "there is no service control policy 'NoDelte', did you mean 'NoDelete'?"
            ),
            Change(
                change:
                    #"{"unassign": {"permissionSet": "Dev", "user": "ann", "accounts": ["app"]}}"#,
                reason: "'Dev' is not assigned to 'ann' in 'app'"
            ),
        ]
    )
    func refusals(_ row: Change) throws {
        let trust = #"""
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
             "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
            """#
        let profiles = "abcdefghijk".map { #", "p\#($0)": {"role": "Many"}"# }.joined()
        let organization = Sample.organization
            .replacing(
                #""users": {"#,
                with: #"""
                    "roles": {"Web": {"trustPolicy": \#(trust)}, "Many": {"trustPolicy": \#(trust)}},
                    "groups": {"Staff": {}}, "instanceProfiles": {"web": {"role": "Web"}\#(profiles)},
                    "users": {"bob": {"password": {}}, "cat": {"groups": ["Staff"], "accessKeys": [{}]},
                    """#
            )
            .replacing(
                #""root": {"#,
                with: #""delegatedAdministrators": {"sso.amazonaws.com": ["app"]}, "root": {"#
            )
        let scenario = Sample.scenario(#"{"change": \#(row.change)}"#)
        let folder = try TemporaryFolder(["org.json": organization, "s.json": scenario])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.errors == "")
        #expect(run.exitCode == .expectationFailed)
        #expect(
            run.output.contains("AWS would refuse the change: \(row.reason)\n"),
            "\(run.output)"
        )
    }

    @Test("ROOT-10: an account that leaves loses its delegations and assignments")
    func removedAdministrator() throws {
        let organization = Sample.organization.replacing(
            #""root": {"#,
            with: #"""
                "delegatedAdministrators": {"sso.amazonaws.com": ["app"],
                  "fms.amazonaws.com": ["100000000002"]},
                "identityCenter": {"users": {"joe": {}}, "permissionSets": {"Dev": {}},
                  "assignments": [{"permissionSet": "Dev", "user": "joe", "accounts": ["app"]}]},
                "root": {
                """#
        )
        let delete = #""principal": "app:user/ann", "action": "s3:DeleteObject""#
        let scenario = Sample.scenario(
            """
            {\(delete), "resource": "arn:aws:s3:::b/k", "expect": "denied"},
            {"change": {"removeAccount": "app"}},
            {\(delete), "resource": "arn:aws:s3:::b/k", "expect": "allowed"}
            """
        )
        let folder = try TemporaryFolder(["org.json": organization, "s.json": scenario])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.errors == "")
        #expect(run.exitCode == .success, "\(run.output)")
    }

    @Test("a session used by way of the default principal is used")
    func sessionOfDefaults() throws {
        let scenario = #"""
            {"organization": "org.json", "defaults": {"principal": "$s"}, "steps": [
              {"principal": "app:user/ann", "getSessionToken": {}, "expect": "allowed",
               "saveAs": "s"},
              {"principal": null, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k",
               "expect": "allowed"}]}
            """#
        let folder = try TemporaryFolder(["org.json": Sample.organization, "s.json": scenario])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.errors == "")
        #expect(run.exitCode == .success, "\(run.output)")
    }
}
