import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// A small export with every encoding, as a whole.
@Suite struct FixtureTests {
    private let export = ImportedExport(
        folder: URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/export")
    )

    private var shop: [String] {
        [
            "root", "organizationalUnits", "Apps", "organizationalUnits", "Blue-Green", "accounts",
            "shop",
        ]
    }

    @Test("the fixture loads, and says what it lacks")
    func loads() throws {
        #expect(export.organization != nil)
        #expect(export.lines(export.loaded) == [])
        let shop = "export/accounts/022222222222"
        let unknown = "so what it would have told is unknown"
        #expect(
            export.lines(export.odd) == [
                "\(shop)/eu-west-1/kms/k1/list-grants.json:13:33: warning: "
                    + "the grant is left out: its holder does not exist any more",
                "\(shop)/eu-west-1/kms/k1/list-grants.json:20:33: warning: "
                    + "the grant is left out: nothing says for which resource the service holds it",
                "\(shop)/iam/get-account-authorization-details.json:48:34: warning: "
                    + "the export does not hold the managed policy "
                    + "'arn:aws:iam::022222222222:policy/Elsewhere', "
                    + "so verdicts may hang on what it says",
                "\(shop)/iam/get-account-authorization-details.json:110:25: warning: "
                    + "no assignment of the export leads to the role "
                    + "'AWSReservedSSO_Retired_fedcba9876543210', "
                    + "so nobody is taken to come into it by Identity Center",
                "export/errors.tsv:1:1: warning: 'aws s3api get-bucket-acl' failed (AccessDenied), "
                    + unknown,
                "export/errors.tsv:2:1: warning: 'sts assume-role OrganizationAccountAccessRole' "
                    + "failed (AssumeRoleFailed), \(unknown)",
                "export/identity-center/list-instances.json:4:28: warning: "
                    + "people may have more permission sets than are known: "
                    + "identity-center/ssoins-0123456789abcdef/"
                    + "list-account-assignments-for-principal/USER/u-1.json is not in the export",
                "export/identity-center/ssoins-0123456789abcdef/permission-set/ps-1/"
                    + "list-account-assignments/022222222222.json:10:26: warning: "
                    + "the export does not hold the account '999999999999', so it is left out here",
                "export/identity-center/ssoins-0123456789abcdef/permission-set/ps-1/"
                    + "list-managed-policies-in-permission-set.json:9:20: warning: "
                    + "the export does not hold the managed policy "
                    + "'arn:aws:iam::aws:policy/NewestAccess', so verdicts may hang on what it says",
            ]
        )
    }

    @Test("printed, the file is read as the same organization")
    func roundTrip() throws {
        let text = JSONOutput(try #require(export.value)).pretty
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        #expect(parsed.diagnostics.isEmpty)
        let again = OrganizationLoader.load(try #require(parsed.value))
        // Importing has told it, reading the file tells it again.
        #expect(again.diagnostics.map(\.code) == ["organization.missing-policy"])
        #expect(again.value?.accounts.map(\.name) == export.organization?.accounts.map(\.name))
    }

    @Test("accounts stand in their units, under names that are unique")
    func tree() throws {
        let organization = try #require(export.organization)
        #expect(organization.identity?.id == "o-exampleorg1")
        #expect(organization.identity?.managementAccount.description == "111111111111")
        let paths = ["Root", "Root/Apps", "Root/Apps/Blue-Green", "Root/Gone"]
        #expect(organization.nodes.map(\.path) == paths)
        #expect(organization.account(named: "shop")?.id.description == "022222222222")
        #expect(organization.account(named: "shop-333333333333") != nil)
        #expect(organization.account(named: "old")?.status == .closed)
        #expect(organization.enabledPolicyTypes == Set(ControlPolicyType.allCases))
    }

    @Test("control policies are attached where either side says so")
    func attachments() throws {
        let organization = try #require(export.organization)
        let names = organization.nodes.map { $0.serviceControlPolicies.map(\.name) }
        #expect(names[0] == ["FullAWSAccess", "region-lock-p-lock0002"])
        #expect(names[1] == ["FullAWSAccess", "region-lock"])
        #expect(names[2] == ["FullAWSAccess"])
        let shop = try #require(organization.account(named: "shop"))
        #expect(shop.resourceControlPolicies.map(\.name) == ["tls"])
    }

    struct Place: CustomTestStringConvertible {
        let path: [String]
        let file: String
        let text: String

        init(_ path: [String], _ file: String, _ text: String) {
            self.path = path
            self.file = file
            self.text = text
        }

        var testDescription: String { path.joined(separator: "/") }
    }

    @Test(
        "values stand where the export has them",
        arguments: [
            Place(
                ["organization", "managementAccount"],
                "organizations/describe-organization.json",
                #""111111111111""#
            ),
            Place(
                ["root", "serviceControlPolicies", "1"],
                "organizations/ou/r-ex01/list-policies-for-target.SERVICE_CONTROL_POLICY.json",
                #""region-lock""#
            ),
            Place(
                ["serviceControlPolicies", "region-lock", "Statement", "0", "Sid"],
                "organizations/policy/SERVICE_CONTROL_POLICY/p-lock0001/describe-policy.json",
                #"\"Lock\""#
            ),
            Place(
                [
                    "root", "accounts", "management", "iam", "users", "ann", "inlinePolicies",
                    "own", "Statement", "0", "Sid",
                ],
                "accounts/111111111111/iam/get-account-authorization-details.json",
                "%22Keys%22"
            ),
            Place(
                [
                    "root", "accounts", "management", "iam", "managedPolicies", "Data", "document",
                    "Statement", "0", "Sid",
                ],
                "accounts/111111111111/iam/get-account-authorization-details.json",
                "%22Read%22"
            ),
            Place(
                [
                    "root", "accounts", "management", "iam", "roles", "Audit", "maxSessionDuration",
                ],
                "accounts/111111111111/iam/list-roles.json",
                "7200"
            ),
            Place(
                ["identityCenter", "permissionSets", "Shop_Admin", "inlinePolicy", "Statement"],
                "identity-center/ssoins-0123456789abcdef/permission-set/ps-1/"
                    + "get-inline-policy-for-permission-set.json",
                #"[{\"Sid\": \"Queue\", \"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}]"#
            ),
            Place(
                ["identityCenter", "assignments", "0", "roleSuffix"],
                "accounts/022222222222/iam/get-account-authorization-details.json",
                #""AWSReservedSSO_Shop_Admin_0123456789abcdef""#
            ),
        ]
    )
    func places(_ row: Place) throws {
        #expect(export.value(row.path) != nil)
        #expect(export.file(row.path) == row.file)
        #expect(export.text(row.path) == row.text)
    }

    @Test("no value stands nowhere")
    func everythingHasAPlace() throws {
        func check(_ value: JSONValue) {
            #expect(export.sources.text(value.span.file) != nil)
            value.elements?.forEach(check)
            for member in value.members ?? [] {
                #expect(export.sources.text(member.keySpan.file) != nil)
                check(member.value)
            }
        }
        check(try #require(export.value))
    }

    @Test("users have their groups, policies, keys, devices and passwords")
    func users() throws {
        let management = try #require(export.organization?.account(named: "management"))
        let ann = try #require(management.user("ann"))
        #expect(ann.arn.description == "arn:aws:iam::111111111111:user/people/ann")
        #expect(ann.groups == ["Staff"])
        let policies = ["own", "arn:aws:iam::aws:policy/BrandNewAccess", "Data"]
        #expect(ann.identityPolicies.map(\.name) == policies)
        let key = try #require(ann.accessKeys.first)
        #expect(!key.isActive)
        #expect(key.created?.description == "2025-01-01T00:00:00Z")
        #expect(key.lastUsed?.description == "2026-02-01T00:00:00Z")
        #expect(ann.mfaDevices == ["arn:aws:iam::111111111111:mfa/ann"])
        #expect(ann.password?.lastChanged?.description == "2026-01-02T00:00:00Z")
        #expect(management.settings.rootHasCredentials)
        #expect(management.settings.accountAlias == "example")
    }

    @Test("roles of Identity Center are left to it, the others stay")
    func roles() throws {
        let organization = try #require(export.organization)
        let shop = try #require(organization.account(named: "shop"))
        let names = [
            "Web", "AWSReservedSSO_Retired_fedcba9876543210",
            "AWSReservedSSO_Shop_Admin_0123456789abcdef",
        ]
        #expect(shop.roles.map(\.name) == names)
        #expect(export.value(self.shop + ["iam", "roles"])?.members?.count == 2)
        #expect(organization.identityCenter?.region == "eu-west-1")
        let center = try #require(organization.identityCenter)
        let first = try #require(center.provisionedRoles.first { $0.account == shop.id })
        #expect(center.people(of: first).first?.name == "ann@example.com")
        let made = shop.role("AWSReservedSSO_Shop_Admin_0123456789abcdef")
        #expect(made?.permissionsBoundary?.name == "Data")
        #expect(
            made?.identityPolicies.map(\.name) == [
                "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                "arn:aws:iam::aws:policy/NewestAccess",
                "Data", "AwsSSOInlinePolicy",
            ]
        )
        #expect(
            Set(organization.managedPolicies.keys).contains("arn:aws:iam::aws:policy/NewestAccess")
        )
        let audit = organization.account(named: "management")?.role("Audit")
        #expect(audit?.lastUsed?.description == "2026-11-21T07:04:59.250000Z")
        #expect(audit?.permissionsBoundary?.name == "Data")
    }

    @Test("providers, instance profiles and the password policy are taken over")
    func settings() throws {
        let settings = try #require(export.organization?.account(named: "shop")?.settings)
        #expect(settings.samlProviders == ["AWSSSO_0123456789abcdef_DO_NOT_DELETE"])
        #expect(settings.oidcProviders["token.example.com"] == ["sts.amazonaws.com"])
        #expect(settings.oidcProviders["other.example.com/x"] == [])
        #expect(settings.instanceProfiles == ["web": "Web"])
        #expect(settings.allowsUsersToChangePassword)
    }

    @Test("the policy of every service's resource stands at its ARN")
    func resources() throws {
        let shop = try #require(export.organization?.account(named: "shop"))
        let place = "eu-west-1:022222222222"
        let withPolicy = shop.resources.filter { $0.policy != nil }.map(\.arn.description)
        #expect(
            withPolicy.sorted() == [
                "arn:aws:dynamodb:\(place):table/orders",
                "arn:aws:ec2:\(place):vpc-endpoint/vpce-1",
                "arn:aws:ecr:\(place):repository/team/web",
                "arn:aws:elasticfilesystem:\(place):file-system/fs-1",
                "arn:aws:es:\(place):domain/search",
                "arn:aws:events:\(place):event-bus/orders",
                "arn:aws:glue:\(place):catalog",
                "arn:aws:glue:\(place):connection",
                "arn:aws:glue:\(place):database",
                "arn:aws:glue:\(place):table",
                "arn:aws:glue:\(place):userDefinedFunction",
                "arn:aws:kinesis:\(place):stream/clicks",
                "arn:aws:kms:\(place):key/k1",
                "arn:aws:lambda:\(place):function:api",
                "arn:aws:logs:\(place):log-group",
                "arn:aws:logs:\(place):log-group:own",
                "arn:aws:s3:::shop-data",
                "arn:aws:s3:\(place):accesspoint/read",
                "arn:aws:secretsmanager:\(place):secret:db/pin-AbCdEf",
                "arn:aws:sns:\(place):news",
                "arn:aws:sqs:\(place):jobs",
            ]
        )
        let bucket = try #require(shop.resources.first { $0.arn.service == "s3" })
        #expect(bucket.region == "us-east-1")
        #expect(bucket.blockPublicAccess.restrictPublicBuckets)
        #expect(shop.blockPublicAccess.restrictPublicBuckets)
        #expect(!shop.blockPublicAccess.blockPublicAcls)
        let key = try #require(shop.resources.first { $0.arn.service == "kms" })
        #expect(key.grants.count == 1)
        let logs = shop.resources.first { $0.arn.description.hasSuffix(":log-group") }
        #expect(logs?.policy?.document.statements.map(\.sid) == ["a", "b"])
    }
}
