import Authorization
import Explaining
import OrganizationModel
import PolicyLanguage
import Testing

/// AWS's words for a denial (semantics section 8), each reached by deciding a request.
@Suite("AWS's own message")
struct AccessDeniedMessageTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let rule: String
        let request: String
        let code: String
        let sentence: String

        var testDescription: String { rule }

        init(_ rule: String, _ request: String, _ code: String, _ sentence: String) {
            self.rule = rule
            self.request = request
            self.code = code
            self.sentence = sentence
        }
    }

    private static let queue = "arn:aws:sqs:eu-west-1:222222222222:jobs"
    private static let alice = "arn:aws:iam::222222222222:user/people/alice"
    private static let endpoint = "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-0a"
    private static let json = "AccessDeniedException"

    private static func request(
        _ principal: String,
        _ action: String,
        _ resource: String = queue,
        _ more: String = ""
    ) -> String {
        #"{"principal": "\#(principal)", "action": "\#(action)", "resource": "\#(resource)"\#(more)}"#
    }

    private static func through(_ principal: String, _ action: String, _ resource: String) -> String
    {
        request(principal, action, resource, #", "through": "\#(endpoint)""#)
    }

    private static func session(_ action: String, _ call: String) -> String {
        let assume = #", "session": {"assumeRole": {"role": "prod:role/Deploy", \#(call)}}"#
        return request("prod:user/alice", action, queue, assume)
    }

    private static func says(_ caller: String, _ action: String, _ rest: String) -> String {
        "User: \(caller) is not authorized to perform: \(action) \(rest)"
    }

    private static let deploy = "arn:aws:sts::222222222222:assumed-role/Deploy/orgsim"

    /// One row for each cell of the table of MSG-2.
    static let reasons = [
        Row(
            "MSG-2 SCP implicit",
            request("narrow:user/eve", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:444444444444:q"),
            json,
            says(
                "arn:aws:iam::444444444444:user/eve",
                "sqs:SendMessage",
                "on resource: arn:aws:sqs:eu-west-1:444444444444:q because no service control "
                    + "policy allows the sqs:SendMessage action"
            )
        ),
        Row(
            "MSG-2 SCP explicit",
            request("prod:user/alice", "sqs:PurgeQueue"),
            json,
            says(
                alice,
                "sqs:PurgeQueue",
                "on resource: \(queue) with an explicit deny in a service control policy"
            )
        ),
        Row(
            "MSG-2 RCP explicit",
            request("prod:user/alice", "sqs:DeleteMessage"),
            json,
            says(
                alice,
                "sqs:DeleteMessage",
                "on resource: \(queue) with an explicit deny in a resource control policy"
            )
        ),
        Row(
            "MSG-2 VPCE implicit",
            through("prod:user/alice", "dynamodb:GetItem", table),
            json,
            says(
                alice,
                "dynamodb:GetItem",
                "on resource: \(table) because no VPC endpoint policy allows the "
                    + "dynamodb:GetItem action"
            )
        ),
        Row(
            "MSG-2 VPCE explicit",
            through("prod:user/alice", "sqs:GetQueueUrl", queue),
            json,
            says(
                alice,
                "sqs:GetQueueUrl",
                "on resource: \(queue) with an explicit deny in a VPC endpoint policy"
            )
        ),
        Row(
            "MSG-2 boundary implicit",
            request("prod:user/tied", "sqs:GetQueueUrl"),
            json,
            says(
                "arn:aws:iam::222222222222:user/tied",
                "sqs:GetQueueUrl",
                "on resource: \(queue) because no permissions boundary allows the "
                    + "sqs:GetQueueUrl action"
            )
        ),
        Row(
            "MSG-2 boundary explicit",
            request("prod:user/tied", "dynamodb:DeleteTable", table),
            json,
            says(
                "arn:aws:iam::222222222222:user/tied",
                "dynamodb:DeleteTable",
                "on resource: \(table) with an explicit deny in a permissions boundary: "
                    + "arn:aws:iam::222222222222:policy/Limit"
            )
        ),
        Row(
            "MSG-2 session implicit",
            session("sqs:GetQueueUrl", #""policy": \#(policy("Allow", "s3:*"))"#),
            json,
            says(
                deploy,
                "sqs:GetQueueUrl",
                "on resource: \(queue) because no session policy allows the sqs:GetQueueUrl action"
            )
        ),
        Row(
            "MSG-2 session explicit",
            session("sqs:GetQueueUrl", #""policy": \#(policy("Deny", "sqs:GetQueueUrl"))"#),
            json,
            says(
                deploy,
                "sqs:GetQueueUrl",
                "on resource: \(queue) with an explicit deny in a session policy"
            )
        ),
        Row(
            "MSG-2 resource implicit",
            request("prod:user/alice", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:333333333333:in"),
            json,
            says(
                alice,
                "sqs:SendMessage",
                "on resource: arn:aws:sqs:eu-west-1:333333333333:in because no resource-based "
                    + "policy allows the sqs:SendMessage action"
            )
        ),
        Row(
            "MSG-2 resource explicit",
            request("prod:user/alice", "sqs:SendMessage"),
            json,
            says(
                alice,
                "sqs:SendMessage",
                "on resource: \(queue) with an explicit deny in a resource-based policy"
            )
        ),
        Row(
            "MSG-2 role trust implicit",
            request("prod:user/alice", "sts:AssumeRole", "prod:role/Silent"),
            "AccessDenied",
            says(
                alice,
                "sts:AssumeRole",
                "on resource: arn:aws:iam::222222222222:role/Silent because no role trust policy "
                    + "allows the sts:AssumeRole action"
            )
        ),
        Row(
            "MSG-2 role trust explicit",
            request("prod:user/alice", "sts:AssumeRole", "prod:role/Closed"),
            "AccessDenied",
            says(
                alice,
                "sts:AssumeRole",
                "on resource: arn:aws:iam::222222222222:role/Closed with an explicit deny in the "
                    + "role trust policy"
            )
        ),
        Row(
            "MSG-2, MSG-5 identity implicit",
            request("prod:user/bob", "sqs:GetQueueUrl"),
            json,
            says(
                "arn:aws:iam::222222222222:user/bob",
                "sqs:GetQueueUrl",
                "on resource: \(queue) because no identity-based policy allows the "
                    + "sqs:GetQueueUrl action"
            )
        ),
        Row(
            "MSG-2 identity explicit",
            request("prod:user/alice", "sqs:UntagQueue"),
            json,
            says(
                alice,
                "sqs:UntagQueue",
                "on resource: \(queue) with an explicit deny in an identity-based policy"
            )
        ),
    ]

    private static let table = "arn:aws:dynamodb:eu-west-1:222222222222:table/orders"

    private static func policy(_ effect: String, _ action: String) -> String {
        #"{"Version": "2012-10-17", "Statement": {"Effect": "\#(effect)", "Action": "\#(action)", "Resource": "*"}}"#
    }

    /// The other rules of the section.
    static let others = [
        Row(
            "MSG-3 managed identity policy",
            request("prod:user/alice", "sqs:DeleteQueue"),
            json,
            says(
                alice,
                "sqs:DeleteQueue",
                "on resource: \(queue) with an explicit deny in an identity-based policy: "
                    + "arn:aws:iam::222222222222:policy/team/Stop"
            )
        ),
        Row(
            "MSG-3 AWS managed policy",
            request("prod:user/denied", "sqs:GetQueueUrl"),
            json,
            says(
                "arn:aws:iam::222222222222:user/denied",
                "sqs:GetQueueUrl",
                "on resource: \(queue) with an explicit deny in an identity-based policy: "
                    + "arn:aws:iam::aws:policy/AWSDenyAll"
            )
        ),
        Row(
            "MSG-3 managed session policy",
            session(
                "sqs:TagQueue",
                #""policyArns": ["arn:aws:iam::222222222222:policy/Session"]"#
            ),
            json,
            says(
                deploy,
                "sqs:TagQueue",
                "on resource: \(queue) with an explicit deny in a session policy: "
                    + "arn:aws:iam::222222222222:policy/Session"
            )
        ),
        Row(
            "MSG-3 no ARN for a caller of another organization",
            request("vendor:user/trent", "sqs:GetQueueUrl"),
            json,
            says(
                "arn:aws:iam::999999999999:user/trent",
                "sqs:GetQueueUrl",
                "on resource: \(queue) with an explicit deny in an identity-based policy"
            )
        ),
        Row(
            "MSG-3 S3 with policy ARN",
            request("prod:user/alice", "s3:DeleteObject", "arn:aws:s3:::acme-public/k"),
            "AccessDenied",
            says(
                alice,
                "s3:DeleteObject",
                #"on resource: "arn:aws:s3:::acme-public/k" with an explicit deny in an "#
                    + "identity-based policy, with policy ARN: "
                    + "arn:aws:iam::222222222222:policy/team/Stop"
            )
        ),
        Row(
            "MSG-4 explicit before implicit",
            request("prod:user/bob", "sqs:SendMessage"),
            json,
            says(
                "arn:aws:iam::222222222222:user/bob",
                "sqs:SendMessage",
                "on resource: \(queue) with an explicit deny in a resource-based policy"
            )
        ),
        Row(
            "MSG-5 KMS key policy alone",
            request("prod:user/alice", "kms:Decrypt", key),
            json,
            says(
                alice,
                "kms:Decrypt",
                "on resource: \(key) because no resource-based policy allows the kms:Decrypt action"
            )
        ),
        Row(
            "MSG-6 EC2",
            request("prod:user/bob", "ec2:TerminateInstances", instance),
            "UnauthorizedOperation",
            "You are not authorized to perform this operation. "
                + says(
                    "arn:aws:iam::222222222222:user/bob",
                    "ec2:TerminateInstances",
                    "on resource: \(instance) because no identity-based policy allows the "
                        + "ec2:TerminateInstances action. Encoded authorization failure message: …"
                )
        ),
        Row(
            "MSG-1, MSG-6 EC2 without a resource",
            request("prod:user/bob", "ec2:DescribeInstances", "*"),
            "UnauthorizedOperation",
            "You are not authorized to perform this operation. "
                + says(
                    "arn:aws:iam::222222222222:user/bob",
                    "ec2:DescribeInstances",
                    "because no identity-based policy allows the ec2:DescribeInstances action"
                )
        ),
        Row(
            "MSG-6 SNS",
            request("prod:user/bob", "sns:Publish", "arn:aws:sns:eu-west-1:222222222222:t"),
            "AuthorizationError",
            says(
                "arn:aws:iam::222222222222:user/bob",
                "sns:Publish",
                "on resource: arn:aws:sns:eu-west-1:222222222222:t because no identity-based "
                    + "policy allows the sns:Publish action"
            )
        ),
        Row(
            "MSG-6 IAM, the action as registered",
            request("prod:user/bob", "IAM:getuser", "prod:user/alice"),
            "AccessDenied",
            says(
                "arn:aws:iam::222222222222:user/bob",
                "iam:GetUser",
                "on resource: \(alice) because no identity-based policy allows the iam:GetUser action"
            )
        ),
        Row(
            "MSG-1 the root user",
            request("prod:root", "sqs:PurgeQueue"),
            json,
            says(
                "arn:aws:iam::222222222222:root",
                "sqs:PurgeQueue",
                "on resource: \(queue) with an explicit deny in a service control policy"
            )
        ),
        Row(
            "MSG-1 without a resource",
            request("prod:user/bob", "organizations:LeaveOrganization", "*"),
            json,
            says(
                "arn:aws:iam::222222222222:user/bob",
                "organizations:LeaveOrganization",
                "on resource: * because no identity-based policy allows the "
                    + "organizations:LeaveOrganization action"
            )
        ),
        Row(
            "MSG-7 AssumeRole across accounts",
            request("prod:user/alice", "sts:AssumeRole", "data:role/Reader"),
            "AccessDenied",
            "User: \(alice) is not authorized to perform: sts:AssumeRole on resource: "
                + "arn:aws:iam::333333333333:role/Reader"
        ),
        Row(
            "MSG-8 S3 in one account",
            request("prod:user/bob", "s3:PutObject", "arn:aws:s3:::acme-public/k"),
            "AccessDenied",
            says(
                "arn:aws:iam::222222222222:user/bob",
                "s3:PutObject",
                #"on resource: "arn:aws:s3:::acme-public/k" because no identity-based policy "#
                    + "allows the s3:PutObject action"
            )
        ),
        Row(
            "MSG-8 S3 in one organization",
            request("prod:user/alice", "s3:PutObject", "arn:aws:s3:::acme-data/k"),
            "AccessDenied",
            says(
                alice,
                "s3:PutObject",
                #"on resource: "arn:aws:s3:::acme-data/k" with an explicit deny in a "#
                    + "resource-based policy"
            )
        ),
        Row(
            "MSG-8 S3 without a resource",
            request("prod:user/bob", "s3:ListAllMyBuckets", "*"),
            "AccessDenied",
            says(
                "arn:aws:iam::222222222222:user/bob",
                "s3:ListAllMyBuckets",
                "because no identity-based policy allows the s3:ListAllMyBuckets action"
            )
        ),
        Row(
            "MSG-8 S3 across organizations",
            request("vendor:user/mallory", "s3:GetObject", "arn:aws:s3:::acme-data/k"),
            "AccessDenied",
            "Access Denied"
        ),
        Row(
            "MSG-8 S3 and an endpoint policy",
            through("prod:user/alice", "s3:PutObject", "arn:aws:s3:::acme-public/k"),
            "AccessDenied",
            "Access Denied"
        ),
        Row(
            "MSG-8 RestrictPublicBuckets",
            request("narrow:user/eve", "s3:GetObject", "arn:aws:s3:::acme-public/k"),
            "AccessDenied",
            says(
                "arn:aws:iam::444444444444:user/eve",
                "s3:GetObject",
                #"on resource: "arn:aws:s3:::acme-public/k" with an explicit deny in a "#
                    + "resource-based policy"
            )
        ),
        Row(
            "MSG-8 an unsigned call",
            request("anonymous", "s3:GetObject", "arn:aws:s3:::acme-data/k"),
            "AccessDenied",
            "Access Denied"
        ),
    ]

    private static let key = "arn:aws:kms:eu-west-1:222222222222:key/k1"
    private static let instance = "arn:aws:ec2:eu-west-1:222222222222:instance/i-1"

    @Test("is worded as semantics section 8 says", arguments: reasons + others)
    func wording(_ row: Row) throws {
        let message = try #require(try MessageWorld.message(row.request))
        #expect(message.sentence == row.sentence)
        #expect(message.errorCode == row.code)
        #expect(message.policyARN.map { message.sentence.hasSuffix($0) } ?? true)
    }

    @Test("is read again as what it says", arguments: reasons + others)
    func readsAgain(_ row: Row) throws {
        let request = try MessageWorld.request(row.request)
        let decision = MessageWorld.engine.decide(request)
        let message = try #require(try MessageWorld.message(row.request))
        guard message.sentence != "Access Denied" else { return }
        let read = try PastedMessage(message.sentence)
        #expect(read.action == request.action)
        #expect(read.resource == nil || read.resource == request.resource)
        let named = try #require(message.named)
        guard message.saysReason else {
            #expect(read.stated == nil)
            return
        }
        #expect(read.stated?.kind == named.kind)
        #expect(read.stated?.policyARN == message.policyARN)
        #expect(read.stated?.agreement(with: decision) == .agrees(note: nil))
    }

    @Test(
        "MSG-3: an organization file holds no id of an SCP or RCP, so the sentence ends before it"
    )
    func organizationsPolicies() throws {
        let rows = [
            ("sqs:PurgeQueue", "'Guard'", "service"),
            ("sqs:DeleteMessage", "'Perimeter'", "resource"),
        ]
        for (action, name, family) in rows {
            let message = try #require(
                try MessageWorld.message(Self.request("prod:user/alice", action))
            )
            #expect(message.policyARN == nil)
            #expect(
                message.notes == [
                    "AWS may go on with the ARN of \(name), arn:aws:organizations::111111111111:"
                        + "policy/o-acmecorp01/\(family)_control_policy/p-…"
                ]
            )
        }
    }

    @Test("MSG-7: STS names nobody to the holder of a token or assertion")
    func federation() throws {
        for name in ["AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"] {
            let action = try #require(ActionName("sts:\(name)"))
            let provider = "arn:aws:iam::222222222222:saml-provider/corp"
            let request = Request(
                caller: .federation(provider: provider, keys: []),
                action: action,
                resource: "arn:aws:iam::222222222222:role/Silent",
                instant: MessageWorld.instant
            )
            let message = try #require(MessageWorld.message(request))
            #expect(message.sentence == "Not authorized to perform sts:\(name)")
            #expect(message.errorCode == "AccessDenied")
            #expect(message.named?.policyType == .trustPolicy)
            #expect(!message.saysReason)
        }
    }

    @Test("MSG-7: whether STS gives a reason for a missing allow is not sure")
    func assumeRole() throws {
        let rows = [
            ("prod:role/Silent", ["STS may leave the reason out"]),
            ("prod:role/Closed", []),
            ("data:role/Reader", ["STS often gives no reason to a caller of another account"]),
        ]
        for (role, notes) in rows {
            let request = Self.request("prod:user/alice", "sts:AssumeRole", role)
            #expect(try MessageWorld.message(request)?.notes == notes, "\(role)")
        }
    }

    @Test("MSG-8: why S3 says no more is told beside it")
    func plain() throws {
        let object = "arn:aws:s3:::acme-data/k"
        let rows = [
            (
                Self.request("vendor:user/mallory", "s3:GetObject", object),
                "S3 gives no reason to a caller of another organization"
            ),
            (
                Self.through("prod:user/alice", "s3:PutObject", "arn:aws:s3:::acme-public/k"),
                "S3 gives no reason for a denial by an endpoint policy"
            ),
            (
                Self.request("anonymous", "s3:GetObject", object),
                "S3 tells an unsigned caller no reason"
            ),
            (
                Self.request("vendor:user/mallory", "sqs:GetQueueUrl"),
                "a caller of another organization may read no more than Access Denied"
            ),
        ]
        for (request, note) in rows {
            #expect(try MessageWorld.message(request)?.notes == [note], "\(request)")
        }
    }

    @Test("MSG-9: a denial inside a call of a service says so")
    func viaService() throws {
        let via = #", "viaService": "secretsmanager.amazonaws.com""#
        let message = try #require(
            try MessageWorld.message(Self.request("prod:user/alice", "kms:Decrypt", Self.key, via))
        )
        #expect(
            message.notes == [
                "secretsmanager.amazonaws.com makes the call and may report this inside an error of "
                    + "its own"
            ]
        )
    }

    @Test("MSG-6: expired credentials are told as the service tells it")
    func expired() throws {
        let rows = [
            ("s3:GetObject", "ExpiredToken", "The provided token has expired."),
            ("ec2:DescribeInstances", "RequestExpired", "Request has expired."),
            (
                "sts:AssumeRole", "ExpiredToken",
                "The security token included in the request is expired"
            ),
            (
                "sqs:SendMessage", "ExpiredTokenException",
                "The security token included in the request is expired"
            ),
        ]
        for (action, code, sentence) in rows {
            let assume = #", "session": {"assumeRole": {"role": "prod:role/Deploy"}}"#
            var request = try MessageWorld.request(
                Self.request("prod:user/alice", action, "*", assume)
            )
            request.instant = request.instant.adding(seconds: 7_200)
            let message = try #require(MessageWorld.message(request))
            #expect(message.errorCode == code)
            #expect(message.sentence == sentence)
            #expect(message.named == nil)
        }
    }

    @Test("is not made up for allowed requests, service rules and callers without an ARN")
    func nothing() throws {
        let requests = [
            Self.request("prod:user/alice", "sqs:GetQueueUrl"),
            Self.request("prod:root", "sts:AssumeRole", "prod:role/Deploy"),
            Self.request("service:lambda.amazonaws.com", "sqs:SendMessage"),
            Self.request("anonymous", "sqs:SendMessage"),
        ]
        for request in requests {
            #expect(try MessageWorld.message(request) == nil, "\(request)")
        }
    }
}
