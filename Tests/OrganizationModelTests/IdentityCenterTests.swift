import OrganizationModel
import PolicyLanguage
import Testing

@Suite("IdentityCenter")
struct IdentityCenterTests {
    /// An organization of three accounts: main, and one and two below `Root/Work`.
    private func load(_ center: String, warnings: [String] = []) throws -> Organization {
        let policies = { (names: String) in #""iam": {"managedPolicies": {\#(names)}}"# }
        let team = #""Team": {"document": \#(Text.allowAll), "path": "/team/"}"#
        return try organization(
            #"""
            {"organization": {"managementAccount": "main"},
             "root": {"accounts": {"main": {"id": "100000000001"}}, "organizationalUnits": {"Work": {
               "accounts": {"one": {"id": "100000000002", \#(policies(team))}},
               "organizationalUnits": {"Deep": {"accounts": {"two": {"id": "100000000003"}}}}}}},
             "identityCenter": {\#(center)}}
            """#,
            warnings: warnings
        )
    }

    private static let people = #"""
        "users": {"ann": {"groups": ["Eng"], "attributes": {"costCenter": "7"}}, "ben": {"groups": ["Eng"]}, "cat": {}},
        "groups": {"Eng": {}, "Empty": {}}
        """#
    private static let ids = ["one": AccountID("100000000002"), "two": AccountID("100000000003")]

    private func roles(_ organization: Organization, _ account: String) throws -> [IAMRole] {
        try #require(organization.account(named: account)).roles
    }

    @Test("IDC-2: who reaches what is the union of direct assignments and groups, each once")
    func grants() throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {}, "Ops": {}}, \#(Self.people),
            "assignments": [
              {"permissionSet": "Dev", "group": "Eng", "accounts": ["one"]},
              {"permissionSet": "Dev", "user": "ann", "accounts": ["one", "100000000003"]},
              {"permissionSet": "Ops", "user": "cat", "accounts": ["one"]},
              {"permissionSet": "Ops", "group": "Empty", "accounts": ["two"]}]
            """#
        )
        let center = try #require(organization.identityCenter)
        let found = center.provisionedRoles.flatMap { role in
            center.people(of: role).map { "\($0.name) \(role.permissionSet) \(role.account)" }
        }
        #expect(
            found.sorted() == [
                "ann Dev 100000000002", "ann Dev 100000000003", "ben Dev 100000000002",
                "cat Ops 100000000002",
            ]
        )
        let one = try #require(AccountID("100000000002"))
        let ann = try #require(center.user("ann"))
        let cat = try #require(center.user("cat"))
        #expect(center.role(of: ann, permissionSet: "Dev", account: one) != nil)
        #expect(center.role(of: cat, permissionSet: "Dev", account: one) == nil)
    }

    @Test("IDC-3: one role for a set in an account, shared by all who are assigned")
    func sharedRole() throws {
        let organization = try load(
            #"""
            "instance": "ssoins-7223aa11bb22cc33", "permissionSets": {"Dev": {}}, \#(Self.people),
            "assignments": [
              {"permissionSet": "Dev", "group": "Eng", "accounts": ["one", "two"]},
              {"permissionSet": "Dev", "user": "cat", "accounts": ["one"]}]
            """#
        )
        let suffix = DerivedIdentifier.digest("ssoins-7223aa11bb22cc33/Dev/100000000002")
        #expect(try roles(organization, "one").map(\.name) == ["AWSReservedSSO_Dev_\(suffix)"])
        #expect(try roles(organization, "two").count == 1)
        #expect(
            try roles(organization, "two").map(\.name) != roles(organization, "one").map(\.name)
        )
        #expect(try roles(organization, "main").isEmpty)
        let names = Set(
            (organization.identityCenter?.provisionedRoles ?? [])
                .filter { $0.account == Self.ids["one"] }.map(\.name)
        )
        #expect(names == ["AWSReservedSSO_Dev_\(suffix)"])
        #expect(try roles(organization, "one").map(\.isReserved) == [true])
        #expect(try roles(organization, "one").map(\.isServiceLinked) == [false])
    }

    @Test("IDC-3: a suffix that is given is taken, whichever of the assignments gives it")
    func givenSuffix() throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {}}, \#(Self.people),
            "assignments": [
              {"permissionSet": "Dev", "user": "ann", "accounts": ["one"]},
              {"permissionSet": "Dev", "user": "cat", "accounts": ["one"], "roleSuffix": "0123456789abcdef"}]
            """#
        )
        #expect(
            try roles(organization, "one").map(\.name) == ["AWSReservedSSO_Dev_0123456789abcdef"]
        )
    }

    @Test(
        "IDC-4: the path names the Region of the instance, but not us-east-1",
        arguments: ["eu-west-1", "us-east-1", nil]
    )
    func region(_ region: String?) throws {
        let field = region.map { #""region": "\#($0)", "# } ?? ""
        let organization = try load(
            #"""
            \#(field)"permissionSets": {"Dev": {}}, \#(Self.people), "assignments": [
              {"permissionSet": "Dev", "user": "ann", "accounts": ["one"], "roleSuffix": "0123456789abcdef"}]
            """#
        )
        let place = region == "eu-west-1" ? "eu-west-1/" : ""
        let role = try #require(try roles(organization, "one").first)
        let expected =
            "arn:aws:iam::100000000002:role/aws-reserved/sso.amazonaws.com/\(place)AWSReservedSSO_Dev_0123456789abcdef"
        #expect(role.arn.description == expected)
    }

    @Test("IDC-5: the ARN of a session leaves the path out")
    func sessionARN() throws {
        let organization = try load(
            #"""
            "region": "eu-west-1", "permissionSets": {"Dev": {}}, \#(Self.people), "assignments": [
              {"permissionSet": "Dev", "user": "ann", "accounts": ["one"], "roleSuffix": "0123456789abcdef"}]
            """#
        )
        let role = try roles(organization, "one").first
        let expected =
            "arn:aws:sts::100000000002:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ann"
        #expect(role?.sessionARN("ann").description == expected)
    }

    @Test("IDC-6: the role trusts the SAML provider of Identity Center and nobody else")
    func trustPolicy() throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {}}, \#(Self.people), "assignments": [
              {"permissionSet": "Dev", "user": "ann", "accounts": ["one"], "roleSuffix": "0123456789abcdef"}]
            """#
        )
        let statements = try #require(try roles(organization, "one").first).trustPolicy.document
            .statements
        let statement = try #require(statements.first)
        #expect(statements.count == 1)
        #expect(statement.effect == .allow)
        let provider =
            "arn:aws:iam::100000000002:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE"
        #expect(statement.principal?.entries == [.federated(provider)])
        #expect(
            statement.actions.patterns.map(\.text) == ["sts:AssumeRoleWithSAML", "sts:TagSession"]
        )
        #expect(statement.conditions.map(\.key) == ["SAML:aud"])
        #expect(
            statement.conditions.first?.operands.map(\.text) == [
                "https://signin.aws.amazon.com/saml"
            ]
        )
    }

    @Test("IDC-7: policies are AWS managed, customer managed and inline, with a boundary")
    func policies() throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {
              "managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
              "customerManagedPolicies": [{"name": "TEAM", "path": "/team/"}],
              "inlinePolicy": \#(Text.allowAll),
              "permissionsBoundary": {"customerManagedPolicy": {"name": "Team", "path": "/team/"}}}},
            \#(Self.people), "assignments": [{"permissionSet": "Dev", "user": "ann", "accounts": ["one"]}]
            """#
        )
        let role = try #require(try roles(organization, "one").first)
        #expect(role.identityPolicies.map(\.name).count == 3)
        #expect(role.identityPolicies.first?.arn == "arn:aws:iam::aws:policy/ReadOnlyAccess")
        #expect(
            role.identityPolicies.dropFirst().first?.arn
                == "arn:aws:iam::100000000002:policy/team/Team"
        )
        #expect(role.permissionsBoundary?.arn == "arn:aws:iam::100000000002:policy/team/Team")
    }

    @Test("IDC-7: a boundary may be an AWS managed policy")
    func managedBoundary() throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {"permissionsBoundary": {"managedPolicy": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}},
            \#(Self.people), "assignments": [{"permissionSet": "Dev", "user": "ann", "accounts": ["two"]}]
            """#
        )
        let role = try #require(try roles(organization, "two").first)
        #expect(role.permissionsBoundary?.arn == "arn:aws:iam::aws:policy/ReadOnlyAccess")
        #expect(role.identityPolicies.isEmpty)
    }

    struct Missing: CustomTestStringConvertible {
        let what: String
        let set: String
        let reference: String

        var testDescription: String { what }
    }

    @Test(
        "IDC-8: a policy missing in an account leaves that account without role and grant, others not",
        arguments: [
            Missing(
                what: "a customer managed policy",
                set: #""customerManagedPolicies": [{"name": "Team", "path": "/team/"}]"#,
                reference: "/team/Team"
            ),
            Missing(
                what: "the boundary",
                set:
                    #""permissionsBoundary": {"customerManagedPolicy": {"name": "Team", "path": "/team/"}}"#,
                reference: "/team/Team"
            ),
        ]
    )
    func missingPolicy(_ row: Missing) throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {\#(row.set)}}, \#(Self.people),
            "assignments": [{"permissionSet": "Dev", "group": "Eng", "accounts": ["two", "one"]}]
            """#,
            warnings: [
                "the account 'two' has no managed policy '\(row.reference)', so the permission set 'Dev' is not provisioned there"
            ]
        )
        #expect(try roles(organization, "one").count == 1)
        #expect(try roles(organization, "two").isEmpty)
        let accounts = organization.identityCenter?.provisionedRoles.map(\.account)
        #expect(accounts == [Self.ids["one"]].compactMap(\.self))
    }

    @Test("IDC-7, IDC-8: a policy of the same name in another path is another policy")
    func otherPath() throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {"customerManagedPolicies": [{"name": "Team"}]}}, \#(Self.people),
            "assignments": [{"permissionSet": "Dev", "user": "ann", "accounts": ["one"]}]
            """#,
            warnings: [
                "the account 'one' has no managed policy '/Team', so the permission set 'Dev' is not provisioned there"
            ]
        )
        #expect(try roles(organization, "one").isEmpty)
    }

    @Test("formats 5: an assignment to a unit means every account below, at any depth")
    func units() throws {
        let organization = try load(
            #"""
            "permissionSets": {"Dev": {}}, \#(Self.people),
            "assignments": [{"permissionSet": "Dev", "user": "ann", "organizationalUnits": ["Root/Work"]}]
            """#
        )
        #expect(try roles(organization, "one").count == 1)
        #expect(try roles(organization, "two").count == 1)
        #expect(try roles(organization, "main").isEmpty)
    }

    @Test("IDC-10: a session lasts an hour unless the set says otherwise")
    func sessionDuration() throws {
        let center = try load(
            #""permissionSets": {"Short": {}, "Long": {"sessionDuration": "PT12H"}}, "users": {}, "groups": {}"#
        ).identityCenter
        #expect(center?.permissionSets.map(\.sessionDuration) == [3_600, 43_200])
    }

    @Test("IDC-11: attributes for access control become session tags, those a person lacks do not")
    func sessionTags() throws {
        let center = try #require(
            try load(
                #"""
                \#(Self.people), "attributesForAccessControl": {
                  "CostCenter": "${user:costCenter}", "Team": "${user:team}"}
                """#
            ).identityCenter
        )
        let ann = try #require(center.user("ann"))
        #expect(center.sessionTags(of: ann) == Tags([.init(key: "CostCenter", value: "7")]))
        #expect(center.sessionTags(of: try #require(center.user("ben"))).isEmpty)
        #expect(center.user("dan") == nil)
    }
}
