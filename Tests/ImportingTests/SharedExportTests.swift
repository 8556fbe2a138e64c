import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// The export of an organization of twelve accounts that lies beside the checkout.
///
/// It is not copied; a clone elsewhere skips this suite.
@Suite struct SharedExportTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/inputs/org-export")
    static let isThere = FileManager.default.fileExists(atPath: folder.path())

    @Test("the shared export loads as the organization it was made of", .enabled(if: isThere))
    func sharedExport() throws {
        let export = ImportedExport(folder: Self.folder)
        #expect(!export.imported.hasErrors, "\(export.lines(export.imported))")
        #expect(!export.loaded.hasErrors, "\(export.lines(export.loaded))")
        let organization = try #require(export.organization)
        #expect(organization.accounts.count == 12)
        #expect(
            organization.account(named: "master")?.id == organization.identity?.managementAccount
        )
        let closed = organization.accounts.filter { $0.id.description.hasPrefix("0") }
        #expect(closed.map(\.status) == [.suspended])
        #expect(organization.nodes.count == 8)

        let defined = export.value(["serviceControlPolicies"])?.members?.map(\.key) ?? []
        var attached = Set(organization.nodes.flatMap(\.serviceControlPolicies).map(\.name))
        attached.formUnion(organization.accounts.flatMap(\.serviceControlPolicies).map(\.name))
        #expect(defined.count == 11)
        #expect(defined.filter { !attached.contains($0) } == ["unattached-draft"])
        #expect(export.value(["resourceControlPolicies"])?.members?.count == 3)

        let users = organization.accounts.flatMap(\.users).map(\.name)
        #expect(users.sorted() == ["breakglass-1", "dana", "legacy-ci", "org-exporter"])
        let data = try #require(organization.account(named: "data-prod"))
        #expect(data.role("PlatformAdmin") != nil)
        #expect(data.role("LegacyAnyone") != nil)
        let buckets = organization.accounts.flatMap(\.resources).filter { $0.arn.service == "s3" }
        #expect(buckets.count == 6)
        #expect(buckets.filter { $0.policy != nil }.count == 3)
    }

    @Test("Identity Center's roles are those of the accounts", .enabled(if: isThere))
    func reservedRoles() throws {
        let export = ImportedExport(folder: Self.folder)
        let organization = try #require(export.organization)
        let center = try #require(organization.identityCenter)
        #expect(center.users.count == 5)
        #expect(center.groups.count == 4)
        #expect(center.permissionSets.count == 6)
        for provisioned in center.provisionedRoles {
            let folder = "accounts/\(provisioned.account)/iam"
            let details = try String(
                contentsOf: Self.folder.appending(
                    path: "\(folder)/get-account-authorization-details.json"
                ),
                encoding: .utf8
            )
            #expect(details.contains(":role/aws-reserved/sso.amazonaws.com/\(provisioned.name)\""))
        }
    }
}
