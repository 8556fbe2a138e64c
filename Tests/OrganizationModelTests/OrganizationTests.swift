import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

@Suite("Organization")
struct OrganizationTests {
    private static let text = #"""
        {
          "organization": {"id": "o-example123", "managementAccount": "100000000001"},
          "serviceControlPolicies": {"Deny": \#(Text.allowAll)},
          "root": {
            "id": "r-ex01", "tags": {"level": "0"},
            "accounts": {"main": {"id": "100000000001"}},
            "organizationalUnits": {
              "Work": {
                "id": "ou-ex01-work0001",
                "serviceControlPolicies": ["FullAWSAccess", "Deny"],
                "accounts": {"data": {"id": "100000000002", "tags": {"team": "red"}}},
                "organizationalUnits": {
                  "Prod": {
                    "id": "ou-ex01-prod0001",
                    "accounts": {"shop": {
                      "id": "100000000003",
                      "resources": {"arn:aws:s3:::shop": {"policy": \#(Text.bucket), "region": "eu-west-1"}}
                    }}
                  }
                }
              }
            }
          },
          "trustedAccess": ["sso.amazonaws.com"],
          "delegatedAdministrators": {"sso.amazonaws.com": ["data"]},
          "centralizedRootAccess": {"rootSessions": true},
          "externalAccounts": {
            "vendor": {"id": "900000000001", "organizationId": "o-elsewhere1"},
            "loner": {"id": "900000000002"}
          }
        }
        """#

    private let organization: Organization

    init() throws {
        organization = try OrganizationModelTests.organization(Self.text)
    }

    private func account(_ name: String) throws -> Account {
        try #require(organization.account(named: name))
    }

    @Test("units are addressed by path from the root or by id")
    func nodes() {
        let paths = ["Root", "Root/Work", "Root/Work/Prod"]
        #expect(organization.nodes.map(\.path) == paths)
        for path in paths { #expect(organization.node(path)?.path == path) }
        #expect(organization.node("ou-ex01-prod0001")?.path == "Root/Work/Prod")
        #expect(organization.node("r-ex01")?.path == "Root")
        #expect(organization.node("Prod") == nil)
        #expect(organization.node("root") == nil)
    }

    @Test("accounts are found by name and by id, members and others")
    func accounts() throws {
        #expect(organization.accountNames.sorted() == ["data", "loner", "main", "shop", "vendor"])
        #expect(organization.account(named: "data")?.id == AccountID("100000000002"))
        #expect(organization.account(named: "100000000002")?.name == "data")
        #expect(organization.account(named: "900000000001")?.name == "vendor")
        #expect(organization.account(named: "Data") == nil)
        #expect(organization.account(named: "123456789012") == nil)
        let id = try #require(AccountID("100000000003"))
        #expect(organization.account(id)?.name == "shop")
        #expect(organization.index(of: id).map { organization.accounts[$0].name } == "shop")
    }

    @Test("the path to an account leads from the root down, outside there is none")
    func paths() throws {
        #expect(
            organization.path(to: try account("shop")).map(\.path) == [
                "Root", "Root/Work", "Root/Work/Prod",
            ]
        )
        #expect(organization.path(to: try account("main")).map(\.path) == ["Root"])
        #expect(organization.path(to: try account("vendor")).isEmpty)
    }

    @Test("KEY-3.1: aws:PrincipalOrgPaths ends in a slash and has one id a level")
    func organizationPaths() throws {
        let shop = "o-example123/r-ex01/ou-ex01-work0001/ou-ex01-prod0001/"
        #expect(organization.organizationPath(of: try account("shop")) == shop)
        #expect(organization.organizationPath(of: try account("main")) == "o-example123/r-ex01/")
        #expect(organization.organizationPath(of: try account("vendor")) == nil)
        #expect(organization.organizationPath(of: try account("loner")) == nil)
    }

    @Test("KEY-3.1: an account outside has the organization it names, or none")
    func organizationIDs() throws {
        #expect(organization.organizationID(of: try account("main")) == "o-example123")
        #expect(organization.organizationID(of: try account("vendor")) == "o-elsewhere1")
        #expect(organization.organizationID(of: try account("loner")) == nil)
    }

    @Test("the management account is the one named, by name or id")
    func managementAccount() throws {
        #expect(organization.identity?.managementAccount == AccountID("100000000001"))
        #expect(organization.isManagementAccount(try account("main")))
        #expect(!organization.isManagementAccount(try account("data")))
        #expect(!organization.isManagementAccount(try account("vendor")))
    }

    @Test("settings beside the organization are kept")
    func settings() {
        #expect(organization.trustedAccess == ["sso.amazonaws.com"])
        #expect(
            organization.delegatedAdministrators == [
                "sso.amazonaws.com": [AccountID("100000000002")].compactMap(\.self)
            ]
        )
        #expect(organization.centralizedRootAccess.rootSessions)
        #expect(!organization.centralizedRootAccess.rootCredentialsManagement)
    }

    @Test("SCP-5: a list left out means FullAWSAccess, a list given is exact")
    func attachments() throws {
        #expect(
            organization.nodes.map { $0.serviceControlPolicies.map(\.name) } == [
                ["FullAWSAccess"], ["FullAWSAccess", "Deny"], ["FullAWSAccess"],
            ]
        )
        #expect(try account("shop").serviceControlPolicies.map(\.name) == ["FullAWSAccess"])
        #expect(try account("vendor").serviceControlPolicies.isEmpty)
        #expect(organization.nodes.flatMap(\.resourceControlPolicies).isEmpty)
    }

    @Test("tags of units and accounts are read")
    func tags() throws {
        #expect(organization.node("Root")?.tags == Tags([.init(key: "level", value: "0")]))
        #expect(try account("data").tags == Tags([.init(key: "team", value: "red")]))
        #expect(try account("shop").tags.isEmpty)
    }

    @Test("a listed resource is found with its account")
    func listedResources() throws {
        let found = try #require(organization.listed("arn:aws:s3:::shop"))
        #expect(found.account.name == "shop")
        #expect(found.resource.region == "eu-west-1")
        #expect(found.resource.policy?.document.statements.count == 1)
        #expect(organization.listed("arn:aws:s3:::shop/x") == nil)
    }

    @Test("a file of single accounts has no organization")
    func withoutOrganization() throws {
        let text = #"{"externalAccounts": {"solo": {"id": "100000000009"}}}"#
        let solo = try OrganizationModelTests.organization(text)
        #expect(solo.identity == nil)
        #expect(solo.nodes.isEmpty)
        let account = try #require(solo.account(named: "solo"))
        #expect(!account.isMember)
        #expect(solo.organizationID(of: account) == nil)
    }
}

@Suite("Control policies of an organization")
struct ControlPolicyTests {
    private func load(
        root: String,
        header: String = "",
        warnings: [String] = []
    ) throws -> Organization {
        try organization(
            #"""
            {"organization": {"managementAccount": "main"\#(header)},
             "serviceControlPolicies": {"S": \#(Text.allowAll)},
             "resourceControlPolicies": {"R": {"Version": "2012-10-17", "Statement": {
               "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}},
             "root": {"accounts": {"main": {"id": "100000000001"}}, \#(root)}}
            """#,
            warnings: warnings
        )
    }

    @Test("SCP-2: an empty list of SCPs attaches nothing, with a warning")
    func noPolicies() throws {
        let warning = "no service control policy is attached, so nothing is allowed here"
        let organization = try load(root: #""serviceControlPolicies": []"#, warnings: [warning])
        #expect(organization.node("Root")?.serviceControlPolicies.isEmpty == true)
    }

    @Test("RCP-2: RCPFullAWSAccess may be written and decides nothing")
    func fullResourceAccess() throws {
        let organization = try load(root: #""resourceControlPolicies": ["RCPFullAWSAccess", "R"]"#)
        #expect(organization.node("Root")?.resourceControlPolicies.map(\.name) == ["R"])
    }

    @Test("FullAWSAccess allows everything")
    func fullAccess() throws {
        let policy = try #require(
            try load(root: #""tags": {}"#).node("Root")?.serviceControlPolicies.first
        )
        let statement = try #require(policy.document.statements.first)
        #expect(statement.effect == .allow)
        #expect(statement.actions.covers(try #require(ActionName("iam:CreateUser"))))
        #expect(statement.resources?.covers(.none, in: RequestContext()) == true)
    }

    @Test("SCP-6, RCP-9: both types are in force unless the root says otherwise")
    func enabledTypes() throws {
        #expect(
            try load(root: #""tags": {}"#).enabledPolicyTypes == [
                .serviceControlPolicy, .resourceControlPolicy,
            ]
        )
        let one = #""policyTypes": ["RESOURCE_CONTROL_POLICY", "TAG_POLICY"]"#
        #expect(try load(root: one).enabledPolicyTypes == [.resourceControlPolicy])
        #expect(try load(root: #""policyTypes": []"#).enabledPolicyTypes.isEmpty)
    }

    @Test("SCP-6: consolidated billing has no policies in force")
    func consolidatedBilling() throws {
        let header = #", "featureSet": "CONSOLIDATED_BILLING""#
        #expect(try load(root: #""tags": {}"#, header: header).enabledPolicyTypes.isEmpty)
    }

    @Test("the same policy attached twice, a reserved name and an unknown one are refused")
    func refused() throws {
        let twice = try parse(
            #"""
            {"organization": {"managementAccount": "main"},
             "serviceControlPolicies": {"FullAWSAccess": \#(Text.allowAll)},
             "root": {"accounts": {"main": {"id": "100000000001"}},
               "serviceControlPolicies": ["FullAWSAccess", "FullAWSAccess", "FulAWSAccess"]}}
            """#
        )
        #expect(twice.value == nil)
        #expect(
            twice.diagnostics.map(\.message) == [
                "'FullAWSAccess' always exists and cannot be defined anew",
                "'FullAWSAccess' is attached twice",
                "there is no service control policy 'FulAWSAccess', did you mean 'FullAWSAccess'?",
            ]
        )
    }
}

@Suite("Governing resource")
struct GoverningResourceTests {
    private let organization: Organization

    init() throws {
        let arns = [
            "arn:aws:s3:::data", "arn:aws:s3:::data/folder", "arn:aws:sqs:eu-west-1:100000000001:q",
            "arn:aws:dynamodb:eu-west-1:100000000001:table/t",
            "arn:aws:logs:eu-west-1:100000000001:log-group:app",
            "arn:aws:logs:EU:log-group:/aws/app",
            "arn:aws:secretsmanager:EU:secret:prod", "arn:aws:ssm:EU:parameter/prod",
            "arn:aws:ecr:EU:repository/team", "arn:aws:kinesis:EU:stream/s",
            "arn:aws:events:EU:event-bus/default", "arn:aws:events:EU:event-bus/orders",
            "arn:aws:glue:EU:catalog", "arn:aws:codeartifact:EU:repository/d/r",
            "arn:aws:es:EU:domain/x", "arn:aws:s3:EU:accesspoint/a",
            "arn:aws:execute-api:EU:id", "arn:aws:elasticfilesystem:EU:file-system/fs-1",
            "arn:aws:lambda:eu-west-1:100000000001:function:f",
            "arn:aws:lambda:eu-west-1:100000000001:function:g:live",
        ].map { $0.replacing("EU", with: "eu-west-1:100000000001") }
        let resources =
            arns.map { #""\#($0)": {"tags": {"listed": "yes"}}"# } + [
                #""named": {"arn": "arn:aws:sns:eu-west-1:100000000001:topic"}"#
            ]
        organization = try OrganizationModelTests.organization(
            #"{"externalAccounts": {"app": {"id": "100000000001", "resources": {\#(resources.joined(separator: ","))}}}}"#
        )
    }

    struct Case: CustomTestStringConvertible {
        let arn: String
        let governing: String?

        init(_ arn: String, _ governing: String?) {
            self.arn = arn
            self.governing = governing
        }

        var testDescription: String { "\(arn) is governed by \(governing ?? "nothing")" }
    }

    @Test(
        "formats 5, RBP-3: the nearest listed ARN above governs; Lambda qualifiers are exact",
        arguments: [
            Case("arn:aws:s3:::data", "arn:aws:s3:::data"),
            Case("arn:aws:s3:::data/x", "arn:aws:s3:::data"),
            Case("arn:aws:s3:::data/a/b:c/d", "arn:aws:s3:::data"),
            Case("arn:aws:s3:::data/folder", "arn:aws:s3:::data/folder"),
            Case("arn:aws:s3:::data/folder/x", "arn:aws:s3:::data/folder"),
            Case("arn:aws:s3:::data/folders", "arn:aws:s3:::data"),
            // A combining mark does not hide the separator before it.
            Case("arn:aws:s3:::data/\u{301}x", "arn:aws:s3:::data"),
            Case("arn:aws:s3:::data/a:\u{200D}d/é", "arn:aws:s3:::data"),
            Case("arn:aws:s3:::data2", nil),
            Case("arn:aws:s3:::data2/x", nil),
            Case("arn:aws:s3:::dat", nil),
            Case("arn:aws:s3:::Data/x", nil),
            Case("arn:aws:sqs:eu-west-1:100000000001:q", "arn:aws:sqs:eu-west-1:100000000001:q"),
            Case("arn:aws:sqs:us-east-1:100000000001:q", nil),
            Case(
                "arn:aws:dynamodb:eu-west-1:100000000001:table/t/index/i",
                "arn:aws:dynamodb:eu-west-1:100000000001:table/t"
            ),
            Case("arn:aws:dynamodb:eu-west-1:100000000001:table/u", nil),
            Case(
                "arn:aws:logs:eu-west-1:100000000001:log-group:app:log-stream:s",
                "arn:aws:logs:eu-west-1:100000000001:log-group:app"
            ),
            Case(
                "arn:aws:lambda:eu-west-1:100000000001:function:f",
                "arn:aws:lambda:eu-west-1:100000000001:function:f"
            ),
            Case("arn:aws:lambda:eu-west-1:100000000001:function:f:live", nil),
            Case(
                "arn:aws:lambda:eu-west-1:100000000001:function:g:live",
                "arn:aws:lambda:eu-west-1:100000000001:function:g:live"
            ),
            Case("arn:aws:lambda:eu-west-1:100000000001:function:g", nil),
            Case(
                "arn:aws:sns:eu-west-1:100000000001:topic:subscription",
                "arn:aws:sns:eu-west-1:100000000001:topic"
            ),
        ]
    )
    func governing(_ row: Case) throws {
        let arn = try #require(ARN(row.arn))
        #expect(organization.governing(arn)?.resource.arn.description == row.governing)
    }

    /// `EU` stands for Region and account.
    @Test(
        "RBP-3: who holds the policy, by the service's own word",
        arguments: [
            // A table speaks for its indexes, a stream for itself.
            Case("dynamodb:EU:table/t/index/i", "dynamodb:EU:table/t"),
            Case("dynamodb:EU:table/t/stream/2026-01-01T00:00:00.000", nil),
            Case("dynamodb:EU:table/t/backup/b", nil),
            Case(
                "logs:EU:log-group:/aws/app:log-stream:2026/01/01/[$LATEST]a",
                "logs:EU:log-group:/aws/app"
            ),
            Case("logs:EU:log-group:/aws/app:*", "logs:EU:log-group:/aws/app"),
            Case("logs:EU:log-group:/aws/app/web", nil),
            // Slashes in these are part of the name.
            Case("secretsmanager:EU:secret:prod/db-AbCdEf", nil),
            Case("ssm:EU:parameter/prod/db", nil),
            Case("ecr:EU:repository/team/app", nil),
            Case("ecr:EU:repository/team", "ecr:EU:repository/team"),
            Case("kinesis:EU:stream/s/consumer/c:1700000000", nil),
            Case("events:EU:rule/nightly", "events:EU:event-bus/default"),
            Case("events:EU:rule/orders/nightly", "events:EU:event-bus/orders"),
            Case("events:EU:rule/others/nightly", nil),
            Case("events:EU:archive/a", nil),
            Case("glue:EU:table/db/t", "glue:EU:catalog"),
            Case("glue:EU:database/db", "glue:EU:catalog"),
            Case("glue:EU:job/j", nil),
            Case("codeartifact:EU:package/d/r/npm//left-pad", "codeartifact:EU:repository/d/r"),
            Case("codeartifact:EU:package/d/q/npm//left-pad", nil),
            Case("es:EU:domain/x/index/_search", "es:EU:domain/x"),
            Case("s3:EU:accesspoint/a/object/k/l", "s3:EU:accesspoint/a"),
            Case("execute-api:EU:id/prod/GET/orders", "execute-api:EU:id"),
            // Who mounts by way of an access point is still asked about the file system.
            Case("elasticfilesystem:EU:access-point/fsap-1", nil),
        ]
    )
    func holders(_ row: Case) throws {
        func full(_ text: String) -> String {
            "arn:aws:" + text.replacing("EU", with: "eu-west-1:100000000001")
        }
        let arn = try #require(ARN(full(row.arn)))
        let found = organization.governing(arn)?.resource.arn.description
        #expect(found == row.governing.map(full))
    }
}
