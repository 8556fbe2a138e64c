import JSONSource
import OrganizationModel
import Parallelism
import PolicyLanguage
import Testing

/// A change reads again only what it touches, and the state is what reading everything gives.
@Suite struct IncrementalChangeTests {
    private static let text = #"""
        {"organization": {"managementAccount": "m"},
         "serviceControlPolicies": {"Guard": \#(Text.allowAll), "Wall": \#(Text.allowAll)},
         "root": {
           "accounts": {"m": {"id": "100000000000"}},
           "organizationalUnits": {
             "A": {"accounts": {"a0": \#(account(0)), "a1": \#(account(1))}},
             "B": {"serviceControlPolicies": ["FullAWSAccess", "Wall"],
                   "accounts": {"a2": \#(account(2)), "a3": \#(account(3))}}
           }},
         "identityCenter": {
           "users": {"ann": {"groups": ["ops"]}}, "groups": {"ops": {}},
           "permissionSets": {
             "Admin": {"managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
             "Own": {"customerManagedPolicies": [{"name": "own"}]}
           },
           "assignments": [{"permissionSet": "Own", "group": "ops", "organizationalUnits": ["Root/A"]}]
         },
         "externalAccounts": {"out": {"id": "999999999999", "iam": {"roles": {
           "Partner": {"trustPolicy": \#(Text.trust.replacing("111122223333", with: "100000000000"))}}}}}
        }
        """#

    private static func account(_ number: Int) -> String {
        let id = String(200_000_000_000 + number)
        let trust = Text.trust.replacing(
            "111122223333",
            with: "arn:aws:iam::\(200_000_000_000 + (number + 1) % 4):role/r"
        )
        return #"""
            {"id": "\#(id)", "serviceControlPolicies": ["FullAWSAccess", "Guard"], "iam": {
              "managedPolicies": {"own": \#(Text.allowAll)},
              "users": {"u": {"accessKeys": [{"id": "AKIA\#(number)"}]}},
              "roles": {"r": {"trustPolicy": \#(trust), "managedPolicies": ["own"]}}
            }, "resources": {"arn:aws:s3:::b\#(number)": {"policy": \#(Text.bucket)}}}
            """#
    }

    private func value(_ text: String) throws -> JSONValue {
        try #require(JSONParser.parse(Array(text.utf8), file: 1).value)
    }

    /// A change that AWS may make or refuse.
    private func change(_ random: inout some RandomNumberGenerator) throws -> OrganizationChange {
        let account = "a\(Int.random(in: 0...4, using: &random))"
        let role = ["r", "s"].randomElement(using: &random) ?? "r"
        let unit = ["Root", "Root/A", "Root/B", "Root/C"].randomElement(using: &random) ?? "Root"
        let policy = ["Guard", "Wall"].randomElement(using: &random) ?? "Guard"
        let named = "arn:aws:iam::20000000000\(Int.random(in: 0...3, using: &random)):role/\(role)"
        let trust = Text.trust.replacing("111122223333", with: named)
        let bucket = "arn:aws:s3:::b\(Int.random(in: 0...4, using: &random))"
        let assignment = try value(
            #"{"permissionSet": "\#(Bool.random(using: &random) ? "Admin" : "Own")", "user": "ann", "accounts": ["\#(account)"]}"#
        )
        let document = try value(
            Bool.random(using: &random)
                ? Text.allowAll : Text.allowAll.replacing("Allow", with: "Deny")
        )
        return switch Int.random(in: 0..<16, using: &random) {
        case 0: .attachPolicy(policy, target: account)
        case 1: .detachPolicy(policy, target: account)
        case 2: .attachPolicy(policy, target: unit)
        case 3: .detachPolicy(policy, target: unit)
        case 4: .putPolicy(.serviceControlPolicy, name: policy, document: document)
        case 5: .deletePolicy(.serviceControlPolicy, name: policy)
        case 6: .moveAccount(account, to: unit)
        case 7: .createAccount("a4", id: "200000000004", to: unit, value: try value("{}"))
        case 8: .removeAccount(account)
        case 9: .createOrganizationalUnit("Root/C")
        case 10:
            .put(
                ["iam", "roles", role],
                account: account,
                value: try value(#"{"trustPolicy": \#(trust)}"#)
            )
        case 11: .delete(["iam", "roles", role], account: account)
        case 12: .put(["resources", bucket], account: account, value: try value("{}"))
        case 13: .delete(["iam", "managedPolicies", "own"], account: account)
        case 14: .assign(assignment)
        default: .unassign(assignment)
        }
    }

    /// All of an organization that a request may meet.
    private func digest(_ organization: Organization) -> [String] {
        let nodes = organization.nodes.map {
            "\($0.path) \($0.id) \($0.serviceControlPolicies.map { "\($0.name ?? "") \($0.document)" })"
        }
        let accounts = organization.accounts.flatMap { account -> [String] in
            let head =
                "\(account.name) \(account.id) \(account.membership) \(account.status) \(account.tags)"
                + " \(account.serviceControlPolicies.map { "\($0.name ?? "") \($0.document.statements)" })"
            let roles = account.roles.map {
                "\($0.arn) \($0.uniqueID) \($0.createdAt) \($0.trustPolicy.writtenAt) "
                    + "\($0.trustPolicy.document.statements) \($0.identityPolicies.map(\.name))"
            }
            let users = account.users.map { "\($0.arn) \($0.uniqueID) \($0.createdAt)" }
            let resources = account.resources.map {
                "\($0.arn) \(String(describing: $0.policy?.document.statements))"
            }
            return [head] + roles + users + resources
        }
        let provisioned = (organization.identityCenter?.provisionedRoles ?? []).map {
            "\($0.permissionSet) \($0.account) \($0.name)"
        }
        return nodes + accounts + provisioned
    }

    @Test("random changes come to the same whether what they touch is read again or everything")
    func equalsFullLoads() throws {
        var made = 0
        var refused: Set<String> = []
        for seed in 0..<40 {
            var random = SeededRandom(seed: UInt64(seed))
            let base = try value(Self.text)
            var quick = try #require(OrganizationState.load(base).value)
            var thorough = try #require(
                OrganizationState.load(base, rereading: .everything).value
            )
            for step in 0..<40 {
                let change = try change(&random)
                let place = "seed \(seed), step \(step): \(change)"
                let result = Result { () throws(ChangeRefusal) in try quick.applying([change]) }
                let expected = Result { () throws(ChangeRefusal) in
                    try thorough.applying([change])
                }
                switch (result, expected) {
                case (.success(let new), .success(let other)):
                    made += 1
                    (quick, thorough) = (new, other)
                    #expect(digest(new.organization) == digest(other.organization), "\(place)")
                case (.failure(let reason), .failure(let other)):
                    refused.insert(String(reason.reason.prefix(12)))
                    #expect(reason == other, "\(place)")
                case (.success, .failure), (.failure, .success):
                    Issue.record("\(place): \(result) is not \(expected)")
                }
            }
        }
        // Most changes are made, and there are many ways to be refused.
        #expect(made > 400)
        #expect(refused.count > 5)
    }
}

/// The same numbers in every run.
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
