import Authorization
import Explaining
import PolicyLanguage
import Reports
import TestSupport
import Testing

/// What people read of typical decisions, as whole texts.
@Suite("Explanations as text")
struct ExplanationGoldenTests {
    struct Row: CustomTestStringConvertible {
        let name: String
        let request: String
        var change: @Sendable (inout Request) -> Void = { _ in }

        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "scp-region",
            request:
                #"{"principal": "prod:role/Admin", "action": "ec2:RunInstances", "resource": "arn:aws:ec2:us-east-1:222222222222:instance/*"}"#
        ),
        Row(
            name: "scp-level-silent",
            request:
                #"{"principal": "play:role/Dev", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:eu-west-1:444444444444:q"}"#
        ),
        Row(
            name: "boundary-silent",
            request:
                #"{"principal": "prod:user/ann", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:eu-west-1:222222222222:q"}"#
        ),
        Row(
            name: "session-policy",
            request:
                #"{"principal": "prod:role/Admin", "session": {"assumeRole": {"role": "prod:role/Reader", "roleSessionName": "ci", "policy": {"Version": "2012-10-17", "Statement": {"Sid": "OnlyList", "Effect": "Allow", "Action": "sqs:List*", "Resource": "*"}}}}, "action": "sqs:SendMessage", "resource": "arn:aws:sqs:eu-west-1:222222222222:q"}"#
        ),
        Row(
            name: "identity-silent",
            request:
                #"{"principal": "prod:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-logs/2026/01", "context": {"aws:SourceIp": "203.0.113.7", "aws:RequestedRegion": "eu-west-1"}}"#
        ),
        Row(
            name: "cross-account-no-resource-side",
            request:
                #"{"principal": "prod:role/Admin", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:eu-west-1:999999999999:orders"}"#
        ),
        Row(
            name: "trust-external-id",
            request:
                #"{"principal": "partner:role/Collector", "action": "sts:AssumeRole", "resource": "prod:role/Reader", "context": {"sts:ExternalId": "acme-7713"}}"#
        ),
        Row(
            name: "rcp-perimeter",
            request:
                #"{"principal": "partner:role/Collector", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-data/x"}"#
        ),
        Row(
            name: "kms-key-policy",
            request:
                #"{"principal": "prod:role/Admin", "action": "kms:Decrypt", "resource": "arn:aws:kms:eu-west-1:222222222222:key/k1"}"#
        ),
        Row(
            name: "block-public-access",
            request:
                #"{"principal": "prod:role/Admin", "action": "s3:GetObject", "resource": "arn:aws:s3:::partner-site/index.html", "context": {"aws:RequestedRegion": "eu-west-1"}}"#
        ),
        Row(
            name: "vpc-endpoint",
            request:
                #"{"principal": "prod:role/Admin", "action": "s3:GetObject", "resource": "arn:aws:s3:::partner-site/index.html", "through": "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1", "context": {"aws:RequestedRegion": "eu-west-1"}}"#
        ),
        Row(
            name: "undetermined",
            request:
                #"{"principal": "prod:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-logs/2026/01"}"#
        ) { request in
            request.unknownKeys.insert("aws:RequestedRegion")
            request.unknownKeys.insert("aws:SourceIp")
        },
        Row(
            name: "allowed",
            request:
                #"{"principal": "prod:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-data/ops/x", "context": {"aws:RequestedRegion": "eu-west-1"}}"#
        ),
        Row(
            name: "allowed-directly",
            request:
                #"{"principal": "prod:user/ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::acme-data/x", "context": {"aws:RequestedRegion": "eu-west-1"}}"#
        ),
        Row(
            name: "expired",
            request:
                #"{"principal": "prod:role/Admin", "session": {"assumeRole": {"role": "prod:role/Admin", "roleSessionName": "night", "sourceIdentity": "ann", "tags": {"team": "data"}, "transitiveTagKeys": ["team"]}}, "action": "s3:ListAllMyBuckets"}"#
        ) { $0.instant = $0.instant.adding(seconds: 7_200) },
        Row(
            name: "service-rule",
            request:
                #"{"principal": "anonymous", "action": "ec2:RunInstances", "resource": "*"}"#
        ),
    ]

    @Test("a typical decision, as a whole text (EVAL-5)", arguments: rows)
    func reads(row: Row) throws {
        let world = try ExplainedWorld()
        var request = try world.request(row.request)
        row.change(&request)
        let text = world.text(Explanation(of: request, by: world.engine))
        #expect(try Golden.text(row.name + ".txt", madeFrom: text) == text)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 24, "\(lines.count) lines\n\(text)")
        for line in lines {
            let words = line.split(separator: " ")
            #expect(line.unicodeScalars.count <= 80 || words.count == 1, "\(line)")
        }
    }
}
