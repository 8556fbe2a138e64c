import CommandLineTool
import Foundation
import JSONSource
import Testing

/// One organization exported by two tools, asked the same.
///
/// The exports lie beside the checkout and are not copied; a clone elsewhere skips this suite.
@Suite struct ImportAgreementTests {
    private static let inputs = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/inputs")
    static let areThere = ["org-export", "iam-collect-layout"].allSatisfy {
        FileManager.default.fileExists(atPath: inputs.appending(path: $0).path())
    }

    private static let actions: [(action: String, resources: [String])] = [
        (
            "s3:GetObject",
            [
                "arn:aws:s3:::examplecorp-data-lake-176370608373/orders/1",
                "arn:aws:s3:::sandbox-alice-public-7781/x", "arn:aws:s3:::orders-prod-eu-exports/x",
            ]
        ),
        ("s3:PutObject", ["arn:aws:s3:::examplecorp-data-lake-176370608373/orders/1"]),
        ("s3:DeleteBucket", ["arn:aws:s3:::data-dev-scratch-7781"]),
        (
            "kms:Decrypt",
            [
                "arn:aws:kms:us-east-1:176370608373:key/4224a5ef-56e5-4235-b3ec-2e338a161ced",
                "arn:aws:kms:us-east-1:740849922559:key/24c7a3de-5d52-497e-99dc-f5116afb297b",
            ]
        ),
        ("sqs:SendMessage", ["arn:aws:sqs:us-east-1:240304871223:orders-inbound"]),
        (
            "sts:AssumeRole",
            [
                "arn:aws:iam::240304871223:role/security/SecurityAuditRole",
                "arn:aws:iam::176370608373:role/LegacyAnyone",
                "arn:aws:iam::240304871223:role/PlatformAdmin",
            ]
        ),
        (
            "ec2:RunInstances",
            [
                "arn:aws:ec2:us-east-1:240304871223:instance/*",
                "arn:aws:ec2:ap-south-1:240304871223:instance/*",
            ]
        ),
        ("iam:CreateUser", ["arn:aws:iam::111122223333:user/x"]),
        ("organizations:LeaveOrganization", ["*"]), ("cloudtrail:StopLogging", ["*"]),
        ("dynamodb:PutItem", ["arn:aws:dynamodb:us-east-1:240304871223:table/orders"]),
        ("lambda:ListFunctions", ["*"]), ("rds:DescribeDBInstances", ["*"]),
        ("s3:ListBucket", ["arn:aws:s3:::examplecorp-org-cloudtrail-561667053720"]),
        ("iam:PassRole", ["arn:aws:iam::240304871223:role/app/OrdersWorker"]),
        ("sqs:ReceiveMessage", ["arn:aws:sqs:us-east-1:240304871223:orders-dlq"]),
        // iam-collect has none of their policies.
        ("events:PutEvents", ["arn:aws:events:us-east-1:926197470447:event-bus/findings"]),
        ("ecr:BatchGetImage", ["arn:aws:ecr:us-east-1:565761895073:repository/app/orders"]),
    ]

    @Test("both exports of one organization give the same verdicts", .enabled(if: areThere))
    func agreement() throws {
        let folder = try TemporaryFolder([:])
        for (source, name) in [("aws", "org-export"), ("iam-collect", "iam-collect-layout")] {
            let path = Self.inputs.appending(path: name).path()
            let run = importing(["import", source, path, "--to", folder[source]])
            #expect(run.exitCode == .success, "\(run.errors)")
        }
        let lines = try requests(folder["iam-collect/accounts"])
        #expect(lines.count >= 5_000)
        let answers = try ["aws", "iam-collect"].map { source in
            let run = orgsim(
                ["evaluate", "--organization", folder["\(source)/organization.json"]],
                input: lines.joined(separator: "\n") + "\n"
            )
            return try run.jsonLines().map { $0["decision"]?.string ?? JSONOutput($0).compact }
        }
        #expect(answers[0].count == lines.count && answers[1].count == lines.count)
        // What one of the tools does not tell is undetermined where the other may know.
        let told = lines.indices.filter {
            answers[0][$0] != "undetermined" && answers[1][$0] != "undetermined"
        }
        #expect(told.count >= 5_000, "\(told.count) of \(lines.count)")
        let differing = told.filter { answers[0][$0] != answers[1][$0] }
        for line in differing.prefix(5) {
            Issue.record("\(lines[line]): \(answers[0][line]) and \(answers[1][line])")
        }
        #expect(differing.count == 0)
        let kinds = Set(answers[0])
        #expect(kinds.isSuperset(of: ["allowed", "explicitDeny", "implicitDeny"]), "\(kinds)")
    }

    /// Every user and role of an account, of an export without Identity Center, with every action.
    private func requests(_ folder: String) throws -> [String] {
        var principals: [String] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(file)"))
            let account = try #require(JSONParser.parse([UInt8](bytes), file: 0).value)
            let id = try #require(account["id"]?.string)
            for (kind, list) in [("user", "users"), ("role", "roles")] {
                for entity in account["iam"]?[list]?.members ?? [] {
                    let path = entity.value["path"]?.string ?? "/"
                    principals.append("arn:aws:iam::\(id):\(kind)\(path)\(entity.key)")
                }
            }
        }
        let contexts = [
            "{}", #"{"aws:RequestedRegion": "ap-south-1", "aws:SourceIp": "203.0.113.9"}"#,
            #"{"aws:RequestedRegion": "us-east-1", "aws:MultiFactorAuthPresent": "true"}"#,
            #"{"sts:ExternalId": "x", "aws:SecureTransport": "false"}"#,
        ]
        return principals.flatMap { principal in
            Self.actions.flatMap { row in
                row.resources.flatMap { resource in
                    contexts.map {
                        #"{"principal": "\#(principal)", "action": "\#(row.action)", "resource": "\#(resource)", "context": \#($0)}"#
                    }
                }
            }
        }
    }
}
