import CommandLineTool
import JSONSource
import Testing

/// What `orgsim explain` says of AWS's own word on a request: of a record, or of a message.
@Suite("AWS's word beside the verdict")
struct ExplainedStatementTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(["org.json": Self.organization]) }

    /// The user ann may read and write from the office, and use queues in one Region.
    private static let organization = Sample.organization
        .replacing(
            #"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }"#,
            with: #"""
                [ { "Sid": "Office", "Effect": "Allow", "Action": ["s3:*", "sqs:*"], "Resource": "*",
                    "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } },
                  { "Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::open/*" },
                  { "Sid": "Regions", "Effect": "Deny", "Action": "sqs:*", "Resource": "*",
                    "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } } ]
                """#
        )

    private static let ann = "arn:aws:iam::100000000002:user/ann"

    private static func record(
        _ name: String,
        _ parameters: String,
        from address: String = "203.0.113.7",
        _ more: String = ""
    ) -> String {
        #"""
        {"eventVersion":"1.11","eventTime":"2026-01-10T08:00:00Z","eventSource":"s3.amazonaws.com",
         "eventName":"\#(name)","awsRegion":"eu-west-1","sourceIPAddress":"\#(address)",
         "userIdentity":{"type":"IAMUser","arn":"\#(ann)","accountId":"100000000002",
           "userName":"ann","principalId":"AIDAX"},
         "requestParameters":\#(parameters)\#(more)}
        """#
    }

    private func explain(record: String) throws -> ToolRun {
        let files = try TemporaryFolder(["log.json": record])
        let run = orgsim([
            "explain", "--organization", folder["org.json"], "--event", files["log.json"],
            "--format", "json",
        ])
        #expect(run.exitCode == .success, "\(run.errors)")
        return run
    }

    private func explain(message: String, _ more: String...) throws -> JSONValue {
        let run = orgsim(
            [
                "explain", "--organization", folder["org.json"], "--message", message, "--format",
                "json",
            ] + more
        )
        #expect(run.exitCode == .success, "\(run.errors)")
        return try #require(run.json()["explanations"]?.elements?.first)
    }

    @Test(
        "COND-28: the address of a call by way of a service is not known, and no disagreement",
        arguments: ["athena.amazonaws.com", "AWS Internal"]
    )
    func unknownAddress(address: String) throws {
        let parameters = #"{"bucketName":"b","key":"x"}"#
        let allowed = try explain(record: Self.record("GetObject", parameters, from: address))
        let told = try #require(allowed.json()["explanations"]?.elements?.first)
        #expect(told["decision"]?.string == "undetermined")
        #expect(
            told["remark"]?.string
                == "the record says that AWS allowed it; here it is allowed with some values of "
                + "what the record does not tell"
        )
        let more = #","errorCode":"AccessDenied","errorMessage":"Access Denied""#
        let denied = try explain(record: Self.record("GetObject", parameters, from: address, more))
        let other = try #require(denied.json()["explanations"]?.elements?.first)
        #expect(
            other["remark"]?.string
                == "AWS denied it; here it is denied with some values of what the record does not tell"
        )
    }

    @Test("a reason that may be in the way is told as that")
    func openReason() throws {
        let message =
            "User: \(Self.ann) is not authorized to perform: s3:PutObject on resource: "
            + "\"arn:aws:s3:::b/x\" because no identity-based policy allows the s3:PutObject action"
        let told = try explain(message: message, "--unknown", "aws:SourceIp")
        #expect(told["decision"]?.string == "undetermined")
        #expect(
            told["remark"]?.string
                == "AWS names what stands in the way here with some values of what the message "
                + "does not tell"
        )
    }

    @Test("the message of a record tells of the one action that it names")
    func severalActions() throws {
        let message =
            "User: \(Self.ann) is not authorized to perform: s3:GetObject on resource: "
            + #"\"arn:aws:s3:::from/a\" because no identity-based policy allows the s3:GetObject action"#
        let run = try explain(
            record: Self.record(
                "CopyObject",
                #"{"bucketName":"to","key":"b","x-amz-copy-source":"from/a"}"#,
                from: "203.0.113.7",
                #","errorCode":"AccessDenied","errorMessage":"\#(message)""#
            )
        )
        let told = try #require(run.json()["explanations"]?.elements)
        #expect(told.map { $0["action"]?.string } == ["s3:PutObject", "s3:GetObject"])
        #expect(
            told.map { $0["resource"]?.string } == ["arn:aws:s3:::to/b", "arn:aws:s3:::from/a"]
        )
        #expect(told[0]["remark"] == nil)
        #expect(
            told[1]["remark"]?.string
                == "AWS names an identity-based policy that allows nothing; here the request is allowed"
        )
    }

    @Test("of a call with several actions a bare denial does not say which")
    func oneOfSeveral() throws {
        let run = try explain(
            record: Self.record(
                "CopyObject",
                #"{"bucketName":"to","key":"b","x-amz-copy-source":"/from/a?versionId=1"}"#,
                from: "203.0.113.7",
                #","errorCode":"AccessDenied","errorMessage":"Access Denied""#
            )
        )
        let told = try #require(run.json()["explanations"]?.elements)
        #expect(
            told.map { $0["resource"]?.string } == ["arn:aws:s3:::to/b", "arn:aws:s3:::from/a"]
        )
        #expect(
            told.map { $0["remark"]?.string }
                == Array(
                    repeating: "the record says that AWS denied the call, not which of its actions",
                    count: 2
                )
        )
    }

    @Test("what the record does not tell of one action keeps none of the others back")
    func missingResource() throws {
        let run = try explain(record: Self.record("CopyObject", #"{"bucketName":"to","key":"b"}"#))
        let told = try #require(run.json()["explanations"]?.elements)
        #expect(told.map { $0["action"]?.string } == ["s3:PutObject"])
        #expect(run.errors == "note: the record does not say what s3:GetObject was for\n")
    }

    @Test("where a message differs for want of keys, they are named")
    func absentKeys() throws {
        let message =
            "User: \(Self.ann) is not authorized to perform: sqs:ListQueues "
            + "with an explicit deny in a service control policy"
        let told = try explain(message: message)
        let remark = try #require(told["remark"]?.string)
        #expect(remark.hasPrefix("AWS names a service control policy that denies, which is not"))
        #expect(remark.contains("aws:RequestedRegion"))
        #expect(remark.hasSuffix("give --context KEY=VALUE, or --unknown '*'"))
        // AWS names explicit denies first: it cannot have seen this one.
        let silent = message.replacing(
            "with an explicit deny in a service control policy",
            with: "because no identity-based policy allows the sqs:ListQueues action"
        )
        let same = try explain(message: silent)
        #expect(same["decision"]?.string == "explicitDeny")
        #expect(
            same["remark"]?.string?.hasSuffix("give --context KEY=VALUE, or --unknown '*'") == true
        )
        let given = try explain(
            message: silent,
            "--context",
            "aws:RequestedRegion=eu-west-1",
            "--context",
            "aws:SourceIp=198.51.100.1"
        )
        #expect(given["remark"]?.string == "AWS names the same reason")
    }
}
