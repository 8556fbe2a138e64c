import CommandLineTool
import JSONSource
import Testing

/// What counts as decided, each with what does not (EVAL-2, EVAL-3, SCP-2).
@Suite("coverage: what decided")
struct CoverageCountingTests {
    private typealias World = CoverageWorld

    @Test("a Deny counts where it applies, not where its action is another one")
    func denies() throws {
        let organization = World.organization(
            policies: World.named(
                "P",
                World.statement("Keep", "Deny", "s3:Delete*"),
                World.statement("Other", "Deny", "ec2:*")
            ),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything)
        )
        let run = try CoverageRun(
            organization,
            steps: World.step("s3:DeleteBucket", "explicitDeny", on: "arn:aws:s3:::b")
        )
        #expect(run.statements == ["Keep": 1, "Other": 0, "All": 0])
        #expect(run.places["P at Root"] == 1)
        #expect(run.places["FullAWSAccess at Root"] == 0)
    }

    @Test("an Allow counts where the request is allowed, not where something else denies")
    func allows() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Deny", "s3:Delete*")),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything)
        )
        let drowned = World.step("s3:DeleteBucket", "explicitDeny", on: "arn:aws:s3:::b")
        let run = try CoverageRun(organization, steps: drowned)
        #expect(run.statements["All"] == 0)
        #expect(run.places["own on app:user/ann"] == 0)
        let free = try CoverageRun(
            organization,
            steps: drowned,
            World.step("ec2:DescribeInstances", "allowed")
        )
        #expect(free.statements == ["Keep": 1, "All": 1])
        #expect(free.places["own on app:user/ann"] == 1)
        #expect(free.places["FullAWSAccess at Root/One"] == 1)
        #expect(free.places["FullAWSAccess at Root/Two"] == 0)
    }

    @Test("an Allow of an SCP does not count where a level below allows nothing")
    func silentLevel() throws {
        let organization = World.organization(
            policies: World.named("List", World.statement("S3", "Allow", "s3:*")),
            one: #""List""#,
            app: World.ann(World.everything)
        )
        let run = try CoverageRun(
            organization,
            steps: World.step("ec2:DescribeInstances", "implicitDeny")
        )
        #expect(run.statements == ["S3": 0, "All": 0])
        #expect(run.places["FullAWSAccess at Root"] == 0)
    }

    @Test("a Deny beside another one counts: both say why")
    func severalDenies() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Deny", "s3:Delete*")),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.statement("Never", "Deny", "s3:*"))
        )
        let run = try CoverageRun(
            organization,
            steps: World.step("s3:DeleteBucket", "explicitDeny", on: "arn:aws:s3:::b")
        )
        #expect(run.statements == ["Keep": 1, "Never": 1])
    }

    @Test("one policy attached at two units counts where it decided")
    func twoPlaces() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Deny", "s3:Delete*")),
            one: #""FullAWSAccess", "P""#,
            two: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything),
            lab: World.ann(World.everything)
        )
        let run = try CoverageRun(
            organization,
            steps: World.step("s3:DeleteBucket", "explicitDeny", on: "arn:aws:s3:::b"),
            World.step("s3:GetObject", "allowed", by: "lab:user/ann", on: "arn:aws:s3:::b/x")
        )
        #expect(run.places["P at Root/One"] == 1)
        #expect(run.places["P at Root/Two"] == 0)
        #expect(run.statements["Keep"] == 1)
    }

    @Test("an SCP that is attached nowhere is there to be decided")
    func unattached() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Deny", "s3:Delete*")),
            app: World.ann(World.everything)
        )
        let step = World.step("s3:DeleteBucket", "allowed", on: "arn:aws:s3:::b")
        #expect(try CoverageRun(organization, steps: step).statements["Keep"] == 0)
        // A scenario that attaches it decides by its statement, at a place of its own.
        let attached = try CoverageRun(
            organization,
            steps: #"{ "change": { "attachPolicy": "P", "target": "app" } }"#,
            World.step("s3:DeleteBucket", "explicitDeny", on: "arn:aws:s3:::b")
        )
        #expect(attached.statements["Keep"] == 1)
        #expect(attached.places.keys.contains { $0.hasPrefix("P at") } == false)
    }

    @Test("what a scenario puts there itself does not count, at its place neither")
    func putByScenario() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Deny", "s3:Delete*")),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything)
        )
        let document = World.policy(World.statement("New", "Deny", "s3:*"))
        let run = try CoverageRun(
            organization,
            steps: #"""
                { "change": { "putPolicy": "serviceControlPolicy", "name": "P",
                              "document": \#(document) } }
                """#,
            World.step("s3:DeleteBucket", "explicitDeny", on: "arn:aws:s3:::b")
        )
        #expect(run.statements == ["Keep": 0, "All": 0])
        #expect(run.places["P at Root"] == 0)
    }

    @Test("a boundary's Allow counts where it is needed, not beside a grant to the caller himself")
    func boundary() throws {
        let bucket = World.statement(
            "Direct",
            "Allow",
            "s3:GetObject",
            on: "arn:aws:s3:::b/*",
            to: #"{ "AWS": "arn:aws:iam::100000000002:user/ann" }"#
        )
        let organization = World.organization(
            app: #"""
                , "iam": {
                  "managedPolicies": { "Limits": \#(World.policy(
                    World.statement("Limit", "Allow", "s3:*")
                  )) },
                  "users": { "ann": { "permissionsBoundary": "Limits",
                    "inlinePolicies": { "own": \#(World.policy(
                        World.statement("List", "Allow", "s3:ListBucket")
                    )) } } }
                },
                "resources": { "arn:aws:s3:::b": { "policy": \#(World.policy(bucket)) } }
                """#
        )
        let direct = World.step("s3:GetObject", "allowed", on: "arn:aws:s3:::b/x")
        let run = try CoverageRun(organization, steps: direct)
        #expect(run.statements == ["Limit": 0, "List": 0, "Direct": 1])
        #expect(run.places["policy of arn:aws:s3:::b"] == 1)
        let needed = try CoverageRun(
            organization,
            steps: World.step("s3:ListBucket", "allowed", on: "arn:aws:s3:::b")
        )
        #expect(needed.statements == ["Limit": 1, "List": 1, "Direct": 0])
        #expect(needed.places["boundary Limits on app:user/ann"] == 1)
    }

    @Test("policies of AWS do not count, where they are attached does")
    func managedByAWS() throws {
        let arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
        let organization = World.organization(
            app: #"""
                , "iam": { "groups": { "Readers": { "managedPolicies": ["\#(arn)"] } },
                           "users": { "ann": { "groups": ["Readers"] },
                                      "bob": { "managedPolicies": ["\#(arn)"] } } }
                """#
        )
        let run = try CoverageRun(
            organization,
            steps: World.step("s3:ListAllMyBuckets", "allowed")
        )
        #expect(run.statements.isEmpty)
        #expect(run.places["\(arn) on app:group/Readers"] == 1)
        #expect(run.places["\(arn) on app:user/bob"] == 0)
    }

    @Test("layers that a step leaves out do not count")
    func without() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Deny", "s3:Delete*")),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything)
        )
        let run = try CoverageRun(
            organization,
            steps: World.step(
                "s3:DeleteBucket",
                "allowed",
                on: "arn:aws:s3:::b",
                more: #", "without": ["serviceControlPolicy"]"#
            )
        )
        #expect(run.statements == ["Keep": 0, "All": 1])
        #expect(run.places["FullAWSAccess at Root"] == 0)
    }

    @Test("of an undetermined verdict nothing decided")
    func undetermined() throws {
        let organization = World.organization(
            policies: World.named(
                "P",
                World.statement("Keep", "Deny", "s3:Delete*", if: World.region)
            ),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything)
        )
        let run = try CoverageRun(
            organization,
            steps: World.step(
                "s3:DeleteBucket",
                "undetermined",
                on: "arn:aws:s3:::b",
                more: #", "unknownKeys": ["aws:RequestedRegion"]"#
            )
        )
        #expect(run.statements == ["Keep": 0, "All": 0])
        #expect(run.conditions.values.allSatisfy { $0 == [0, 0] })
        #expect(run.places.values.allSatisfy { $0 == 0 })
    }
}
