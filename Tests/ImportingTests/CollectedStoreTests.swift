import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// A small store of iam-collect, as a whole.
@Suite struct CollectedStoreTests {
    private let export = ImportedExport(
        folder: URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/store"),
        collected: true
    )

    @Test("the store loads, and says what it lacks")
    func loads() {
        #expect(export.lines(export.loaded.filter { $0.severity == .error }) == [])
        let account = "store/aws/aws/accounts/022222222222"
        #expect(
            export.lines(export.imported) == [
                "\(account)/lambda/eu-west-1/function/api/policy.json:1:1: warning: "
                    + "'accounts/022222222222/lambda/eu-west-1/function/api' is left out: "
                    + "no metadata tells its ARN",
                "\(account)/sqs/eu-west-1/jobs/archive-policy.json:1:1: warning: "
                    + "what 'archive-policy.json' is for is not known, so it is left out",
                "\(account)/sso/instance/i/metadata.json:1:1: warning: Identity Center is left out: "
                    + "iam-collect keeps no assignments; "
                    + "its roles in the accounts are taken as roles of IAM",
                "store/aws/aws/organizations/o-exampleorg1/accounts.json:1:2: warning: nothing is "
                    + "known of the account '111111111111' (accounts/111111111111 is not in the "
                    + "export), so questions about its users and roles cannot be asked and verdicts "
                    + "on its resources may hang on it",
                "store/aws/aws/organizations/o-exampleorg1/metadata.json:1:1: warning: "
                    + "iam-collect does not tell which accounts are suspended, "
                    + "all are taken to be active",
                "store/aws/aws/organizations/o-exampleorg1/metadata.json:1:1: warning: the export "
                    + "lacks 'identity-center/list-instances.json', so Identity Center is left out",
                "store/aws/aws/organizations/o-exampleorg1/metadata.json:1:1: warning: the store "
                    + "does not tell Block Public Access of accounts, grants and tags of keys and "
                    + "what has not been read, so verdicts may hang on it",
            ]
        )
    }

    @Test("tree, attachments and delegation are those of the store")
    func organization() throws {
        let organization = try #require(export.organization)
        #expect(organization.identity?.id == "o-exampleorg1")
        #expect(organization.nodes.map(\.path) == ["Root", "Root/Apps"])
        let names = organization.nodes.map { $0.serviceControlPolicies.map(\.name) }
        #expect(names == [["FullAWSAccess", "region-lock"], ["FullAWSAccess"]])
        #expect(organization.nodes[0].resourceControlPolicies.map(\.name) == ["tls"])
        #expect(organization.nodes[1].resourceControlPolicies.isEmpty)
        let account = try #require(organization.account(named: "022222222222"))
        #expect(organization.path(to: account).map(\.path) == ["Root", "Root/Apps"])
        let delegates = organization.delegatedAdministrators["sso.amazonaws.com"]
        #expect(delegates?.map(\.description) == ["022222222222"])
    }

    @Test("entities have their paths, policies, boundaries and groups")
    func entities() throws {
        let account = try #require(export.organization?.account(named: "022222222222"))
        let web = try #require(account.role("Web"))
        #expect(web.arn.description == "arn:aws:iam::022222222222:role/app/Web")
        let policies = ["own", "arn:aws:iam::aws:policy/ReadOnlyAccess", "Data"]
        #expect(Set(web.identityPolicies.map { $0.name ?? "" }) == Set(policies))
        #expect(web.permissionsBoundary?.name == "Data")
        #expect(account.user("ann")?.groups == ["Staff"])
        #expect(account.settings.instanceProfiles == ["web": "Web"])
    }

    @Test("resources have their policies, buckets also what blocks public access")
    func resources() throws {
        let account = try #require(export.organization?.account(named: "022222222222"))
        #expect(
            account.resources.filter { $0.policy != nil }.map(\.arn.description).sorted() == [
                "arn:aws:ec2:eu-west-1:022222222222:vpc-endpoint/vpce-1",
                "arn:aws:kms:eu-west-1:022222222222:key/k1", "arn:aws:s3:::shop-data",
            ]
        )
        let bucket = try #require(account.resources.first { $0.arn.service == "s3" })
        #expect(bucket.region == "eu-west-1")
        #expect(bucket.blockPublicAccess.restrictPublicBuckets)
        #expect(account.resources.contains { $0.arn.service == "sqs" && $0.policy == nil })
    }
}
