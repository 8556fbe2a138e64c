import Authorization
import JSONSource
import Mutation
import Parallelism
import Testing

/// Killed is what a check notices, and nothing else.
@Suite("What becomes of faults")
struct FateTests {
    private static let region = #"""
        {"Sid": "Regions", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}}
        """#

    private static func step(_ action: String, _ region: String, _ rest: String) -> String {
        #"{"principal": "app:role/Dev", "action": "\#(action)", "context": {"aws:RequestedRegion": "\#(region)"}, \#(rest)}"#
    }

    private static let denied = step("ec2:RunInstances", "us-east-1", #""expect": "denied""#)
    private static let allowed = step("ec2:RunInstances", "eu-west-1", #""expect": "allowed""#)

    @Test("a check that comes out otherwise kills")
    func killed() throws {
        let world = try MutationWorld(scp: Self.region, steps: "\(Self.allowed), \(Self.denied)")
        #expect(try world.fate(of: "drops the statement 'Regions'").told == "killed by step 1")
        #expect(try world.fate(of: "drops the exemption 'eu-west-1'").told == "killed by step 0")
        #expect(try world.fate(of: "detaches 'G' from 'Root'").told == "killed by step 1")
    }

    @Test("the verdict stays, and the reason that was asserted goes: killed")
    func killedByReason() throws {
        let statements =
            Self.region
            + #", {"Sid": "Twin", "Effect": "Deny", "Action": "ec2:*", "Resource": "*"}"#
        let plain = try MutationWorld(scp: statements, steps: Self.denied)
        #expect(try plain.fate(of: "drops the statement 'Regions'").told.hasPrefix("survived"))
        let because = Self.step(
            "ec2:RunInstances",
            "us-east-1",
            #""expect": "denied", "because": {"statement": "Regions"}"#
        )
        let told = try MutationWorld(scp: statements, steps: because)
        #expect(try told.fate(of: "drops the statement 'Regions'").told == "killed by step 0")
    }

    @Test(
        "a dropped statement leaves the numbers of the others: a check on one of them says nothing"
    )
    func numbersStay() throws {
        let statements = #"""
            {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"},
            {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}
            """#
        let step = Self.step(
            "ec2:RunInstances",
            "us-east-1",
            #""expect": "denied", "because": {"policy": "G", "statement": "1"}"#
        )
        let world = try MutationWorld(scp: statements, steps: step)
        #expect(
            try world.fate(of: "drops the statement '0'").told == "survived with a suggestion"
        )
        #expect(try world.fate(of: "drops the statement '1'").told == "killed by step 0")
    }

    @Test("a survivor comes with a step that would kill it, which does once it is there")
    func suggestionKills() throws {
        let before = try MutationWorld(scp: Self.region, steps: "\(Self.allowed), \(Self.denied)")
        let text = "drops the exemption 'iam:*'"
        guard case .survived(let found?) = try before.fate(of: text) else {
            Issue.record("no suggestion")
            return
        }
        #expect(found.file == "s.json")
        let after = try MutationWorld(
            scp: Self.region,
            steps: "\(found.step.compact), \(Self.allowed), \(Self.denied)"
        )
        #expect(try after.fate(of: text).told == "killed by step 0")
    }

    @Test("every suggestion of a world kills what it was made for")
    func suggestionsKill() throws {
        let before = try MutationWorld(scp: Self.region, steps: "\(Self.allowed), \(Self.denied)")
        let survivors = before.result().policies.flatMap(\.mutants).compactMap { one in
            if case .survived(let check?) = one.fate { (one.mutant.id, check) } else { nil }
        }
        #expect(survivors.count > 1)
        for (id, check) in survivors {
            let after = try MutationWorld(
                scp: Self.region,
                steps: "\(check.step.compact), \(Self.allowed), \(Self.denied)"
            )
            let fate = after.result().policies.flatMap(\.mutants).first { $0.mutant.id == id }?.fate
            #expect(fate?.told == "killed by step 0", "\(check.step.compact)")
        }
    }

    @Test("a policy that several organizations refer to is one: a check of either kills")
    func shared() throws {
        func organization(_ id: String) -> String {
            MutationWorld.organization(scp: "").replacing(
                #"{ "Version": "2012-10-17", "Statement": [] }"#,
                with: #"{ "$ref": "g.json" }"#
            ).replacing("o-mutation01", with: id)
        }
        func scenario(_ file: String, _ steps: String) -> String {
            #"{"scenario": "\#(file)", "organization": "\#(file)", "steps": [\#(steps)]}"#
        }
        let world = try MutationWorld(
            [
                "g.json": #"{"Version": "2012-10-17", "Statement": [\#(Self.region)]}"#,
                "one.json": organization("o-mutation01"), "two.json": organization("o-mutation02"),
                "a.json": scenario("one.json", Self.allowed),
                "b.json": scenario("two.json", Self.denied),
            ],
            scenarios: ["a.json", "b.json"]
        )
        let result = world.result()
        #expect(result.policies.filter { $0.type == .serviceControlPolicy }.count == 1)
        let dropped = result.policies.flatMap(\.mutants).first {
            $0.mutant.sentence == "drops the statement 'Regions'"
        }
        guard case .killed(let step)? = dropped?.fate else {
            Issue.record("not killed")
            return
        }
        #expect(step.file == "b.json")
    }

    @Test("a fault is there from the start: sessions and changes meet it too")
    func laterState() throws {
        let steps = #"""
            {"change": [{"moveAccount": "app", "to": "Root/Empty"}]},
            {"assumeRole": {"role": "app:role/Dev"}, "principal": "app:role/Dev", "expect": "allowed", "saveAs": "dev"},
            {"principal": "$dev", "action": "ec2:RunInstances", "context": {"aws:RequestedRegion": "us-east-1"}, "expect": "denied"}
            """#
        let world = try MutationWorld(scp: Self.region, steps: steps)
        #expect(try world.fate(of: "drops the statement 'Regions'").told == "killed by step 2")
        #expect(
            try world.fate(of: "drops the exemption 'sts:*'").told == "killed by step 1"
        )
        // The account has gone there meanwhile.
        #expect(
            try world.fate(of: "below 'Root' but 'Empty'").told == "killed by step 2"
        )
    }

    @Test("a change that AWS refuses because of the fault kills only where a step asks for that")
    func refusedChange() throws {
        func fate(_ change: String) throws -> String {
            let world = try MutationWorld(scp: Self.region, steps: change)
            return try world.fate(of: "detaches 'G' from 'Root'").told
        }
        let detaching = #"{"change": [{"detachPolicy": "G", "target": "Root"}]}"#
        // What lies behind is about an organization that there is not: it kills no more.
        #expect(try fate(detaching + ", " + Self.allowed).hasPrefix("survived"))
        // Without the fault it is attached already.
        let attaching =
            #"{"change": [{"attachPolicy": "G", "target": "Root"}], "expect": "refused"}"#
        #expect(try fate(attaching) == "killed by step 0")
    }

    @Test("no two faults have one name, though a Sid is the index of another statement")
    func names() throws {
        let statements = #"""
            {"Sid": "1", "Effect": "Deny", "Action": "sqs:*", "Resource": "*"},
            {"Effect": "Deny", "Action": "sns:*", "Resource": "*"}
            """#
        let world = try MutationWorld(scp: statements, steps: "")
        let names = world.plan.mutants.map(\.id)
        #expect(Set(names).count == names.count)
    }

    @Test("a suggestion gives a Region that there is, and is about somebody who is allowed")
    func plainSuggestions() throws {
        let organization = MutationWorld.organization(scp: Self.region).replacing(
            #""roles": { "#,
            with: #""roles": { "Idle": { "trustPolicy": \#(MutationWorld.trust) }, "#
        )
        let step = Self.step("ec2:RunInstances", "eu-north-1", #""expect": "denied""#)
            .replacing("role/Dev", with: "role/Idle")
        let scenario = #"{"scenario": "S", "organization": "org.json", "steps": [\#(step)]}"#
        let world = try MutationWorld(["org.json": organization, "s.json": scenario])
        let dropped = "drops the exemption 'eu-west-1'"
        guard case .survived(let found?) = try world.fate(of: dropped) else {
            Issue.record("no suggestion")
            return
        }
        #expect(found.step.compact.contains(#""aws:RequestedRegion":"eu-west-1""#))
        #expect(found.step.compact.contains(#""expect":"allowed""#))
        for case .survived(let check?) in world.result().policies.flatMap(\.mutants).map(\.fate) {
            let text = check.step.compact
            #expect(!text.contains(#":""}"#), "\(text)")
            if let match = text.firstMatch(of: /"aws:RequestedRegion":"([^"]*)"/) {
                #expect(match.1.wholeMatch(of: /[a-z]+-[a-z]+-[0-9]/) != nil, "\(text)")
            }
        }
    }

    @Test("whatever the number of threads")
    func threads() throws {
        let world = try MutationWorld(scp: Self.region, steps: "\(Self.allowed), \(Self.denied)")
        let runs = [1, 4].map { count in
            MutationRun(world.plan).result(by: Workers(count)) { _ in }
                .policies.flatMap(\.mutants).map { "\($0.mutant.id) \($0.fate.told)" }
        }
        #expect(runs[0] == runs[1])
    }
}
