import Authorization
import Explaining
import Foundation
import JSONSource
import PolicyLanguage
import Testing

/// Messages as people paste them (semantics section 8; aws-exports section 4.2).
@Suite("Pasted messages")
struct PastedMessageTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let principal: String
        let action: String
        let resource: String?
        let stated: StatedReason?

        init(
            _ label: String,
            _ text: String,
            principal: String = bob,
            action: String = "sqs:SendMessage",
            resource: String? = queue,
            stated: StatedReason? = nil
        ) {
            testDescription = label
            self.text = text
            self.principal = principal
            self.action = action
            self.resource = resource
            self.stated = stated
        }
    }

    static let bob = "arn:aws:iam::222222222222:user/bob"
    static let queue = "arn:aws:sqs:eu-west-1:222222222222:jobs"
    private static let plain =
        "User: \(bob) is not authorized to perform: sqs:SendMessage on resource: \(queue)"
    private static let scp =
        "arn:aws:organizations::111111111111:policy/o-acmecorp01/service_control_policy/p-abcd1234"

    static let wordings: [Row] =
        [
            ("SCP", "service control policy", .serviceControlPolicy),
            ("RCP", "resource control policy", .resourceControlPolicy),
            ("VPCE", "VPC endpoint policy", .vpcEndpointPolicy),
            ("boundary", "permissions boundary", .permissionsBoundary),
            ("session", "session policy", .sessionPolicy),
            ("resource", "resource-based policy", .resourcePolicy),
            ("trust", "role trust policy", .trustPolicy),
            ("identity", "identity-based policy", .identityPolicy),
        ].flatMap { (label: String, words: String, type: PolicyType) in
            [
                Row(
                    "MSG-2 \(label) implicit",
                    "\(plain) because no \(words) allows the sqs:SendMessage action",
                    stated: StatedReason(type, .implicitDeny)
                ),
                Row(
                    "MSG-2 \(label) explicit",
                    "\(plain) with an explicit deny in \(type.inMessages.article) \(words)",
                    stated: StatedReason(type, .explicitDeny)
                ),
            ]
        }

    static let surroundings: [Row] = [
        Row("MSG-1 no reason", plain),
        Row("MSG-1 a full stop", plain + "."),
        Row(
            "MSG-1 no resource",
            "User: \(bob) is not authorized to perform: sqs:SendMessage because no session policy "
                + "allows the sqs:SendMessage action",
            resource: nil,
            stated: StatedReason(.sessionPolicy, .implicitDeny)
        ),
        Row(
            "MSG-1 neither resource nor reason",
            "User: \(bob) is not authorized to perform: sqs:SendMessage",
            resource: nil
        ),
        Row(
            "MSG-1 an explicit deny somewhere",
            plain + " with an explicit deny",
            stated: StatedReason(nil, .explicitDeny)
        ),
        Row(
            "MSG-3 policy ARN",
            "\(plain) with an explicit deny in a service control policy: \(scp)",
            stated: StatedReason(.serviceControlPolicy, .explicitDeny, policyARN: scp)
        ),
        Row(
            "MSG-3 S3",
            #"An error occurred (AccessDenied) when calling the GetObject operation: User: \#(bob) "#
                + #"is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/a b" "#
                + "with an explicit deny in an identity-based policy, with policy ARN: "
                + "arn:aws:iam::222222222222:policy/team/Stop",
            action: "s3:GetObject",
            resource: "arn:aws:s3:::b/a b",
            stated: StatedReason(
                .identityPolicy,
                .explicitDeny,
                policyARN: "arn:aws:iam::222222222222:policy/team/Stop"
            )
        ),
        Row(
            "MSG-6 EC2",
            "An error occurred (UnauthorizedOperation) when calling the StopInstances operation: You "
                + "are not authorized to perform this operation. User: \(bob) is not authorized to "
                + "perform: ec2:StopInstances on resource: arn:aws:ec2:eu-west-1:222222222222:"
                + "instance/i-1 because no identity-based policy allows the ec2:StopInstances action. "
                + "Encoded authorization failure message: 0gFo-Xy_",
            action: "ec2:StopInstances",
            resource: "arn:aws:ec2:eu-west-1:222222222222:instance/i-1",
            stated: StatedReason(.identityPolicy, .implicitDeny)
        ),
        Row(
            "MSG-8 BlockPublicPolicy",
            "User: \(bob) is not authorized to perform: s3:PutBucketPolicy on resource: "
                + #""arn:aws:s3:::b" because public policies are prevented by the BlockPublicPolicy "#
                + "setting in S3 Block Public Access",
            action: "s3:PutBucketPolicy",
            resource: "arn:aws:s3:::b",
            stated: StatedReason(.blockPublicAccess, .explicitDeny)
        ),
        Row(
            "MSG-8 BlockPublicAcls",
            "User: \(bob) is not authorized to perform: s3:PutObjectAcl on resource: "
                + #""arn:aws:s3:::b/k" because public ACLs are prevented by the BlockPublicAcls "#
                + "setting in S3 Block Public Access",
            action: "s3:PutObjectAcl",
            resource: "arn:aws:s3:::b/k",
            stated: StatedReason(.blockPublicAccess, .explicitDeny)
        ),
        Row(
            "MSG-8 a quotation mark in the key",
            "User: \(bob) is not authorized to perform: s3:GetObject on resource: "
                + #""arn:aws:s3:::b/say "hi".txt" because no identity-based policy allows the "#
                + "s3:GetObject action",
            action: "s3:GetObject",
            resource: #"arn:aws:s3:::b/say "hi".txt"#,
            stated: StatedReason(.identityPolicy, .implicitDeny)
        ),
        Row(
            "MSG-10 the older wording",
            "\(plain) due to an explicit deny in a Service Control Policy",
            stated: StatedReason(.serviceControlPolicy, .explicitDeny)
        ),
        Row(
            "the SDK for Go",
            "AccessDenied: \(plain)\n\tstatus code: 403, request id: 3f2a"
        ),
        Row(
            "the SDK for Java",
            "\(plain) (Service: Sqs, Status Code: 403, Request ID: 3f2a) (SDK Attempt Count: 1)"
        ),
        Row(
            "Terraform",
            """
            ╷
            │ Error: sending SQS message: operation error SQS: SendMessage, https response error
            │ StatusCode: 403, RequestID: 1f, api error AccessDenied: User:
            │ arn:aws:iam::222222222222:user/bob is not authorized to perform: sqs:SendMessage
            │ on resource: arn:aws:sqs:eu-west-1:222222222222:jobs because no identity-based
            │ policy allows the sqs:SendMessage action
            │
            │   with aws_sqs_queue.jobs,
            ╵
            """,
            stated: StatedReason(.identityPolicy, .implicitDeny)
        ),
        Row(
            "a terminal that breaks words",
            "User: arn:aws:iam::22222222\n2222:user/bob is not autho\nrized to perform: sqs:Send\n"
                + "Message on resource: arn:aws:sqs:eu-\nwest-1:222222222222:jobs with an expl\nicit "
                + "deny in a service control policy: arn:aws:organizations::111111111111:policy/o-ac\n"
                + "mecorp01/service_control_policy/p-abcd\n1234\n$ ls",
            stated: StatedReason(.serviceControlPolicy, .explicitDeny, policyARN: scp)
        ),
        Row(
            "a web page",
            "User:&nbsp;\(bob) is not authorized to perform: s3:GetObject on resource: &quot;"
                + "arn:aws:s3:::b/k&#34; because no identity-based policy allows&#x20;the action",
            action: "s3:GetObject",
            resource: "arn:aws:s3:::b/k",
            stated: StatedReason(.identityPolicy, .implicitDeny)
        ),
        Row(
            "a word processor",
            "\u{201C}User: \(bob) is not authorized to perform: s3:GetObject on resource: \u{201C}"
                + "arn:aws:s3:::b/k\u{201D} because no identity\u{2011}based policy allows the action",
            action: "s3:GetObject",
            resource: "arn:aws:s3:::b/k",
            stated: StatedReason(.identityPolicy, .implicitDeny)
        ),
        Row(
            "a line of a JSON log",
            #"{"level":"error","msg":"User: \#(bob) is not authorized to perform: s3:GetObject on "#
                + #"resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows it"}"#,
            action: "s3:GetObject",
            resource: "arn:aws:s3:::b/k",
            stated: StatedReason(.identityPolicy, .implicitDeny)
        ),
        Row(
            "a log that says user of its own",
            "user: 17 got \(bob) is not authorized to perform: sqs:SendMessage on resource: \(queue)"
        ),
        Row(
            "two messages, of which the first counts",
            "\(plain)\n\(plain) with an explicit deny in a session policy"
        ),
        Row(
            "an unsigned caller",
            "User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
                + "arn:aws:execute-api:us-east-1:********2345:abc/prod/GET/",
            principal: "anonymous",
            action: "execute-api:Invoke",
            resource: "arn:aws:execute-api:us-east-1:********2345:abc/prod/GET/"
        ),
    ]

    @Test("tell who wanted what, and why not", arguments: wordings + surroundings)
    func reading(_ row: Row) throws {
        let message = try PastedMessage(row.text)
        #expect(message.principal == row.principal)
        #expect(message.action.description == row.action)
        #expect(message.resource == row.resource)
        #expect(message.stated == row.stated)
    }

    static let useless: [(text: String, says: String)] = [
        ("Access Denied", "'Access Denied' alone does not say who called, nor what"),
        (
            "An error occurred (403) when calling HeadObject: Forbidden",
            "'Access Denied' alone does"
        ),
        ("Not authorized to perform sts:AssumeRoleWithWebIdentity", "STS does not say here who"),
        ("Not authorized to perform sts:AssumeRoleWithSAML", "STS does not say here who called"),
        (
            "You are not authorized to perform this operation. Encoded authorization failure "
                + "message: 0gFo",
            "who called and what was called stands in the encoded part"
        ),
        ("You are not authorized to perform this operation.", "EC2 does not say here who called"),
        ("The request was denied due to a VPC endpoint policy", "a VPC endpoint policy denied it"),
        ("The security token included in the request is expired", "the credentials had expired"),
        (
            "You don\u{2019}t have permissions to access this resource.",
            "'Access Denied' alone does"
        ),
        ("hello", "this is not a message of AWS about a denial"),
        ("", "this is not a message of AWS about a denial"),
        ("is not authorized to perform: s3:GetObject", "the message does not say who was denied"),
        ("User: bob is not authorized to perform: s3:GetObject", "'bob' in the message is not the"),
        ("User: \(bob) is not authorized to perform:", "the message does not say what was denied"),
        (
            "User: \(bob) is not authorized to perform: reading",
            "'reading' in the message is not an"
        ),
    ]

    @Test("that do not tell say what to give instead", arguments: useless)
    func problems(_ row: (text: String, says: String)) {
        do throws(PastedMessage.Problem) {
            let message = try PastedMessage(row.text)
            Issue.record("read as \(message)")
        } catch {
            #expect(error.message.hasPrefix(row.says), "\(error.message)")
            #expect(!error.message.hasSuffix("."))
            #expect(!error.help.isEmpty && !error.help.hasSuffix("."))
        }
    }

    @Test("long ones take time in proportion, and no bytes are too odd")
    func anyBytes() throws {
        let unit = "User: arn: is not authorized on resource: because no &quot with an explicit den"
        #expect(throws: PastedMessage.Problem.self) {
            try PastedMessage(String(repeating: unit, count: 2_000))
        }
        let quotes = Self.plain.replacing(Self.queue, with: String(repeating: "\"", count: 20_000))
        #expect(try PastedMessage(quotes).principal == Self.bob)
        var state: UInt64 = 7
        for _ in 0..<300 {
            var bytes = Array(Self.surroundings[Int(state % 16)].text.utf8)
            for _ in 0..<8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let first = try? PastedMessage(text)
            #expect(first == (try? PastedMessage(text)))
            if let first { #expect(ARN(first.principal) != nil || first.principal == "anonymous") }
        }
    }

    static let agreements: [(StatedReason, Decision, StatedReason.Agreement)] = [
        (
            StatedReason(.serviceControlPolicy, .explicitDeny),
            Decision(.explicitDeny, reasons: [Reason(.serviceControlPolicy, .explicitDeny)]),
            .agrees(note: nil)
        ),
        (
            StatedReason(.serviceControlPolicy, .explicitDeny),
            Decision(.implicitDeny, reasons: [Reason(.serviceControlPolicy, .implicitDeny)]),
            .agrees(
                note: "AWS names a service control policy that denies; here none denies, and none "
                    + "allows either"
            )
        ),
        (
            StatedReason(.identityPolicy, .explicitDeny, policyARN: "arn:aws:iam::1:policy/A"),
            Decision(
                .explicitDeny,
                reasons: [
                    Reason(.identityPolicy, .explicitDeny, policyARN: "arn:aws:iam::1:policy/B")
                ]
            ),
            .agrees(note: "AWS names arn:aws:iam::1:policy/A; here it is arn:aws:iam::1:policy/B")
        ),
        (
            StatedReason(.resourcePolicy, .explicitDeny),
            Decision(.explicitDeny, reasons: [Reason(.blockPublicAccess, .explicitDeny)]),
            .agrees(note: nil)
        ),
        (
            StatedReason(.serviceControlPolicy, .explicitDeny),
            Decision(.implicitDeny, reasons: [Reason(.identityPolicy, .implicitDeny)]),
            .differs(
                "AWS names a service control policy that denies, which is not in the way here; here "
                    + "it is identityPolicy"
            )
        ),
        (
            StatedReason(.permissionsBoundary, .implicitDeny),
            Decision(.allowed, reasons: [Reason(.identityPolicy, .allow)]),
            .differs(
                "AWS names a permissions boundary that allows nothing; here the request is allowed"
            )
        ),
        (
            StatedReason(.vpcEndpointPolicy, nil),
            Decision(.implicitDeny, reasons: [Reason(.vpcEndpointPolicy, .implicitDeny)]),
            .agrees(note: nil)
        ),
        (StatedReason(nil, .explicitDeny), Decision(.explicitDeny), .isSilent),
        (
            StatedReason(nil, .explicitDeny),
            Decision(.undetermined, reasons: [Reason(.serviceControlPolicy, .explicitDeny)]),
            .isSilent
        ),
        (
            StatedReason(nil, .explicitDeny), Decision(.implicitDeny),
            .differs("AWS names an explicit deny; here no statement denies")
        ),
    ]

    @Test("are compared with what is decided here", arguments: agreements)
    func agreement(_ row: (StatedReason, Decision, StatedReason.Agreement)) {
        #expect(row.0.agreement(with: row.1) == row.2)
    }

    @Test(
        "of all recorded events that name a user and an action are read",
        .enabled(if: CloudTrail.areThere)
    )
    func recorded() throws {
        var read = 0
        for (file, record) in try CloudTrail.records() {
            guard let text = record["errorMessage"]?.string,
                text.contains("is not authorized to perform")
            else { continue }
            let message = try PastedMessage(text)
            #expect(text.contains(message.principal), "\(file): \(text)")
            #expect(text.contains(message.action.description), "\(file): \(text)")
            #expect(message.resource.map { text.contains($0) } ?? true, "\(file): \(text)")
            let tells = text.contains("with an explicit deny in") || text.contains("because no")
            #expect((message.stated?.policyType != nil) == tells, "\(file): \(text)")
            read += 1
        }
        #expect(read > 40)
    }
}
