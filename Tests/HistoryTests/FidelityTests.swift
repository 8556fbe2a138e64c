import History
import Testing

/// Changes that look like none: each was once told as the same, or as a change that it is not.
@Suite("What a replay must not call the same, or a change")
struct FidelityTests {
    private static func outcome(
        _ record: String,
        _ overlay: String,
        under organization: String = Examples.organization
    ) throws -> Effect? {
        let world = try ReplayedWorld(organization, overlays: [overlay])
        let summary = world.replay(record)
        return Effect.allCases.first { summary.count($0, under: 0) == 1 }
    }

    private static func deny(
        _ action: String,
        _ resource: String = "*",
        if condition: String = ""
    )
        -> String
    {
        #"""
        {"serviceControlPolicies": {"Guard": {"Version": "2012-10-17", "Statement": [
          {"Sid": "No", "Effect": "Deny", "Action": "\#(action)", "Resource": "\#(resource)"
           \#(condition.isEmpty ? "" : #", "Condition": {\#(condition)}"#)}]}},
         "root": {"serviceControlPolicies": ["FullAWSAccess", "Guard"]}}
        """#
    }

    private static let object = #"{"bucketName": "acme-data", "key": "a/b"}"#
    private static let denied = #","errorCode":"AccessDenied","errorMessage":"Access Denied""#

    // Several resources and actions of one call.

    @Test("a call for several resources needs each of them")
    func severalResources() throws {
        let tables = ["a", "b"].map { "arn:aws:dynamodb:us-east-1:222222222222:table/\($0)" }
        let list = tables.map { #"{"ARN":"\#($0)"}"# }.joined(separator: ",")
        let batch = Examples.record(
            "dynamodb",
            "BatchGetItem",
            parameters: #"{"requestItems": {"x": 1}}"#,
            more: #","resources":[\#(list)]"#
        )
        for table in tables {
            #expect(try Self.outcome(batch, Self.deny("*", table)) == .newlyDenied)
        }
        let ec2 = "arn:aws:ec2:*:*:instance/"
        let instances = Examples.record(
            parameters: #"{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}"#
        )
        #expect(try Self.outcome(instances, Self.deny("ec2:*", ec2 + "i-2")) == .newlyDenied)
        #expect(try Self.outcome(instances, Self.deny("ec2:*", ec2 + "i-3")) == .same)
    }

    @Test("where a record tells how names begin, a policy that tells them apart leaves it open")
    func someOf() throws {
        let record = Examples.record(
            "s3",
            "DeleteObjects",
            parameters: #"{"bucketName": "acme-data", "delete": ""}"#,
            more:
                #","resources":[{"type":"AWS::S3::Object","ARNPrefix":"arn:aws:s3:::acme-data/"}]"#
        )
        #expect(try Self.outcome(record, Self.deny("s3:DeleteObject")) == .newlyDenied)
        let all = Self.deny("s3:DeleteObject", "arn:aws:s3:::acme-data/*")
        #expect(try Self.outcome(record, all) == .newlyDenied)
        let other = Self.deny("s3:DeleteObject", "arn:aws:s3:::acme-logs/*")
        #expect(try Self.outcome(record, other) == .same)
        for pattern in ["arn:aws:s3:::acme-data/keep/*", "*/keep/*", "arn:aws:s3:::*/*.key"] {
            #expect(try Self.outcome(record, Self.deny("s3:DeleteObject", pattern)) == .notAsked)
        }
    }

    @Test("a role handed to a service needs iam:PassRole, which no record tells (PASS-1)")
    func passRole() throws {
        let role = "arn:aws:iam::222222222222:role/Reader"
        let record = Examples.record(
            "lambda",
            "CreateFunction20150331",
            parameters: #"{"functionName": "f", "role": "\#(role)"}"#
        )
        #expect(try Self.outcome(record, Self.deny("iam:PassRole")) == .newlyDenied)
        #expect(try Self.outcome(record, Self.deny("iam:PassRole", role)) == .newlyDenied)
        #expect(try Self.outcome(record, Self.deny("iam:PassRole", role + "x")) == .same)
        // AWS's lists do not say that these check it, its guides do.
        for (source, name, parameters) in [
            ("cloudformation", "CreateStack", #"{"stackName": "s", "roleARN": "\#(role)"}"#),
            ("ecs", "RegisterTaskDefinition", #"{"family": "f", "taskRoleArn": "\#(role)"}"#),
            ("glue", "CreateJob", #"{"name": "j", "role": "\#(role)"}"#),
        ] {
            let record = Examples.record(source, name, parameters: parameters)
            let some = try Self.outcome(record, Self.deny("iam:PassRole"))
            #expect(some == .couldBeDenied || some == .newlyDenied, "\(name)")
            #expect(try Self.outcome(record, Self.deny("iam:PassRole", role + "x")) == .same)
        }
    }

    @Test("who names his MFA device and is given credentials has it (KEY-11)")
    func tokenCode() throws {
        let open = Examples.organization.replacing(
            #"{ "Service": "ec2.amazonaws.com" }"#,
            with: #"{ "AWS": "arn:aws:iam::222222222222:root" }"#
        )
        let overlay = #"""
            {"root": {"accounts": {"shop": {"iam": {"roles": {"Reader": {"trustPolicy": {
              "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::222222222222:root"}, "Action": "sts:AssumeRole",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}}}}}}}}
            """#
        let role = "arn:aws:iam::222222222222:role/Reader"
        let device = #", "serialNumber": "arn:aws:iam::222222222222:mfa/a""#
        for (given, effect) in [(device, Effect.same), ("", .newlyDenied)] {
            let record = Examples.record(
                "sts",
                "AssumeRole",
                parameters: #"{"roleArn": "\#(role)", "roleSessionName": "s"\#(given)}"#
            )
            #expect(try Self.outcome(record, overlay, under: open) == effect, "\(given)")
        }
    }

    @Test("parameters decide which actions are needed")
    func variants() throws {
        let version = #"{"bucketName": "acme-data", "key": "a", "versionId": "1"}"#
        let reading = Examples.record("s3", "GetObject", parameters: version)
        #expect(try Self.outcome(reading, Self.deny("s3:GetObjectVersion")) == .newlyDenied)
        #expect(try Self.outcome(reading, Self.deny("s3:GetObject")) == .same)
        let deleting = Examples.record("s3", "DeleteObject", parameters: version)
        #expect(try Self.outcome(deleting, Self.deny("s3:DeleteObjectVersion")) == .newlyDenied)
        let header = #"{"bucketName": "acme-data", "key": "a", "x-amz-acl": "private"}"#
        let writing = Examples.record("s3", "PutObject", parameters: header)
        #expect(try Self.outcome(writing, Self.deny("s3:PutObjectAcl")) == .newlyDenied)
        let tagged = #"{"userName": "u", "tags": [{"key": "a", "value": "b"}]}"#
        let creating = Examples.record("iam", "CreateUser", parameters: tagged)
        #expect(try Self.outcome(creating, Self.deny("iam:TagUser")) == .newlyDenied)
    }

    @Test("RunInstances needs an instance, an image, a network and a volume (ACT-6)")
    func runInstances() throws {
        let parameters =
            #"{"instanceType":"m5.large","instancesSet":{"items":[{"imageId":"ami-1"}]}}"#
        let record = Examples.record("ec2", "RunInstances", parameters: parameters)
        func deny(_ resource: String, if condition: String = "") throws -> Effect? {
            try Self.outcome(record, Self.deny("ec2:RunInstances", resource, if: condition))
        }
        let large = #""StringEquals": {"ec2:InstanceType": "m5.large"}"#
        #expect(try deny("arn:aws:ec2:*:*:instance/*") == .newlyDenied)
        #expect(try deny("arn:aws:ec2:*:*:instance/*", if: large) == .newlyDenied)
        #expect(try deny("arn:aws:ec2:*::image/ami-1") == .newlyDenied)
        #expect(try deny("arn:aws:ec2:*::image/ami-2") == .same)
        // Only instances have a type.
        #expect(try deny("arn:aws:ec2:*::image/*", if: large) == .same)
        #expect(try deny("arn:aws:ec2:*:*:subnet/*") == .newlyDenied)
        #expect(try deny("arn:aws:ec2:*:*:volume/*") == .newlyDenied)
        #expect(try deny("arn:aws:ec2:*:*:subnet/subnet-1") == .notAsked)
        let owner = #""StringNotEquals": {"ec2:Owner": "amazon"}"#
        #expect(try deny("arn:aws:ec2:*::image/*", if: owner) == .couldBeDenied)
    }

    @Test("a call is allowed only if all that it needs is")
    func wholeCalls() throws {
        let parameters =
            #"{"bucketName": "acme-data", "key": "a", "x-amz-copy-source": "acme-data/b"}"#
        func copy(_ more: String) -> String {
            Examples.record("s3", "CopyObject", parameters: parameters, more: more)
        }
        let named = Examples.denied(
            by: "service control policy",
            "s3:PutObject",
            "arn:aws:s3:::acme-data/a"
        )
        let guarded = Examples.guarded(#""Action": "s3:PutObject""#)
        // What AWS denied cannot newly be denied.
        for more in [named, Self.denied] {
            let overlay = #"""
                {"serviceControlPolicies": {"More": {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}]}},
                 "root": {"serviceControlPolicies": ["FullAWSAccess", "Guard", "More"]}}
                """#
            #expect(try Self.outcome(copy(more), overlay, under: guarded) == .same)
        }
        // Nor is it allowed while something else it needs is denied.
        let half = Examples.guardrail(#""Action": "s3:GetObject""#)
        let both = Examples.guarded(#""Action": ["s3:GetObject", "s3:PutObject"]"#)
        #expect(try Self.outcome(copy(named), half, under: both) == .same)
        let open = #"{"root": {"serviceControlPolicies": ["FullAWSAccess"]}}"#
        #expect(try Self.outcome(copy(named), open, under: both) == .newlyAllowed)
        // Which of both AWS denied a bare message does not say.
        #expect(try Self.outcome(copy(Self.denied), open, under: both) == .couldBeAllowed)
    }

    // What AWS denied, and why.

    @Test("what AWS denied for a reason that the organization lacks stays denied")
    func unaccounted() throws {
        let denial = Examples.denied(
            by: "service control policy",
            "s3:PutObject",
            "arn:aws:s3:::acme-data/a/b"
        )
        let record = Examples.record(
            "s3",
            "PutObject",
            role: "Reader",
            parameters: Self.object,
            more: denial
        )
        let more = #"""
            {"root": {"accounts": {"shop": {"iam": {"roles": {"Reader": {"inlinePolicies": {"p": {
              "Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}}}}}}}}}
            """#
        let world = try ReplayedWorld(Examples.organization, overlays: [more])
        let summary = world.replay(record)
        #expect(summary.count(.otherReason) == 1)
        #expect(summary.count(.same, under: 0) == 1)
        let silent = record.replacing(denial, with: Self.denied)
        #expect(try Self.outcome(silent, more) == .newlyAllowed)
    }

    @Test("a policy that is stated again word for word adds nothing")
    func restated() throws {
        let guarded = Examples.guarded(#""Action": "s3:DeleteObject""#)
        let again = Examples.guardrail(#""Action":"s3:DeleteObject""#)
        let record = Examples.record("s3", "DeleteObject", parameters: Self.object)
        #expect(try Self.outcome(record, again, under: guarded) == .same)
        let other = Examples.guardrail(#""Action": "s3:*""#)
        #expect(try Self.outcome(record, other, under: guarded) == .newlyDenied)
    }

    @Test("more of the same kind of doubt is no doubt of another kind")
    func ways() throws {
        let guarded = Examples.guarded(Examples.production)
        let more = #"""
            {"serviceControlPolicies": {"More": {"Version": "2012-10-17", "Statement": [
              {"Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition":
                {"StringEquals": {"aws:ResourceTag/owner": "other"}}}]}},
             "root": {"serviceControlPolicies": ["FullAWSAccess", "Guard", "More"]}}
            """#
        let instance = "arn:aws:ec2:us-east-1:222222222222:instance/i-0"
        let denial = Examples.denied(
            by: "service control policy",
            "ec2:TerminateInstances",
            instance
        )
        #expect(try Self.outcome(Examples.record(more: denial), more, under: guarded) == .same)
        #expect(try Self.outcome(Examples.record(), more, under: guarded) == .couldBeDenied)
        let open = #"{"root": {"serviceControlPolicies": ["FullAWSAccess"]}}"#
        #expect(try Self.outcome(Examples.record(), open, under: guarded) == .same)
    }

    // What a record does not tell.

    @Test(
        "keys that a session may carry and no record tells are unknown (semantics 3.2, KEY-8)",
        arguments: [
            "lambda:SourceFunctionArn", "ssm:SourceInstanceArn", "codebuild:BuildArn",
            "codebuild:ProjectArn", "glue:RoleAssumedBy", "glue:CredentialIssuingService",
            "identitystore:UserId", "saml:sub", "saml:sub_type", "saml:namequalifier",
            "aws:CalledViaAWSMCP", "aws:ViaCustomerDomain",
        ]
    )
    func sessionKeys(key: String) throws {
        let guardrail = Self.deny("s3:*", if: #""StringLike": {"\#(key)": "*x"}"#)
        let record = Examples.record("s3", "PutObject", parameters: Self.object)
        #expect(try Self.outcome(record, guardrail) == .couldBeDenied)
    }

    @Test("a service that is not named may be any (KEY-4)")
    func calledVia() throws {
        let condition = #""StringEquals": {"aws:CalledViaFirst": "cloudformation.amazonaws.com"}"#
        let record = Examples.record("s3", "PutObject", parameters: Self.object)
            .replacing("203.0.113.9", with: "AWS Internal")
        #expect(try Self.outcome(record, Self.deny("s3:*", if: condition)) == .couldBeDenied)
    }

    @Test("sessions of a token carry no MFA key (semantics 3.2)")
    func federatedMFA() throws {
        let record = Examples.record("s3", "PutObject", parameters: Self.object)
        let provider = "arn:aws:iam::222222222222:oidc-provider/id.example.com"
        let web = record.replacing(
            #""attributes""#,
            with: #""webIdFederationData":{"federatedProvider":"\#(provider)"},"attributes""#
        )
        let guardrail = Self.deny(
            "s3:*",
            if: #""Bool": {"aws:MultiFactorAuthPresent": "false"}"#
        )
        #expect(try Self.outcome(record, guardrail) == .newlyDenied)
        #expect(try Self.outcome(web, guardrail) == .same)
        let subject = Self.deny("s3:*", if: #""StringLike": {"id.example.com:sub": "x*"}"#)
        #expect(try Self.outcome(web, subject) == .couldBeDenied)
    }

    @Test("whose bucket it is that nobody lists is not known (XACC-6)")
    func owner() throws {
        let perimeter = Self.deny(
            "s3:*",
            if: #""StringNotEquals": {"aws:ResourceOrgID": "o-acmecorp01"}"#
        )
        let record = Examples.record("s3", "GetObject", parameters: Self.object)
        #expect(try Self.outcome(record, perimeter) == .couldBeDenied)
        func listed(_ account: String) -> String {
            let bucket = #"{"accountId":"\#(account)","ARN":"arn:aws:s3:::acme-data"}"#
            return record.replacing(#""eventID""#, with: #""resources":[\#(bucket)],"eventID""#)
        }
        #expect(try Self.outcome(listed("222222222222"), perimeter) == .same)
        #expect(try Self.outcome(listed("999999999999"), perimeter) == .newlyDenied)
    }

    @Test("a policy that nobody could read may deny what AWS allowed")
    func missingPolicy() throws {
        let missing = #"""
            {"serviceControlPolicies": {"Lost": {"$missing": "it was not exported"}},
             "root": {"serviceControlPolicies": ["FullAWSAccess", "Lost"]}}
            """#
        let record = Examples.record("s3", "PutObject", role: "Reader", parameters: Self.object)
        #expect(try Self.outcome(record, missing) == .couldBeDenied)
    }

    @Test("what cannot be asked under an overlay is told with the reason")
    func overlayLacksCaller() throws {
        let world = try ReplayedWorld(
            Examples.organization,
            overlays: [#"{"root": {"accounts": {"shop": {"iam": {"roles": {"Deploy": null}}}}}}"#]
        )
        let summary = world.replay(Examples.record())
        #expect(summary.count(.notAsked, under: 0) == 1)
        #expect(summary.count(.reproduced) == 1)
        let reasons = summary.unmodelled.settled.groups.map(\.key.reason)
        #expect(reasons.count == 1)
        #expect(reasons.first?.hasPrefix("with overlay 1, ") == true)
    }
}

// Tags.
extension FidelityTests {
    private static func tagged(_ role: String, trust: String = "sts:AssumeRole") -> String {
        Examples.guarded(
            #""Action": "s3:*", "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "data"}}"#
        )
        .replacing("\"sts:AssumeRole\"", with: "\"\(trust)\"")
        .replacing("\"Deploy\": {", with: "\"Deploy\": { \"tags\": {\"team\": \"\(role)\"},")
    }

    private static let retag = #"""
        {"root": {"accounts": {"shop": {"iam": {"roles": {"Deploy": {"tags": {"team": "other"}}}}}}}}
        """#

    @Test("tags that nobody can pass are those of the organization (STS-10, STS-12)")
    func roleTags() throws {
        let record = Examples.record("s3", "PutObject", parameters: Self.object)
        #expect(try Self.outcome(record, Self.retag, under: Self.tagged("data")) == .newlyDenied)
        #expect(try Self.outcome(record, "{}", under: Self.tagged("data")) == .same)
        // Where sessions may bring tags along, those are unknown, and the change may matter.
        let open = Self.tagged("data", trust: "sts:*")
        #expect(try Self.outcome(record, Self.retag, under: open) == .couldBeDenied)
        #expect(try Self.outcome(record, "{}", under: open) == .same)
    }

    @Test("tags of a listed resource are those of the organization")
    func resourceTags() throws {
        func listed(_ tier: String) -> String {
            let instance = "arn:aws:ec2:us-east-1:222222222222:instance/i-0"
            return #"""
                {"root": {"accounts": {"shop": {"resources": {"\#(instance)": {"tags": {"tier": "\#(tier)"}}}}}}}
                """#
        }
        let guarded = Examples.guarded(Examples.production)
        #expect(try Self.outcome(Examples.record(), listed("dev"), under: guarded) == .same)
        #expect(try Self.outcome(Examples.record(), listed("prod"), under: guarded) == .newlyDenied)
    }
}
