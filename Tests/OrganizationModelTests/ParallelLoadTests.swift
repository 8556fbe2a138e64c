import JSONSource
import OrganizationModel
import Parallelism
import PolicyLanguage
import Testing

/// However many threads read an organization, it is the same, and so is what is said about it.
@Suite struct ParallelLoadTests {
    /// Accounts of which a part has something wrong, alone or together with another.
    private func text(accounts: Int, mistakes: Set<Int>, severe: Bool) -> String {
        let members = (0..<accounts).map { index -> String in
            let id = String(200_000_000_000 + index)
            let isWrong = mistakes.contains(index)
            let trust = Text.trust.replacing("111122223333", with: isWrong ? id : "200000000000")
            var roles = (0..<3).map { number in
                let gone = "arn:aws:iam::\(id):role/r\(number + (isWrong ? 7 : 0))"
                return #"""
                    "r\#(number)": {"trustPolicy": \#(trust.replacing("\(id)", with: gone)),
                     "inlinePolicies": {"p": \#(Text.allowAll)},
                     "managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess", "own"],
                     "tags": {"team": "t\#(number)"}}
                    """#
            }
            if isWrong, severe {
                roles.append(#""bad": {"trustPolicy": \#(Text.trust), "managedPolicies": ["owm"]}"#)
                roles.append(#""worse": {"trustPolicy": \#(Text.trust), "colour": 1}"#)
            }
            // Every fifth account has what the one before it has.
            let shared = isWrong && severe ? index / 5 : index
            return #"""
                "account\#(index)": {"id": "\#(id)", "iam": {
                  "managedPolicies": {"own": \#(Text.allowAll)}, "roles": {\#(roles.joined(separator: ","))},
                  "users": {"u": {"accessKeys": [{"id": "AKIA\#(shared)"}]}}
                }, "resources": {"arn:aws:s3:::bucket-\#(shared)": {"policy": \#(Text.bucket)},
                  "arn:aws:\#(isWrong ? "s4" : "sqs"):eu-west-1:\#(id):q": {}}}
                """#
        }
        return #"""
            {"organization": {"managementAccount": "account0"},
             "root": {"accounts": {\#(members.joined(separator: ","))}}}
            """#
    }

    /// All that tells two organizations apart here, in an order of its own.
    private func digest(_ organization: Organization?) -> [String] {
        guard let organization else { return ["nil"] }
        let accounts = organization.accounts.flatMap { account -> [String] in
            let roles = account.roles.map {
                "\($0.arn) \($0.uniqueID) \($0.trustPolicy.document.span) \($0.tags.pairs)"
                    + "\($0.identityPolicies.map { "\($0.name ?? "") \($0.document.span)" })"
                    + "\($0.trustPolicy.document.statements.map(\.span))"
            }
            let users = account.users.map { "\($0.arn) \($0.accessKeys.map(\.id))" }
            let resources = account.resources.map {
                "\($0.arn) \(String(describing: $0.policy?.document.span))"
            }
            return [account.name, account.id.description] + roles + users + resources
        }
        return accounts + organization.managedPolicies.keys.sorted()
    }

    private func load(_ text: String, by workers: Workers) throws -> Parsed<Organization?> {
        let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
        return OrganizationLoader.load(value, workers: workers)
    }

    @Test(
        "any number of threads reads the same organization with the same diagnostics",
        arguments: [2, 3, 8]
    )
    func readsTheSame(threads: Int) throws {
        for (mistakes, severe) in [
            (Set<Int>(), false), ([3, 40, 41, 99], false), ([0, 5, 6, 50, 98], true),
            (Set(0..<100), false), (Set(0..<100), true),
        ] {
            let text = text(accounts: 100, mistakes: mistakes, severe: severe)
            let alone = try load(text, by: .one)
            let together = try load(text, by: Workers(threads))
            #expect(alone.diagnostics.isEmpty == mistakes.isEmpty)
            #expect((alone.value == nil) == severe)
            #expect(together.diagnostics == alone.diagnostics)
            #expect(digest(together.value) == digest(alone.value))
        }
    }

    @Test("equal documents share a body on whatever threads they are read")
    func sharesBodies() throws {
        let text = text(accounts: 100, mistakes: [], severe: false)
        let organization = try #require(try load(text, by: Workers(8)).value)
        let inline = organization.accounts.flatMap(\.roles).map { $0.identityPolicies[0] }
        #expect(inline.count == 300)
        #expect(Set(inline.map(\.document.bodyID)).count == 1)
        let buckets = organization.accounts.flatMap(\.resources).compactMap(\.policy)
        #expect(Set(buckets.map(\.document.bodyID)).count == 1)
    }
}
