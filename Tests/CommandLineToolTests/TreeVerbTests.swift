import CommandLineTool
import Foundation
import JSONSource
import Testing

@Suite("orgsim tree")
struct TreeVerbTests {
    private static let organization = #"""
        {
          "organization": { "id": "o-exampleorg1", "managementAccount": "main" },
          "serviceControlPolicies": {
            "Lock": { "Version": "2012-10-17", "Statement": [
              { "Sid": "Regions", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
                "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } },
              { "Effect": "Deny", "Action": ["s3:a", "s3:b", "s3:c", "s3:d", "s3:e"],
                "Resource": "arn:aws:s3:::x/*" } ] }
          },
          "resourceControlPolicies": {
            "Own": { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*",
              "Action": "s3:*", "Resource": "*" } }
          },
          "root": {
            "id": "r-ab12",
            "resourceControlPolicies": ["Own"],
            "accounts": { "main": { "id": "111111111111" } },
            "organizationalUnits": {
              "Workloads": {
                "id": "ou-ab12-workload1",
                "serviceControlPolicies": ["FullAWSAccess", "Lock"],
                "accounts": {
                  "shop": { "id": "222222222222" },
                  "closed": { "id": "333333333333", "status": "SUSPENDED",
                    "serviceControlPolicies": [] }
                }
              }
            }
          },
          "externalAccounts": { "vendor\u001b[31m": { "id": "999999999999" } }
        }
        """#

    private func tree(_ options: String...) throws -> ToolRun {
        let folder = try TemporaryFolder(["o.json": Self.organization])
        return orgsim(["tree", "--organization", folder["o.json"]] + options)
    }

    @Test("what is attached stands at its place, and what it allows or denies in a line")
    func text() throws {
        let run = try tree()
        #expect(run.exitCode == .success, "\(run.errors)")
        #expect(
            run.output == """
                organization o-exampleorg1
                Root  r-ab12  3 accounts
                │ SCP FullAWSAccess: allows everything
                │ RCP Own
                │   0: denies s3:*
                ├─ main  111111111111  management account: no control policy reaches it
                └─ Workloads  ou-ab12-workload1  2 accounts
                   │ SCP FullAWSAccess: allows everything
                   │ SCP Lock
                   │   Regions: denies all but iam:*, sts:* if StringNotEquals aws:RequestedRegion
                   │   1: denies s3:a, s3:b, s3:c and 2 more on arn:aws:s3:::x/*
                   ├─ shop  222222222222
                   └─ closed  333333333333  SUSPENDED
                        no SCP: nothing is allowed here
                outside the organization
                └─ vendor\\u{1b}[31m  999999999999

                """
        )
    }

    @Test("--brief counts statements")
    func brief() throws {
        let run = try tree("--brief")
        #expect(run.output.contains("SCP Lock: 2 statements\n"))
        #expect(!run.output.contains("Regions"))
    }

    @Test("as JSON it is the same tree")
    func json() throws {
        let value = try tree("--format", "json").json()
        let unit = value["root"]?["organizationalUnits"]?.element(0)
        #expect(unit?["path"]?.string == "Root/Workloads")
        #expect(
            unit?["accounts"]?.elements?.compactMap { $0["name"]?.string } == ["shop", "closed"]
        )
        #expect(unit?["accounts"]?.element(1)?["serviceControlPolicies"]?.elements?.isEmpty == true)
        let lock = unit?["serviceControlPolicies"]?.element(1)
        #expect(lock?["policy"]?.string == "Lock")
        #expect(lock?["statements"]?.element(0)?["effect"]?.string == "Deny")
        #expect(value["root"]?["accounts"]?.element(0)?["isManagementAccount"]?.bool == true)
        #expect(value["externalAccounts"]?.element(0)?["id"]?.string == "999999999999")
    }

    @Test("another format is refused, and so is an organization with a mistake")
    func refused() throws {
        #expect(try tree("--format", "yaml").exitCode == .invalidInput)
        let folder = try TemporaryFolder(["o.json": "{}"])
        let run = orgsim(["tree", "--organization", folder["o.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
    }

    @Test("four hundred accounts take a line each")
    func large() throws {
        let accounts = (0..<400).map { "\"a\($0)\": { \"id\": \"\(200_000_000_000 + $0)\" }" }
        let folder = try TemporaryFolder([
            "o.json": """
            { "organization": { "managementAccount": "a0" },
              "root": { "accounts": { \(accounts.joined(separator: ", ")) } } }
            """
        ])
        let run = orgsim(["tree", "--organization", folder["o.json"]])
        #expect(run.output.split(separator: "\n").count == 403)
    }
}
