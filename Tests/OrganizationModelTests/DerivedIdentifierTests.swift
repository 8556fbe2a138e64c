import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

@Suite("DerivedIdentifier")
struct DerivedIdentifierTests {
    struct Digest: CustomTestStringConvertible {
        let text: String
        let digits: String

        init(_ text: String, _ digits: String) {
            self.text = text
            self.digits = digits
        }

        var testDescription: String { "'\(text)'" }
    }

    @Test(
        "a digest is FNV-1a of the UTF-8 text, 64 bits, sixteen lower-case digits",
        arguments: [
            Digest("", "cbf29ce484222325"),
            Digest("a", "af63dc4c8601ec8c"),
            Digest("foobar", "85944171f73967e8"),
        ]
    )
    func digests(_ row: Digest) {
        #expect(DerivedIdentifier.digest(row.text) == row.digits)
        #expect(DerivedIdentifier.digest(row.text).count == 16)
    }

    @Test("digests keep their leading zeros")
    func leadingZeros() {
        let short = (0..<2_000).map { DerivedIdentifier.digest("\($0)") }
        #expect(short.contains { $0.hasPrefix("0") })
        #expect(short.allSatisfy { $0.utf8.count == 16 })
    }

    @Test("ids of organization, root and unit follow from what they hang on")
    func ids() {
        #expect(DerivedIdentifier.organization(managementAccount: "150000000001") == "o-e124d5f2ed")
        #expect(DerivedIdentifier.root(organization: "o-e124d5f2ed") == "r-a7bd")
        #expect(DerivedIdentifier.unit(root: "r-a7bd", path: "Root/Apps") == "ou-a7bd-e3e7ce11")
    }

    @Test("a unique id is prefix, digest of the ARN in capitals and the count of rebirths")
    func uniqueIDs() {
        let arn = "arn:aws:iam::150000000002:user/una"
        #expect(DerivedIdentifier.entity(prefix: "AIDA", arn: arn) == "AIDA4DE22CC0F87021F80")
        #expect(
            DerivedIdentifier.entity(prefix: "AIDA", arn: arn, generation: 2)
                == "AIDA4DE22CC0F87021F82"
        )
    }

    @Test(
        "IDC-3: the suffix of a role follows from instance, set and account, and changes when it comes again"
    )
    func roleSuffix() {
        func suffix(_ generation: Int) -> String {
            DerivedIdentifier.roleSuffix(
                instance: "ssoins-1111222233334444",
                permissionSet: "Developer",
                account: "150000000002",
                generation: generation
            )
        }
        #expect(suffix(0) == "704bc21cdb39a9df")
        #expect(Set((0...5).map(suffix)).count == 6)
        #expect((0...5).allSatisfy { suffix($0).utf8.count == 16 })
    }

    @Test("a file that leaves every id out gets the ids its conformance cases name")
    func startup() throws {
        let reader = ConformanceSuite.reader("organizations")
        var loader = DocumentLoader(reader: reader, sources: SourceMap())
        let loaded = loader.load("startup.json", namedAt: nil)
        let value = try #require(loaded)
        let organization = try #require(OrganizationLoader.load(value).value)
        #expect(organization.identity?.id == "o-e124d5f2ed")
        #expect(organization.nodes.map(\.id) == ["r-a7bd", "ou-a7bd-e3e7ce11"])
        let app = try #require(organization.account(named: "app"))
        #expect(app.user("una")?.uniqueID == "AIDA4DE22CC0F87021F80")
        #expect(app.role("Job")?.uniqueID == "AROA8EF63207771EB2190")
        #expect(app.role("Job")?.arn.description == "arn:aws:iam::150000000002:role/batch/Job")
        let name = "AWSReservedSSO_Developer_704bc21cdb39a9df"
        #expect(
            app.role(name)?.arn.description
                == "arn:aws:iam::150000000002:role/aws-reserved/sso.amazonaws.com/\(name)"
        )
    }

    @Test("an id that is given wins, and ids below it are derived from it")
    func givenIDs() throws {
        let organization = try organization(
            #"""
            {"organization": {"id": "o-given12345", "managementAccount": "main"},
             "root": {"id": "r-gvn1", "accounts": {"main": {"id": "150000000001"}},
               "organizationalUnits": {"Apps": {}, "Other": {"id": "ou-gvn1-fixed001"}}}}
            """#
        )
        #expect(organization.identity?.id == "o-given12345")
        let digest = DerivedIdentifier.digest("Root/Apps").prefix(8)
        #expect(
            organization.nodes.map(\.id) == ["r-gvn1", "ou-gvn1-\(digest)", "ou-gvn1-fixed001"]
        )
    }
}
