import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// No smaller set of edits turns the verdict: all subsets of edits written down here, one by one, are
/// made and asked, by nobody who knows the search.
@Suite struct SmallestFixTests {
    private static let levels = ["Root", "Root/Unit", "app"]
    private static let user = "arn:aws:iam::222222222222:user/una"
    private static let resource = "arn:aws:sqs:eu-west-1:333333333333:q"
    private static let action = "sqs:SendMessage"

    private struct Dice {
        private var state: UInt64

        init(seed: Int) {
            state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1
        }

        mutating func chance(_ percent: UInt64) -> Bool {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % 100 < percent
        }
    }

    /// What a world is made of: each part stands in the way or does not.
    private struct Parts {
        let denies: [Bool]
        let isSilent: [Bool]
        let hasIdentity: Bool
        let identityDenies: Bool
        let hasResource: Bool
        let boundary: Bool?
        /// One document attached at several levels, or one for each.
        let isShared: Bool

        init(seed: Int) {
            var dice = Dice(seed: seed)
            denies = (0..<3).map { _ in dice.chance(35) }
            isSilent = (0..<3).map { _ in dice.chance(20) }
            hasIdentity = dice.chance(50)
            identityDenies = dice.chance(25)
            hasResource = dice.chance(50)
            boundary = dice.chance(50) ? nil : dice.chance(50)
            isShared = dice.chance(50)
        }
    }

    private static func statement(_ effect: String, _ action: String, _ more: String = "") -> String
    {
        #"{"Effect": "\#(effect)", "Action": "\#(action)", "Resource": "*"\#(more)}"#
    }

    private static func organization(_ parts: Parts) -> String {
        let deny = Policies.of(statement("Deny", "sqs:*"))
        let ec2 = Policies.of(statement("Allow", "ec2:*"))
        func attached(_ level: Int) -> String {
            var names = [parts.isSilent[level] ? "Ec2" : "FullAWSAccess"]
            if parts.denies[level] { names.append(parts.isShared ? "Deny" : "Deny\(level)") }
            return names.map { "\"\($0)\"" }.joined(separator: ", ")
        }
        let denies = ["Deny", "Deny0", "Deny1", "Deny2"].map { "\"\($0)\": \(deny)" }
        var inline: [String] = []
        if parts.hasIdentity {
            inline.append(#""yes": \#(Policies.of(statement("Allow", "sqs:*")))"#)
        }
        if parts.identityDenies {
            inline.append(#""no": \#(Policies.of(statement("Deny", "sqs:SendMessage")))"#)
        }
        let bound = Policies.of(statement("Allow", parts.boundary == true ? "sqs:*" : "ec2:*"))
        let boundary = parts.boundary == nil ? "" : #", "permissionsBoundary": "Bound""#
        let allow =
            #"{"Effect": "Allow", "Principal": {"AWS": "\#(user)"}, "Action": "sqs:*", "Resource": "*"}"#
        let policy = parts.hasResource ? #""policy": \#(Policies.of(allow))"# : ""
        return #"""
            {
              "organization": {"id": "o-small00001", "managementAccount": "management"},
              "serviceControlPolicies": {\#(denies.joined(separator: ", ")), "Ec2": \#(ec2)},
              "root": {
                "serviceControlPolicies": [\#(attached(0))],
                "accounts": {"management": {"id": "111111111111"}, "data": {
                  "id": "333333333333", "resources": {"\#(resource)": {\#(policy)}}}},
                "organizationalUnits": {"Unit": {
                  "serviceControlPolicies": [\#(attached(1))],
                  "accounts": {"app": {
                    "id": "222222222222", "serviceControlPolicies": [\#(attached(2))],
                    "iam": {
                      "managedPolicies": {"Bound": \#(bound)},
                      "users": {"una": {"inlinePolicies": {\#(inline.joined(separator: ", "))}\#(boundary)}}
                    }
                  }}
                }}
              }
            }
            """#
    }

    /// Single edits that a person might think of, as changes of a scenario.
    private static func universe() -> [[OrganizationChange]] {
        func value(_ text: String) -> JSONValue {
            guard let value = JSONParser.parse(Array(text.utf8), file: 7).value else {
                preconditionFailure("the edits of this test are JSON")
            }
            return value
        }
        let allow = value(Policies.of(statement("Allow", action)))
        let spare = #", "Condition": {"ArnNotEquals": {"aws:PrincipalArn": "\#(user)"}}"#
        let spared = value(Policies.of(statement("Deny", "sqs:*", spare)))
        let grant = value(
            Policies.of(
                #"{"Effect": "Allow", "Principal": {"AWS": "\#(user)"}, "Action": "\#(action)", "Resource": "\#(resource)"}"#
            )
        )
        var edits: [[OrganizationChange]] = []
        for name in ["Deny", "Deny0", "Deny1", "Deny2"] {
            edits.append([.putPolicy(.serviceControlPolicy, name: name, document: spared)])
            for level in levels { edits.append([.detachPolicy(name, target: level)]) }
        }
        for level in levels {
            edits.append([
                .putPolicy(.serviceControlPolicy, name: "New", document: allow),
                .attachPolicy("New", target: level),
            ])
        }
        let both = Policies.of(statement("Allow", "ec2:*"), statement("Allow", action))
        edits.append([.putPolicy(.serviceControlPolicy, name: "Ec2", document: value(both))])
        let una = ["iam", "users", "una"]
        edits.append([.put(una + ["inlinePolicies", "new"], account: "app", value: allow)])
        edits.append([.delete(una + ["inlinePolicies", "no"], account: "app")])
        edits.append([.delete(una + ["permissionsBoundary"], account: "app")])
        edits.append([.put(["iam", "managedPolicies", "Bound"], account: "app", value: allow)])
        edits.append([.put(["resources", resource, "policy"], account: "data", value: grant)])
        return edits
    }

    @Test("no smaller set of edits does it (ALG-1)", arguments: 0..<4)
    func noSmallerSetExists(slice: Int) throws {
        var sizes: Set<Int> = []
        for seed in 0..<10 {
            let text = Self.organization(Parts(seed: slice * 10 + seed))
            let parsed = JSONParser.parse(Array(text.utf8), file: 0)
            #expect(parsed.diagnostics.isEmpty)
            let value = try #require(parsed.value)
            let state = try #require(OrganizationState.load(value).value)
            let instant = Instant(seconds: 1_767_225_600)
            let caller = try CallerResolver(organization: state.organization, instant: instant)
                .caller("app:user/una")
            let request = Request(
                caller: caller,
                action: try #require(ActionName("sqs:SendMessage")),
                resource: Self.resource,
                instant: instant
            )
            if Engine(state.organization).decide(request).outcome == .allowed { continue }
            let question = Question.request(request)
            let result = FixSearch(question, on: state).result()
            let best = try #require(result.fixes.first, "seed \(slice * 10 + seed)")
            FixChecks.confirm(best, of: question, on: state, "seed \(slice * 10 + seed)")
            sizes.insert(best.edits.count)
            // All sets of four and more would take minutes.
            guard best.edits.count <= 4 else { continue }
            let smaller = Self.smallest(below: best.edits.count, state) {
                $0.decide(request).outcome == .allowed
            }
            #expect(
                smaller == nil,
                "seed \(slice * 10 + seed): \(best.edits.map(\.sentence)) but \(smaller ?? [])"
            )
        }
        #expect(sizes.count >= 2)
    }

    /// Some set of fewer edits that turns the verdict, as numbers; nil when there is none.
    private static func smallest(
        below limit: Int,
        _ state: OrganizationState,
        isAllowed: (Engine) -> Bool
    ) -> [Int]? {
        // An edit that AWS refuses on its own is refused with others: none needs another here.
        let edits = universe().filter { (try? state.applying($0)) != nil }
        func search(_ chosen: [Int], _ state: OrganizationState, from first: Int) -> [Int]? {
            if isAllowed(Engine(state.organization)) { return chosen }
            guard chosen.count + 1 < limit else { return nil }
            for index in first..<max(first, edits.count) {
                guard let next = try? state.applying(edits[index]) else { continue }
                if let found = search(chosen + [index], next, from: index + 1) { return found }
            }
            return nil
        }
        return limit > 1 ? search([], state, from: 0) : nil
    }
}
