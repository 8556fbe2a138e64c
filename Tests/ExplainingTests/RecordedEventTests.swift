import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// CloudTrail records read as requests (aws-exports section 4).
@Suite("Recorded events")
struct RecordedEventTests {
    private static func parse(_ text: String) throws -> JSONValue {
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        #expect(parsed.diagnostics.map(\.message) == [])
        return try #require(parsed.value)
    }

    static func event(_ text: String) throws -> RecordedEvent {
        let read = RecordedEvent.read(try parse(text))
        #expect(read.diagnostics.map(\.message) == [])
        return try #require(read.value)
    }

    static let user = #"""
        {"type": "IAMUser", "principalId": "AIDA1", "arn": "arn:aws:iam::222222222222:user/people/bob",
         "accountId": "222222222222", "userName": "bob"}
        """#

    private static func role(_ more: String = "", mfa: String = "false") -> String {
        #"""
        {"type": "AssumedRole", "principalId": "AROA1:s",
         "arn": "arn:aws:sts::222222222222:assumed-role/Deploy/s", "accountId": "222222222222",
         "sessionContext": {
           "sessionIssuer": {"type": "Role", "arn": "arn:aws:iam::222222222222:role/ci/Deploy"},
           "attributes": {"creationDate": "2026-01-15T08:00:00Z", "mfaAuthenticated": "\#(mfa)"},
           "sourceIdentity": "bob", "ec2RoleDelivery": "2.0",
           "webIdFederationData": {"federatedProvider": "arn:aws:iam::222222222222:oidc-provider/x.y"}
         }\#(more)}
        """#
    }

    static func record(
        _ source: String,
        _ name: String,
        identity: String = user,
        parameters: String = "null",
        more: String = ""
    ) -> String {
        #"""
        {"eventVersion": "1.11", "userIdentity": \#(identity), "eventTime": "2026-01-15T09:00:00Z",
         "eventSource": "\#(source).amazonaws.com", "eventName": "\#(name)",
         "awsRegion": "eu-west-1", "sourceIPAddress": "203.0.113.9", "userAgent": "aws-cli/2.31.0",
         "requestParameters": \#(parameters), "eventType": "AwsApiCall"\#(more)}
        """#
    }

    private static func value(_ key: ConditionKey, in event: RecordedEvent) -> [String]? {
        event.context.entries.first { $0.key == key }?.value?.values
    }

    @Test("a user's call: caller, action, resource, keys and time")
    func userCall() throws {
        let event = try Self.event(
            Self.record(
                "s3",
                "GetObject",
                parameters:
                    #"{"bucketName": "b", "key": "a/k", "versionId": "v1", "x-amz-acl": 1}"#,
                more: #"""
                    , "eventID": "e1", "tlsDetails": {"tlsVersion": "TLSv1.3"}, "resources": [
                      {"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::b/a/k"},
                      {"accountId": "333333333333", "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::b"}]
                    """#
            )
        )
        #expect(event.principal == .named("arn:aws:iam::222222222222:user/people/bob"))
        // A call for a version needs this action alone (S3 User Guide, "Required permissions").
        #expect(event.actions.map(\.description) == ["s3:GetObjectVersion"])
        #expect(event.resource == .named("arn:aws:s3:::b/a/k"))
        #expect(event.resourceAccount?.description == "333333333333")
        #expect(event.instant.description == "2026-01-15T09:00:00Z")
        #expect(event.outcome == .succeeded)
        #expect(event.eventID == "e1")
        #expect(event.endpoint == nil && event.viaService == nil)
        #expect(Self.value("aws:SourceIp", in: event) == ["203.0.113.9"])
        #expect(Self.value("aws:UserAgent", in: event) == ["aws-cli/2.31.0"])
        #expect(Self.value("aws:RequestedRegion", in: event) == ["eu-west-1"])
        #expect(Self.value("aws:SecureTransport", in: event) == ["true"])
        #expect(Self.value("aws:userid", in: event) == ["AIDA1"])
        #expect(Self.value("s3:VersionId", in: event) == ["v1"])
        #expect(Self.value("aws:MultiFactorAuthPresent", in: event) == nil)
        #expect(event.unrecordedKeys.contains("aws:ResourceTag/*"))
        #expect(event.unrecordedKeys.contains("s3:*"))
        #expect(!event.unrecordedKeys.contains("aws:SecureTransport"))
        #expect(!event.unrecordedKeys.contains("aws:SourceIp"))
        #expect(event.notes == [])
    }

    @Test("KEY-12: a role session carries what its record says, but no MFA")
    func roleSession() throws {
        let event = try Self.event(
            Self.record(
                "dynamodb",
                "PutItem",
                identity: Self.role(mfa: "true"),
                parameters: #"{"tableName": "t"}"#
            )
        )
        #expect(event.principal == .named("arn:aws:sts::222222222222:assumed-role/Deploy/s"))
        #expect(event.resource == .named("arn:aws:dynamodb:eu-west-1:222222222222:table/t"))
        #expect(Self.value("aws:TokenIssueTime", in: event) == ["2026-01-15T08:00:00Z"])
        #expect(Self.value("aws:SourceIdentity", in: event) == ["bob"])
        #expect(Self.value("ec2:RoleDelivery", in: event) == ["2.0"])
        #expect(Self.value("aws:MultiFactorAuthPresent", in: event) == nil)
        #expect(event.notes == ["mfaAuthenticated of a role session does not set the MFA keys"])
    }

    @Test("a user's temporary credentials carry MFA as recorded")
    func userSession() throws {
        let identity = Self.user.replacing(
            #""userName": "bob"}"#,
            with:
                #""userName": "bob", "sessionContext": {"attributes": {"mfaAuthenticated": "true", "creationDate": "2026-01-15T08:00:00Z"}}}"#
        )
        let event = try Self.event(Self.record("iam", "ChangePassword", identity: identity))
        #expect(Self.value("aws:MultiFactorAuthPresent", in: event) == ["true"])
        #expect(event.resource == .named("arn:aws:iam::222222222222:user/people/bob"))
    }

    @Test("SVC-4, COND-28: a call that a service makes for the caller")
    func forwardedCall() throws {
        let event = try Self.event(
            Self.record(
                "kms",
                "Decrypt",
                identity: Self.role(#", "invokedBy": "secretsmanager.amazonaws.com""#),
                parameters: #"{"encryptionContext": {"SecretARN": "x"}}"#,
                more: #"""
                    , "vpcEndpointId": "vpce-1", "resources": [
                      {"ARN": "arn:aws:kms:eu-west-1:333333333333:key/k1"}]
                    """#
            ).replacing("203.0.113.9", with: "secretsmanager.amazonaws.com")
        )
        #expect(event.viaService == "secretsmanager.amazonaws.com")
        #expect(event.endpoint == nil)
        #expect(Self.value("aws:SourceIp", in: event) == nil)
        #expect(Self.value("kms:EncryptionContext:SecretARN", in: event) == ["x"])
        #expect(Self.value("kms:EncryptionContextKeys", in: event) == ["SecretARN"])
        #expect(event.unrecordedKeys.contains("aws:CalledVia"))
        // The caller's own address may have been kept.
        #expect(event.unrecordedKeys.contains("aws:SourceIp"))
        #expect(event.notes == [])
    }

    @Test("VPCE-2: a call through an endpoint has its private address")
    func endpoint() throws {
        let event = try Self.event(
            Self.record(
                "sqs",
                "SendMessage",
                parameters: #"{"queueUrl": "https://sqs.eu-west-1.amazonaws.com/333333333333/in"}"#,
                more: #", "vpcEndpointId": "vpce-1", "vpcEndpointAccountId": "444444444444""#
            ).replacing("203.0.113.9", with: "10.0.0.7")
        )
        #expect(
            event.endpoint?.arn.description
                == "arn:aws:ec2:eu-west-1:444444444444:vpc-endpoint/vpce-1"
        )
        #expect(Self.value("aws:VpcSourceIp", in: event) == ["10.0.0.7"])
        #expect(Self.value("aws:SourceVpce", in: event) == ["vpce-1"])
        #expect(Self.value("aws:SourceIp", in: event) == nil)
        #expect(event.resource == .named("arn:aws:sqs:eu-west-1:333333333333:in"))
    }

    struct Identity: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let json: String
        let principal: RecordedEvent.Principal
    }

    private static let vendor = AccountID("999999999999") ?? { fatalError("not an account") }()

    static let identities = [
        Identity(
            testDescription: "root",
            json:
                #"{"type": "Root", "arn": "arn:aws:iam::222222222222:root", "accountId": "222222222222"}"#,
            principal: .named("arn:aws:iam::222222222222:root")
        ),
        Identity(
            testDescription: "federated user",
            json:
                #"{"type": "FederatedUser", "arn": "arn:aws:sts::222222222222:federated-user/f"}"#,
            principal: .named("arn:aws:sts::222222222222:federated-user/f")
        ),
        Identity(
            testDescription: "service",
            json:
                #"{"type": "AWSService", "invokedBy": "cloudtrail.amazonaws.com", "inScopeOf": {"sourceAccount": "222222222222", "sourceArn": "arn:aws:x:::y"}}"#,
            principal: .service(
                "cloudtrail.amazonaws.com",
                sourceAccount: "222222222222",
                sourceARN: "arn:aws:x:::y"
            )
        ),
        Identity(
            testDescription: "unsigned",
            json: #"{"type": "AWSAccount", "principalId": "", "accountId": "ANONYMOUS_PRINCIPAL"}"#,
            principal: .named("anonymous")
        ),
        Identity(
            testDescription: "another account",
            json: #"{"type": "AWSAccount", "principalId": "AIDA9", "accountId": "999999999999"}"#,
            principal: .stranger(account: vendor, uniqueID: "AIDA9")
        ),
        Identity(
            testDescription: "web identity",
            json:
                #"{"type": "WebIdentityUser", "principalId": "arn:aws:iam::2:oidc-provider/x.y:aud:repo:a/b", "userName": "repo:a/b", "identityProvider": "arn:aws:iam::2:oidc-provider/x.y"}"#,
            principal: .federation(
                provider: "arn:aws:iam::2:oidc-provider/x.y",
                audience: "aud",
                subject: "repo:a/b"
            )
        ),
        Identity(
            testDescription: "Identity Center user",
            json:
                #"{"type": "IdentityCenterUser", "accountId": "222222222222", "onBehalfOf": {"userId": "u"}}"#,
            principal: .unknown(
                "an Identity Center user called with his token, not as a role or user"
            )
        ),
        Identity(
            testDescription: "nobody named",
            json: #"{"type": "Unknown"}"#,
            principal: .unknown("the record names no ARN of the caller")
        ),
    ]

    @Test("each type of userIdentity", arguments: identities)
    func principals(_ row: Identity) throws {
        let event = try Self.event(Self.record("sts", "AssumeRole", identity: row.json))
        #expect(event.principal == row.principal)
    }

    @Test("a caller of another account is found by his unique id")
    func stranger() throws {
        let organization = MessageWorld.organization
        let account = try #require(organization.account(named: "prod"))
        let role = try #require(account.role("Deploy"))
        let known = RecordedEvent.Principal.stranger(
            account: account.id,
            uniqueID: role.uniqueID + ":s"
        )
        #expect(known.text(in: organization) == role.arn.description)
        let other = RecordedEvent.Principal.stranger(account: account.id, uniqueID: "AROANOBODY")
        #expect(other.text(in: organization) == nil)
        #expect(
            RecordedEvent.Principal.stranger(account: account.id, uniqueID: "").text(
                in: organization
            ) == nil
        )
    }

    struct Call: Sendable, CustomTestStringConvertible {
        let source: String
        let name: String
        var parameters = "null"
        let actions: [String]
        let resource: RecordedEvent.Resource

        var testDescription: String { "\(source) \(name)" }
    }

    static let calls = [
        Call(source: "s3", name: "ListBuckets", actions: ["s3:ListAllMyBuckets"], resource: .none),
        Call(
            source: "s3",
            name: "ListObjectsV2",
            parameters: #"{"bucketName": "b"}"#,
            actions: ["s3:ListBucket"],
            resource: .named("arn:aws:s3:::b")
        ),
        Call(
            source: "s3",
            name: "CopyObject",
            parameters: #"{"bucketName": "b", "key": "k", "x-amz-copy-source": "a/k"}"#,
            actions: ["s3:PutObject", "s3:GetObject"],
            resource: .named("arn:aws:s3:::b/k")
        ),
        Call(
            source: "lambda",
            name: "UpdateFunctionCode20150331v2",
            parameters: #"{"functionName": "f"}"#,
            actions: ["lambda:UpdateFunctionCode"],
            resource: .named("arn:aws:lambda:eu-west-1:222222222222:function:f")
        ),
        Call(
            source: "lambda",
            name: "Invoke",
            parameters: #"{"functionName": "arn:aws:lambda:eu-west-1:333333333333:function:g"}"#,
            actions: ["lambda:InvokeFunction"],
            resource: .named("arn:aws:lambda:eu-west-1:333333333333:function:g")
        ),
        Call(
            source: "cloudfront",
            name: "GetDistribution2020_05_31",
            parameters: #"{"id": "E1"}"#,
            actions: ["cloudfront:GetDistribution"],
            resource: .someOf(
                "arn:aws:cloudfront::222222222222:distribution/",
                example: "arn:aws:cloudfront::222222222222:distribution/unrecorded"
            )
        ),
        Call(
            source: "monitoring",
            name: "DescribeAlarms",
            actions: ["cloudwatch:DescribeAlarms"],
            resource: .unrecorded
        ),
        Call(
            source: "sts",
            name: "AssumeRole",
            parameters:
                #"{"roleArn": "arn:aws:iam::333333333333:role/R", "tags": [{"key": "team", "value": "a"}]}"#,
            actions: ["sts:AssumeRole", "sts:TagSession"],
            resource: .named("arn:aws:iam::333333333333:role/R")
        ),
        Call(
            source: "iam",
            name: "DeleteRole",
            parameters: #"{"roleName": "R"}"#,
            actions: ["iam:DeleteRole"],
            resource: .named("222222222222:role/R")
        ),
        Call(
            source: "iam",
            name: "CreateRole",
            parameters: #"{"roleName": "R", "path": "/app/"}"#,
            actions: ["iam:CreateRole"],
            resource: .named("arn:aws:iam::222222222222:role/app/R")
        ),
        Call(
            source: "ecr",
            name: "BatchGetImage",
            parameters: #"{"registryId": "333333333333", "repositoryName": "a/b"}"#,
            actions: ["ecr:BatchGetImage"],
            resource: .named("arn:aws:ecr:eu-west-1:333333333333:repository/a/b")
        ),
        Call(
            source: "kms",
            name: "ReEncrypt",
            parameters: #"{"keyId": "alias/x"}"#,
            actions: ["kms:ReEncryptFrom", "kms:ReEncryptTo"],
            resource: .unrecorded
        ),
        Call(
            source: "ec2",
            name: "DescribeInstances",
            actions: ["ec2:DescribeInstances"],
            resource: .none
        ),
        Call(
            source: "ec2",
            name: "RunInstances",
            actions: ["ec2:RunInstances"],
            resource: .named("arn:aws:ec2:eu-west-1:222222222222:instance/*")
        ),
        Call(
            source: "apigateway",
            name: "GetRestApis",
            actions: ["apigateway:GET"],
            resource: .unrecorded
        ),
        Call(source: "dynamodb", name: "ExecuteStatement", actions: [], resource: .unrecorded),
        Call(source: "signin", name: "ConsoleLogin", actions: [], resource: .unrecorded),
        Call(
            source: "s3",
            name: "GetStorageLensDashboardDataInternal",
            actions: [],
            resource: .unrecorded
        ),
        Call(source: "nowhere", name: "DoIt", actions: [], resource: .unrecorded),
    ]

    @Test("names of events that are not those of actions", arguments: calls)
    func actions(_ row: Call) throws {
        let event = try Self.event(Self.record(row.source, row.name, parameters: row.parameters))
        #expect(event.actions.map(\.description) == row.actions)
        #expect(event.resource == row.resource)
        // What is not told is said.
        let isWhole =
            event.needs.allSatisfy { $0.resource.text != nil || $0.resource == .none }
            && !row.actions.isEmpty
        #expect(event.notes.isEmpty == isWhole, "\(event.notes)")
    }

    @Test("KEY-7, KEY-11: the parameters of an AssumeRole are keys of its request")
    func sessionKeys() throws {
        let parameters = #"""
            {"roleArn": "arn:aws:iam::333333333333:role/R", "roleSessionName": "s", "externalId": "x",
             "sourceIdentity": "bob", "transitiveTagKeys": ["team"],
             "tags": [{"key": "team", "value": "a"}, {"key": "cost", "value": "b"}]}
            """#
        let event = try Self.event(Self.record("sts", "AssumeRole", parameters: parameters))
        #expect(event.actions.map(\.name) == ["assumerole", "tagsession", "setsourceidentity"])
        #expect(Self.value("sts:ExternalId", in: event) == ["x"])
        #expect(Self.value("sts:RoleSessionName", in: event) == ["s"])
        #expect(Self.value("sts:SourceIdentity", in: event) == ["bob"])
        #expect(Self.value("aws:RequestTag/team", in: event) == ["a"])
        #expect(Self.value("aws:TagKeys", in: event) == ["team", "cost"])
        #expect(Self.value("sts:TransitiveTagKeys", in: event) == ["team"])
        #expect(!event.unrecordedKeys.contains("aws:TagKeys"))
    }

    @Test("what came of the call")
    func outcomes() throws {
        let text =
            "User: arn:aws:iam::222222222222:user/people/bob is not authorized to perform: "
            + "ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:222222222222:instance/* with an "
            + "explicit deny in a service control policy"
        func event(_ code: String, _ message: String) throws -> RecordedEvent {
            let more = #", "errorCode": "\#(code)", "errorMessage": "\#(message)""#
            return try Self.event(Self.record("ec2", "RunInstances", more: more))
        }
        let denied = try event("Client.UnauthorizedOperation", text)
        guard case .denied(let denial) = denied.outcome else {
            Issue.record("\(denied.outcome)")
            return
        }
        #expect(denial.stated == StatedReason(.serviceControlPolicy, .explicitDeny))
        #expect(denied.resource == .named("arn:aws:ec2:eu-west-1:222222222222:instance/*"))
        guard case .denied(let byEndpoint) = try event("VpceAccessDenied", "x").outcome else {
            Issue.record("not denied")
            return
        }
        #expect(byEndpoint.stated == StatedReason(.vpcEndpointPolicy, nil))
        #expect(byEndpoint.message == nil)
        #expect(try event("NoSuchBucket", "x").outcome == .failed(errorCode: "NoSuchBucket"))
        #expect(try event("Client.DryRunOperation", "x").outcome == .succeeded)
    }

    @Test("the record meant out of every container")
    func containers() throws {
        let record = Self.record("s3", "ListBuckets")
        let escaped = JSONOutput.string(record).compact
        let containers: [(String, Int?, String?)] = [
            (record, nil, nil),
            (#"{"Records": [\#(record)]}"#, nil, nil),
            (
                #"{"version": "0", "detail-type": "AWS API Call via CloudTrail", "detail": \#(record)}"#,
                nil, nil
            ),
            (#"{"EventId": "e", "CloudTrailEvent": \#(escaped)}"#, nil, nil),
            (#"{"Events": [{"CloudTrailEvent": \#(escaped)}]}"#, 1, nil),
            (#"[\#(record), \#(record)]"#, 2, nil),
            (#"{"Records": []}"#, nil, "the file holds no record"),
            (#"[\#(record), \#(record)]"#, nil, "the file holds 2 records"),
            (#"[\#(record), \#(record)]"#, 3, "there is no record 3, the file holds 2"),
            (#"[\#(record), \#(record)]"#, 0, "there is no record 0, the file holds 2"),
        ]
        for (text, number, problem) in containers {
            let found = RecordedEvent.record(
                number: number,
                in: try Self.parse(text),
                sources: SourceMap()
            )
            #expect(found.diagnostics.map(\.message) == (problem.map { [$0] } ?? []))
            #expect(found.value?["eventName"]?.string == (problem == nil ? "ListBuckets" : nil))
        }
    }

    @Test("mistakes are told at their places")
    func mistakes() throws {
        let rows: [(String, [String])] = [
            ("[]", ["the record must be an object, not an array"]),
            (
                "{}",
                ["eventSource", "eventName", "eventTime", "userIdentity"].map {
                    "the record needs the field '\($0)'"
                }
            ),
            (
                Self.record("s3", "ListBuckets").replacing("2026-01-15T09:00:00Z", with: "today"),
                ["'eventTime' must be a date and time such as 2026-01-15T09:00:00Z"]
            ),
            (
                Self.record("s3", "ListBuckets", identity: "7"),
                ["'userIdentity' must be an object, not a number"]
            ),
        ]
        for (text, messages) in rows {
            let read = RecordedEvent.read(try Self.parse(text))
            #expect(read.value == nil)
            #expect(read.diagnostics.map(\.message) == messages)
            #expect(read.diagnostics.allSatisfy { $0.span.file == 0 })
        }
    }

    @Test("no bytes are too odd: a changed record reads twice as the same, or tells why not")
    func anyBytes() throws {
        let records = [
            Self.record("s3", "GetObject", parameters: #"{"bucketName": "b", "key": "k"}"#),
            Self.record(
                "sts",
                "AssumeRole",
                identity: Self.role(#", "invokedBy": "x.amazonaws.com""#)
            ),
            Self.record("ec2", "StopInstances", parameters: #"{"instancesSet": {"items": [{}]}}"#),
            Self.record("kms", "Decrypt", identity: #"{"type": "AWSAccount", "accountId": "1"}"#),
        ]
        var state: UInt64 = 11
        var read = 0
        for round in 0..<2_000 {
            var bytes = Array(records[round % records.count].utf8)
            for _ in 0..<(1 + round % 3) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let odd = Array(#"{}[]",:01aZ /\u$*é"#.utf8)
                bytes[Int(state >> 33) % bytes.count] = odd[Int(state >> 40) % odd.count]
            }
            guard let value = JSONParser.parse(bytes, file: 0).value else { continue }
            let first = RecordedEvent.read(value)
            let second = RecordedEvent.read(value)
            #expect(first.value?.resource == second.value?.resource)
            #expect(first.value?.principal == second.value?.principal)
            #expect(first.diagnostics == second.diagnostics)
            #expect((first.value == nil) == first.diagnostics.hasErrors)
            read += first.value == nil ? 0 : 1
        }
        #expect(read > 200)
    }

    /// Records of the exported organization that name no principal or no action, and why.
    private static let unnamed: [Int: String] = [
        31: "only the unique id of a caller of another account", 37: "a holder of a token",
        38: "a holder of a token", 70: "an Identity Center user's token",
    ]

    @Test("all records about the exported organization", .enabled(if: CloudTrail.areThere))
    func organizationRecords() throws {
        let records = try CloudTrail.records(in: ["org-events.json"])
        #expect(records.count == 71)
        for (index, (_, record)) in records.enumerated() {
            let read = RecordedEvent.read(record)
            #expect(read.diagnostics.map(\.message) == [], "\(index)")
            let event = try #require(read.value)
            // No policy decides about the portal's calls: IAM has no action for them.
            #expect(event.actions.isEmpty == (index == 70), "\(index) \(event.notes)")
            switch event.principal {
            case .named, .service: #expect(Self.unnamed[index] == nil)
            case .stranger, .federation, .unknown: #expect(Self.unnamed[index] != nil, "\(index)")
            }
        }
    }

    @Test(
        "all records of public collections are read, and what is not told is said",
        .enabled(if: CloudTrail.areThere)
    )
    func publicRecords() throws {
        var actions = 0
        var resources = 0
        let records = try CloudTrail.records()
        for (file, record) in records {
            let read = RecordedEvent.read(record)
            #expect(read.diagnostics.map(\.message) == [], "\(file)")
            let event = try #require(read.value)
            actions += event.actions.isEmpty ? 0 : 1
            resources += event.resource == .unrecorded ? 0 : 1
            if event.actions.isEmpty || event.resource == .unrecorded {
                #expect(!event.notes.isEmpty, "\(file) \(event.eventName)")
            }
        }
        #expect(records.count == 314)
        #expect(actions == 310)
        #expect(resources == 301)
    }
}
