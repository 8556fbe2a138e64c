import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

@Suite("Account")
struct AccountTests {
    @Test("KEY-10: users and roles are found by name, whatever their path")
    func names() throws {
        let app = try account(
            iam: #"""
                {"users": {"ann": {"path": "/team/"}, "ben": {}},
                 "roles": {"Deploy": {"path": "/ci/", "trustPolicy": \#(Text.trust)}}}
                """#
        )
        #expect(app.user("ann")?.arn.description == "arn:aws:iam::111122223333:user/team/ann")
        #expect(app.user("ben")?.arn.description == "arn:aws:iam::111122223333:user/ben")
        #expect(app.role("Deploy")?.arn.description == "arn:aws:iam::111122223333:role/ci/Deploy")
        #expect(app.user("Ann") == nil)
        #expect(app.role("ci/Deploy") == nil)
        #expect(app.rootARN.description == "arn:aws:iam::111122223333:root")
    }

    @Test("PRIN-7: an entity is named by its whole ARN, path and case included")
    func entities() throws {
        let app = try account(
            iam: #"{"roles": {"Deploy": {"path": "/ci/", "trustPolicy": \#(Text.trust)}}}"#
        )
        let rows = [
            ("role/ci/Deploy", true), ("role/Deploy", false), ("role/ci/deploy", false),
            ("user/ci/Deploy", false),
        ]
        for (resource, exists) in rows {
            let arn = try #require(ARN("arn:aws:iam::111122223333:\(resource)"))
            #expect(app.hasEntity(arn) == exists, "\(resource)")
        }
    }

    @Test("KEY-9: the ARN of a session leaves the path of its role out")
    func sessionARN() throws {
        let app = try account(
            iam: #"{"roles": {"Deploy": {"path": "/ci/", "trustPolicy": \#(Text.trust)}}}"#
        )
        let arn = app.role("Deploy")?.sessionARN("run-1")
        #expect(arn?.description == "arn:aws:sts::111122223333:assumed-role/Deploy/run-1")
    }

    @Test("ENT-7: a user has his own policies and those of all his groups")
    func groupPolicies() throws {
        let app = try account(
            iam: #"""
                {"managedPolicies": {"Shared": \#(Text.allowAll), "Pathed": {"document": \#(Text.allowAll), "path": "/x/"}},
                 "groups": {"G": {"managedPolicies": ["Pathed"], "inlinePolicies": {"g": \#(Text.allowAll)}}, "H": {}},
                 "users": {"ann": {"groups": ["G", "H"], "inlinePolicies": {"own": \#(Text.allowAll)},
                   "managedPolicies": ["Shared", "arn:aws:iam::111122223333:policy/x/Pathed"],
                   "permissionsBoundary": "Shared"}}}
                """#
        )
        let ann = try #require(app.user("ann"))
        #expect(ann.identityPolicies.map(\.name) == ["own", "Shared", "Pathed", "g", "Pathed"])
        #expect(ann.groups == ["G", "H"])
        #expect(ann.permissionsBoundary?.name == "Shared")
        #expect(
            app.settings.managedPolicies["Pathed"]?.arn
                == "arn:aws:iam::111122223333:policy/x/Pathed"
        )
    }

    @Test("AWS managed policies come by ARN, from the catalog or from the file")
    func managedPolicies() throws {
        let text = #"""
            {"awsManagedPolicies": {"arn:aws:iam::aws:policy/MadeUp": \#(Text.allowAll)},
             "externalAccounts": {"app": {"id": "111122223333", "iam": {"users": {"ann": {"managedPolicies": [
               "arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/MadeUp"]}}}}}}
            """#
        let ann = try organization(text).account(named: "app")?.user("ann")
        #expect(
            ann?.identityPolicies.map(\.arn) == [
                "arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/MadeUp",
            ]
        )
    }

    @Test("roles keep duration, tags and whether they are linked to a service")
    func roles() throws {
        let app = try account(
            iam: #"""
                {"roles": {
                  "Plain": {"trustPolicy": \#(Text.trust)},
                  "Long": {"trustPolicy": \#(Text.trust), "maxSessionDuration": 43200, "tags": {"Team": "red"},
                    "permissionsBoundary": null, "lastUsed": null},
                  "Linked": {"trustPolicy": \#(Text.trust), "path": "/aws-service-role/x.amazonaws.com/"},
                  "Said": {"trustPolicy": \#(Text.trust), "path": "/aws-service-role/y.amazonaws.com/",
                    "serviceLinked": true}}}
                """#
        )
        #expect(app.role("Plain")?.maxSessionDuration == 3_600)
        #expect(app.role("Long")?.maxSessionDuration == 43_200)
        #expect(app.role("Long")?.tags == Tags([.init(key: "Team", value: "red")]))
        #expect(app.roles.map(\.isServiceLinked) == [false, false, true, true])
        #expect(app.roles.map(\.permissionsBoundary) == [nil, nil, nil, nil])
        #expect(app.roles.allSatisfy { !$0.isReserved })
    }

    struct StatusCase: CustomTestStringConvertible {
        let status: String
        let isUsable: Bool

        var testDescription: String { status }
    }

    @Test(
        "ROOT-9: only active accounts and those about to close work",
        arguments: [
            StatusCase(status: "ACTIVE", isUsable: true),
            StatusCase(status: "PENDING_CLOSURE", isUsable: true),
            StatusCase(status: "SUSPENDED", isUsable: false),
            StatusCase(status: "CLOSED", isUsable: false),
            StatusCase(status: "PENDING_ACTIVATION", isUsable: false),
        ]
    )
    func status(_ row: StatusCase) throws {
        let app = try account(fields: #", "status": "\#(row.status)""#)
        #expect(app.status.rawValue == row.status)
        #expect(app.isUsable == row.isUsable)
    }

    @Test("flags of block public access left out are off")
    func blockPublicAccess() throws {
        let app = try account(
            resources: #"{"arn:aws:s3:::b": {"blockPublicAccess": {"blockPublicPolicy": true}}}"#,
            fields: #", "blockPublicAccess": {"restrictPublicBuckets": true}"#
        )
        #expect(app.blockPublicAccess.restrictPublicBuckets)
        #expect(!app.blockPublicAccess.blockPublicPolicy)
        let bucket = try #require(app.resources.first?.blockPublicAccess)
        #expect(bucket.blockPublicPolicy)
        #expect(
            !bucket.restrictPublicBuckets && !bucket.blockPublicAcls && !bucket.ignorePublicAcls
        )
    }

    @Test("KMS-6: a grant names its grantee and operations, whose case does not count")
    func grants() throws {
        let app = try account(
            resources: #"""
                {"arn:aws:kms:eu-west-1:111122223333:key/k": {"grants": [
                  {"granteePrincipal": "arn:aws:iam::999999999999:role/R", "operations": ["Decrypt", "GenerateDataKey"]},
                  {"granteeServicePrincipal": "s3.amazonaws.com", "operations": ["Encrypt"],
                   "constraints": {"encryptionContextSubset": {"a": "b"},
                     "sourceArn": "arn:aws:s3:::b"}}]}}
                """#
        )
        let grants = try #require(app.resources.first?.grants)
        let role = try #require(ARN("arn:aws:iam::999999999999:role/R"))
        #expect(grants.map(\.grantee) == [.role(role), .service("s3.amazonaws.com")])
        #expect(grants.map(\.operations) == [["decrypt", "generatedatakey"], ["encrypt"]])
        #expect(grants.last?.encryptionContextSubset == ["a": "b"])
        #expect(grants.last?.encryptionContextEquals == nil)
    }

    @Test(
        "PRIN-8, PRIN-9: a principal the file's account lacks is warned about, one outside is not"
    )
    func missingPrincipals() throws {
        let text = #"""
            {"externalAccounts": {"app": {"id": "111122223333", "resources": {"arn:aws:s3:::b": {"policy": {
              "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
              "Principal": {"AWS": ["arn:aws:iam::111122223333:role/Gone", "arn:aws:iam::999999999999:role/Far"]}}}}}}}}
            """#
        _ = try organization(
            text,
            warnings: [
                "the principal 'arn:aws:iam::111122223333:role/Gone' does not exist, so it matches nobody"
            ]
        )
    }

    @Test("every mistake of a file is reported, not only the first")
    func allMistakes() throws {
        let parsed = try parse(
            #"""
            {"externalAccounts": {
              "one": {"id": "1", "iam": {}, "colour": "red"},
              "two": {"id": "111122223333", "iam": {"users": {"ann": {"groups": ["None"]}, "a b": {}}}}}}
            """#
        )
        #expect(parsed.value == nil)
        #expect(
            parsed.diagnostics.map(\.code).sorted() == [
                "iam.name", "json.unknown-field", "organization.account-id",
                "organization.unknown-group",
            ]
        )
    }
}

@Suite("Tags")
struct TagsTests {
    private func tags(_ pairs: KeyValuePairs<String, String>) -> Tags {
        Tags(pairs.map { Tags.Tag(key: $0.key, value: $0.value) })
    }

    @Test("KEY-3.1: tags laid over others replace keys that differ only by case")
    func overlay() {
        let role = tags(["Team": "red", "Stage": "prod"])
        #expect(
            role.overlaid(with: tags(["team": "blue"])) == tags(["Stage": "prod", "team": "blue"])
        )
        #expect(
            role.overlaid(with: tags(["cost": "1"]))
                == tags(["Team": "red", "Stage": "prod", "cost": "1"])
        )
        #expect(role.overlaid(with: Tags()) == role)
        #expect(Tags().overlaid(with: role) == role)
    }

    @Test("tags are read in the order of the file")
    func order() throws {
        let app = try account(fields: #", "tags": {"b": "1", "a": "2"}"#)
        #expect(app.tags.pairs.map(\.key) == ["b", "a"])
        #expect(!app.tags.isEmpty)
        #expect(Tags().isEmpty)
    }
}
