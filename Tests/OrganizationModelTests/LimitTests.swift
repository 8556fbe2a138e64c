import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// Organization files whose few lines mean very much.
@Suite("Limits of organizations")
struct LimitTests {
    /// An organization of so many accounts, sets and people, each set given to all in all accounts.
    private func file(accounts: Int, sets: Int, people: Int) -> String {
        let members = (0..<accounts).map { number in
            #""a\#(number)": {"id": "\#(200_000_000_000 + number)"}"#
        }
        let users = (0..<people).map { #""u\#($0)": {"groups": ["g"]}"# }
        let names = (0..<sets).map { #""s\#($0)": {}"# }
        let assignments = (0..<sets).map {
            #"{"permissionSet": "s\#($0)", "group": "g", "organizationalUnits": ["Root"]}"#
        }
        return #"""
            {"organization": {"managementAccount": "a0"},
             "root": {"accounts": {\#(members.joined(separator: ","))}},
             "identityCenter": {
               "groups": {"g": {}}, "users": {\#(users.joined(separator: ","))},
               "permissionSets": {\#(names.joined(separator: ","))},
               "assignments": [\#(assignments.joined(separator: ","))]}}
            """#
    }

    @Test("assignments that mean too many roles are refused before one is made (IDC-3)")
    func tooManyRoles() throws {
        let parsed = try parse(file(accounts: 1_000, sets: 501, people: 1))
        #expect(parsed.value == nil)
        let message = "up to here the assignments mean 501000 roles, more than 500000"
        #expect(parsed.diagnostics.map(\.message) == [message])
        #expect(OrganizationLoader.provisionLimit == 500_000)
    }

    @Test("a role that many assignments mean is one role (IDC-3)")
    func sharedRoles() throws {
        let assignment = #"{"permissionSet": "s0", "group": "g", "organizationalUnits": ["Root"]}"#
        let text = file(accounts: 100, sets: 1, people: 1)
            .replacing(
                #""assignments": ["#,
                with: #""assignments": ["#
                    + String(repeating: assignment + ",", count: 50)
            )
        let loaded = try parse(text)
        #expect(loaded.value?.identityCenter?.provisionedRoles.count == 100)
    }

    @Test("a group of many people may have a role in many accounts (IDC-3)")
    func manyPeople() throws {
        let center = try #require(
            organization(file(accounts: 1_000, sets: 2, people: 1_001)).identityCenter
        )
        let role = try #require(center.provisionedRoles.last)
        #expect(center.provisionedRoles.count == 2_000)
        #expect(center.people(of: role).map(\.name) == (0..<1_001).map { "u\($0)" })
    }

    @Test("assignments within the limits give everybody his role in every account (IDC-3)")
    func assignmentsWithin() throws {
        let center = try organization(file(accounts: 20, sets: 3, people: 4)).identityCenter
        #expect(center?.provisionedRoles.count == 60)
        let people = center.map { center in center.provisionedRoles.map(center.people) } ?? []
        #expect(people.allSatisfy { $0.map(\.name) == ["u0", "u1", "u2", "u3"] })
        #expect(center?.user("u3")?.groups == ["g"])
        #expect(center?.user("u4") == nil)
    }

    @Test("units and accounts are found by path, name and id, and an id stands once")
    func placesByName() throws {
        let units = (0..<1_999).map { #""u\#($0)": {"id": "ou-ab12-u\#(1_000_000 + $0)"}"# }
        let text = #"""
            {"organization": {"managementAccount": "a"},
             "root": {"accounts": {"a": {"id": "111111111111"}}, "organizationalUnits": {
               \#(units.joined(separator: ",")), "v": {"id": "ou-ab12-u1000007"}}},
             "identityCenter": {"groups": {"g": {}}, "permissionSets": {"s": {}}, "assignments": [
               {"permissionSet": "s", "group": "g", "organizationalUnits":
                 ["ou-ab12-u1001998", "Root/u1", "Root/w"], "accounts": ["a", "111111111111", "b"]}]}}
            """#
        let problems = try parse(text).diagnostics.map(\.message)
        #expect(
            problems == [
                "the id 'ou-ab12-u1000007' is taken", "there is no account 'b', did you mean 'a'?",
                "there is no unit 'Root/w', did you mean 'Root'?",
            ]
        )
    }

    @Test("of fifty thousand mistakes no more than four thousand are kept")
    func mistakesKept() throws {
        let wrong = [String](repeating: "1", count: 50_000).joined(separator: ",")
        let parsed = try parse(
            #"{"externalAccounts": {"a": {"id": "111111111111", "iam": {"users": {"u": {"groups": [\#(wrong)]}}}}}}"#
        )
        #expect(parsed.value == nil)
        #expect((1_000...4_000).contains(parsed.diagnostics.count))
    }

    @Test("a service of ten thousand delegated administrators is looked up once each")
    func delegatedAdministrators() throws {
        let services = (0..<10_000).map { #""s\#($0).amazonaws.com": ["b"]"# }
        let text = #"""
            {"organization": {"managementAccount": "a"},
             "root": {"accounts": {"a": {"id": "111111111111"}, "b": {"id": "222222222222"}}},
             "delegatedAdministrators": {\#(services.joined(separator: ","))}}
            """#
        let found = try organization(text).delegatedAdministrators
        #expect(found.count == 10_000)
        #expect(found["s9999.amazonaws.com"]?.map(\.description) == ["222222222222"])
    }
}
