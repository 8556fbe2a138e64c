import Authorization
import Explaining
import PolicyLanguage
import Testing

@Suite("What a recorded call needed")
struct RecordedNeedsTests {
    @Test("each action of a call has its own resource, and a denial names the action it is about")
    func needs() throws {
        let keys = ["from", "to"].map { "arn:aws:kms:eu-west-1:222222222222:key/\($0)" }
        let listed = keys.map { #"{"ARN": "\#($0)"}"# }.joined(separator: ",")
        let encryption = try RecordedEventTests.event(
            RecordedEventTests.record(
                "kms",
                "ReEncrypt",
                parameters: #"{"sourceKeyId": "\#(keys[0])", "destinationKeyId": "\#(keys[1])"}"#,
                more: #", "resources": [\#(listed)]"#
            )
        )
        #expect(encryption.needs.map(\.resource) == keys.map { .named($0) })
        let message =
            "User: arn:aws:iam::222222222222:user/people/bob is not authorized to perform: "
            + "iam:PassRole on resource: arn:aws:iam::222222222222:role/Run because no "
            + "identity-based policy allows the iam:PassRole action"
        let creation = try RecordedEventTests.event(
            RecordedEventTests.record(
                "lambda",
                "CreateFunction20150331",
                parameters: #"{"functionName": "f", "role": "arn:aws:iam::222222222222:role/Run"}"#,
                more: #", "errorCode": "AccessDenied", "errorMessage": "\#(message)""#
            )
        )
        #expect(creation.actions.map(\.description) == ["lambda:CreateFunction", "iam:PassRole"])
        #expect(
            creation.needs.map(\.resource) == [
                .named("arn:aws:lambda:eu-west-1:222222222222:function:f"),
                .named("arn:aws:iam::222222222222:role/Run"),
            ]
        )
        #expect(
            creation.actions.map { creation.outcome.statement(of: $0) != nil } == [false, true]
        )
        #expect(creation.unrecordedKeys.contains("iam:*"))
        #expect(creation.unrecordedKeys.contains("lambda:*"))
        let version = message.replacing("iam:PassRole", with: "s3:GetObjectVersion")
            .replacing("arn:aws:iam::222222222222:role/Run", with: "arn:aws:s3:::b/k")
        let reading = try RecordedEventTests.event(
            RecordedEventTests.record(
                "s3",
                "GetObject",
                parameters: #"{"bucketName": "b", "key": "k", "versionId": "1"}"#,
                more: #", "errorCode": "AccessDenied", "errorMessage": "\#(version)""#
            )
        )
        // With a version no other action is asked for (S3 User Guide, "Required permissions").
        #expect(reading.actions.map(\.description) == ["s3:GetObjectVersion"])
        #expect(reading.needs.map(\.resource.text) == ["arn:aws:s3:::b/k"])
    }

    @Test("a key that the call cannot have carried is not unknown")
    func impossibleKeys() throws {
        func unknown(_ name: String, from address: String, _ more: String = "") throws -> [String] {
            let record = RecordedEventTests.record("ec2", name, more: more)
                .replacing("203.0.113.9", with: address)
            return try RecordedEventTests.event(record).unrecordedKeys
        }
        let endpointKeys = ["aws:SourceVpc", "aws:VpceAccount", "aws:VpceOrgID"]
        let outside = try unknown("DescribeInstances", from: "203.0.113.9")
        #expect(!outside.contains { endpointKeys.contains($0) || $0 == "aws:TagKeys" })
        #expect(outside.contains("aws:PrincipalTag/*"))
        let inside = try unknown("RunInstances", from: "10.0.0.1")
        #expect(Set(inside).isSuperset(of: endpointKeys + ["aws:TagKeys", "aws:RequestTag/*"]))
        let endpoint = #", "vpcEndpointId": "vpce-1", "vpcEndpointAccountId": "222222222222""#
        let through = try unknown("DescribeInstances", from: "203.0.113.9", endpoint)
        #expect(Set(through).isSuperset(of: endpointKeys))
    }
}
