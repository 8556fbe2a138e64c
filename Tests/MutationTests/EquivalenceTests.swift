import Mutation
import Testing

/// What no request can tell, each beside a near miss that one can.
@Suite("Equivalent faults")
struct EquivalenceTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let what: String
        let statements: String
        let mutant: String
        /// Nil where nothing is proven.
        let proof: String?

        var testDescription: String { what }
    }

    private static func deny(_ elements: String, _ sid: String = "S") -> String {
        #"{"Sid": "\#(sid)", "Effect": "Deny", \#(elements)}"#
    }

    private static let same =
        "the statement reaches the same requests, of all actions that AWS lists"

    static let rows: [Row] = [
        Row(
            what: "an action that another pattern covers (ACT-2)",
            statements: deny(#""Action": ["s3:GetObject", "s3:Get*"], "Resource": "*""#),
            mutant: "drops the value 's3:GetObject'",
            proof: same
        ),
        Row(
            what: "one that none covers",
            statements: deny(#""Action": ["s3:PutObject", "s3:Get*"], "Resource": "*""#),
            mutant: "drops the value 's3:PutObject'",
            proof: nil
        ),
        Row(
            what: "a statement that stands twice",
            statements: deny(#""Action": "s3:*", "Resource": "*""#) + ", "
                + deny(#""Action": "s3:GetObject", "Resource": "*""#, "T"),
            mutant: "drops the statement 'T'",
            proof: "the statement 'S' says as much in either case"
        ),
        Row(
            what: "one that says less under a condition",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:ViaAWSService": "true"}}"#
            ) + ", " + deny(#""Action": "s3:GetObject", "Resource": "*""#, "T"),
            mutant: "drops the statement 'T'",
            proof: nil
        ),
        Row(
            what: "an action allowed that a Deny of the policy takes anyway",
            statements:
                #"{"Sid": "A", "Effect": "Allow", "Action": ["s3:Get*", "sqs:*"], "Resource": "*"}, "#
                + deny(#""Action": "s3:*", "Resource": "*""#),
            mutant: "drops the value 's3:Get*'",
            proof: "what it allows there is denied by the statement 'S'"
        ),
        Row(
            what: "one that it takes under a condition only",
            statements:
                #"{"Sid": "A", "Effect": "Allow", "Action": ["s3:Get*", "sqs:*"], "Resource": "*"}, "#
                + deny(
                    #""Action": "s3:*", "Resource": "*", "Condition": {"Null": {"aws:SourceVpce": "true"}}"#
                ),
            mutant: "drops the value 's3:Get*'",
            proof: nil
        ),
        Row(
            what: "more allowed than a Deny takes",
            statements:
                #"{"Sid": "A", "Effect": "Allow", "Action": ["s3:Get*", "sqs:*"], "Resource": "*"}, "#
                + deny(#""Action": "s3:Get*", "Resource": "*""#),
            mutant: "widens 's3:Get*' to 's3:*' in Action of the statement 'A'",
            proof: nil
        ),
        Row(
            what: "IfExists where the key is always there (semantics 3.1)",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}"#
            ),
            mutant: "makes Bool BoolIfExists",
            proof: same
        ),
        Row(
            what: "IfExists on what every caller has whom an SCP reaches (semantics 3.1)",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalType": "User"}}"#
            ),
            mutant: "makes StringEquals StringEqualsIfExists",
            proof: same
        ),
        Row(
            what: "IfExists on the Region, which nothing may tell (COND-8)",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}"#
            ),
            mutant: "makes StringEquals StringEqualsIfExists",
            proof: nil
        ),
        Row(
            what: "a variable behind a pattern that ends in its dollar (VAR-1)",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:SourceVpce": ["a$*", "a${aws:username}"]}}"#
            ),
            mutant: "drops the value 'a${aws:username}'",
            proof: nil
        ),
        Row(
            what: "IfExists behind a negated operator (COND-8)",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}"#
            ),
            mutant: "makes StringNotEquals StringNotEqualsIfExists",
            proof: same
        ),
        Row(
            what: "IfExists behind another one",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}"#
            ),
            mutant: "makes StringEquals StringEqualsIfExists",
            proof: nil
        ),
        Row(
            what: "a value that a pattern beside it fits (COND-14)",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:SourceVpce": ["vpce-*", "vpce-1"]}}"#
            ),
            mutant: "drops the value 'vpce-1'",
            proof: same
        ),
        Row(
            what: "one that is no pattern under this operator",
            statements: deny(
                #""Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": ["vpce-*", "vpce-1"]}}"#
            ),
            mutant: "drops the value 'vpce-1'",
            proof: nil
        ),
        Row(
            what: "a resource below another one (RES-1)",
            statements: deny(
                #""Action": "s3:*", "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b/x/*"]"#
            ),
            mutant: "drops the value 'arn:aws:s3:::b/x/*'",
            proof: same
        ),
        Row(
            what: "one beside it",
            statements: deny(
                #""Action": "s3:*", "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b"]"#
            ),
            mutant: "drops the value 'arn:aws:s3:::b'",
            proof: nil
        ),
    ]

    @Test("a fault is equivalent only where that is shown", arguments: rows)
    func proofs(row: Row) throws {
        let world = try MutationWorld(scp: row.statements, steps: "")
        let fate = try world.fate(of: row.mutant)
        if let proof = row.proof {
            #expect(fate.told == "equivalent: \(proof)")
        } else {
            #expect(fate.told.hasPrefix("survived"))
        }
    }

    private static let chain = "every account that the policy reaches is under it just as much"

    @Test("a unit without accounts need not be under a policy, one with an account must")
    func emptyUnit() throws {
        let world = try MutationWorld(
            scp: Self.deny(#""Action": "s3:*", "Resource": "*""#),
            steps: ""
        )
        #expect(try world.fate(of: "below 'Root' but 'Empty'").told == "equivalent: \(Self.chain)")
        // SCPs never reach the management account (ROOT-8).
        #expect(
            try world.fate(of: "below 'Root' but 'management'").told
                == "equivalent: \(Self.chain)"
        )
        #expect(try world.fate(of: "below 'Root' but 'Prod'").told.hasPrefix("survived"))
        #expect(try world.fate(of: "detaches 'G' from 'Root'").told.hasPrefix("survived"))
    }

    @Test("a policy that is attached above as well, if it only denies (SCP-3)")
    func attachedAbove() throws {
        func world(_ statement: String) throws -> MutationWorld {
            let organization = MutationWorld.organization(scp: statement).replacing(
                #""Prod": { "#,
                with: #""Prod": { "serviceControlPolicies": ["G"], "#
            )
            let scenario = #"{"scenario": "S", "organization": "org.json", "steps": []}"#
            return try MutationWorld(["org.json": organization, "s.json": scenario])
        }
        let allowing = try world(
            Self.deny(#""Action": "s3:*", "Resource": "*""#)
                + #", {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#
        )
        #expect(try allowing.fate(of: "detaches 'G' from 'Root/Prod'").told.hasPrefix("survived"))
        let organization = MutationWorld.organization(
            scp: Self.deny(#""Action": "s3:*", "Resource": "*""#)
        ).replacing(
            #""Prod": { "#,
            with: #""Prod": { "serviceControlPolicies": ["FullAWSAccess", "G"], "#
        )
        let scenario = #"{"scenario": "S", "organization": "org.json", "steps": []}"#
        let denying = try MutationWorld(["org.json": organization, "s.json": scenario])
        #expect(
            try denying.fate(of: "detaches 'G' from 'Root/Prod'").told
                == "equivalent: \(Self.chain)"
        )
    }

    @Test(
        "callers of a resource may be services, which have no account, type or id (semantics 3.1)",
        arguments: ["aws:PrincipalAccount", "aws:PrincipalType", "aws:userid"]
    )
    func keysOfServices(key: String) throws {
        func world(_ principal: String) throws -> MutationWorld {
            let bucket = #"""
                "resources": { "arn:aws:s3:::b": { "policy": { "Version": "2012-10-17", "Statement": {
                  "Sid": "P", "Effect": "Deny", "Principal": \#(principal), "Action": "s3:GetObject",
                  "Resource": "arn:aws:s3:::b/*",
                  "Condition": { "StringEquals": { "\#(key)": "x" } } } } } },
                """#
            let organization = MutationWorld.organization(scp: "").replacing(
                #""id": "222222222222","#,
                with: #""id": "222222222222", \#(bucket)"#
            )
            let scenario = #"{"scenario": "S", "organization": "org.json", "steps": []}"#
            return try MutationWorld(["org.json": organization, "s.json": scenario])
        }
        func fate(_ world: MutationWorld) throws -> String {
            let mutants = world.result().policies.flatMap(\.mutants)
            return try #require(
                mutants.first { $0.mutant.sentence.hasPrefix("makes StringEquals StringEqualsIf") }
            ).fate.told
        }
        #expect(try fate(world(#"{"AWS": "222222222222"}"#)) == "equivalent: \(Self.same)")
        #expect(try fate(world(#""*""#)).hasPrefix("survived"))
        #expect(
            try fate(world(#"{"Service": "logging.s3.amazonaws.com"}"#)).hasPrefix("survived")
        )
    }

    @Test(
        "a unit without accounts, or a policy attached nowhere, where a step changes something",
        arguments: [
            #"{"moveAccount": "app", "to": "Root/Empty"}"#,
            #"{"createAccount": "new", "to": "Root/Empty"}"#,
            #"{"put": "/serviceControlPolicies", "account": "app", "value": ["FullAWSAccess", "Spare"]}"#,
        ]
    )
    func changed(change: String) throws {
        let more =
            #", "Spare": { "Version": "2012-10-17", "Statement": [{"Sid": "X", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}] }"#
        let statement = Self.deny(#""Action": "sqs:*", "Resource": "*""#)
        let steps = #"{"change": [\#(change)]}"#
        let world = try MutationWorld(scp: statement, steps: steps, more: more)
        for mutant in ["below 'Root' but 'Empty'", "drops the statement 'X'"] {
            #expect(try world.fate(of: mutant).told.hasPrefix("survived"))
        }
    }

    @Test("a policy that is attached nowhere and that no scenario attaches")
    func attachedNowhere() throws {
        let more =
            #", "Spare": { "Version": "2012-10-17", "Statement": [{"Sid": "X", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}] }"#
        let statement = Self.deny(#""Action": "sqs:*", "Resource": "*""#)
        let world = try MutationWorld(scp: statement, steps: "", more: more)
        #expect(
            try world.fate(of: "drops the statement 'X'").told
                == "equivalent: the policy is attached nowhere"
        )
    }
}
