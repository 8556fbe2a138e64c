import CommandLineTool
import JSONSource
import Testing

/// Both branches of a condition: that it held, and that it alone kept its statement from deciding
/// (COND-1).
@Suite("coverage: branches of conditions")
struct CoverageConditionTests {
    private typealias World = CoverageWorld

    /// An SCP that denies deleting in Ireland.
    private func denying(_ more: String = "") -> String {
        World.organization(
            policies: World.named(
                "P",
                World.statement("Keep", "Deny", "s3:Delete*", if: World.region + more)
            ),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything)
        )
    }

    private static let name = "Keep StringEquals aws:RequestedRegion"

    private func step(
        _ action: String,
        _ expected: String,
        _ region: String,
        more: String = ""
    ) -> String {
        World.step(
            action,
            expected,
            on: "arn:aws:s3:::b",
            more: World.context(#""aws:RequestedRegion": "\#(region)" \#(more)"#)
        )
    }

    @Test("a condition that held, and one that alone let the request through")
    func both() throws {
        let held = step("s3:DeleteBucket", "explicitDeny", "eu-west-1")
        let failed = step("s3:DeleteBucket", "allowed", "us-east-1")
        #expect(try CoverageRun(denying(), steps: held).conditions == [Self.name: [1, 0]])
        #expect(try CoverageRun(denying(), steps: failed).conditions == [Self.name: [0, 1]])
    }

    @Test("a condition that fails together with the action decides nothing")
    func withAction() throws {
        let run = try CoverageRun(denying(), steps: step("s3:ListBucket", "allowed", "us-east-1"))
        #expect(run.conditions == [Self.name: [0, 0]])
    }

    @Test("of two conditions that fail together neither decides")
    func together() throws {
        let organization = denying(#", "Bool": { "aws:SecureTransport": "true" }"#)
        let both = step(
            "s3:DeleteBucket",
            "allowed",
            "us-east-1",
            more: #", "aws:SecureTransport": "false""#
        )
        let run = try CoverageRun(organization, steps: both)
        #expect(run.conditions.values.allSatisfy { $0 == [0, 0] })
        let alone = try CoverageRun(
            organization,
            steps: step("s3:DeleteBucket", "allowed", "us-east-1")
        )
        #expect(alone.conditions[Self.name] == [0, 1])
        #expect(alone.conditions["Keep Bool aws:SecureTransport"] == [0, 0])
    }

    @Test("a Deny that its condition spares decides nothing where another one denies")
    func besideDeny() throws {
        let organization = World.organization(
            policies: World.named(
                "P",
                World.statement("Keep", "Deny", "s3:Delete*", if: World.region),
                World.statement("Never", "Deny", "s3:DeleteBucket")
            ),
            root: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything)
        )
        let run = try CoverageRun(
            organization,
            steps: step("s3:DeleteBucket", "explicitDeny", "us-east-1")
        )
        #expect(run.conditions == [Self.name: [0, 0]])
    }

    @Test("an Allow whose condition fails decides where nothing else is missing")
    func allow() throws {
        let own = World.statement("Keep", "Allow", "s3:*", if: World.region)
        let open = World.organization(app: World.ann(own))
        let denied = step("s3:DeleteBucket", "implicitDeny", "us-east-1")
        #expect(try CoverageRun(open, steps: denied).conditions == [Self.name: [0, 1]])
        let closed = World.organization(
            policies: World.named("List", World.statement("EC2", "Allow", "ec2:*")),
            one: #""List""#,
            app: World.ann(own)
        )
        #expect(try CoverageRun(closed, steps: denied).conditions == [Self.name: [0, 0]])
    }

    @Test("an Allow whose condition fails decides nothing where another one allows")
    func besideAllow() throws {
        let organization = World.organization(
            app: #"""
                , "iam": { "users": { "ann": { "inlinePolicies": { "own": \#(World.policy(
                    World.statement("Keep", "Allow", "s3:*", if: World.region),
                    World.statement("Other", "Allow", "s3:DeleteBucket")
                )) } } } }
                """#
        )
        let run = try CoverageRun(
            organization,
            steps: step("s3:DeleteBucket", "allowed", "us-east-1")
        )
        #expect(run.conditions == [Self.name: [0, 0]])
        #expect(run.statements == ["Keep": 0, "Other": 1])
    }

    @Test("one SCP at two levels, whose condition fails at both, decides (SCP-2)")
    func twoLevels() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Allow", "s3:*", if: World.region)),
            root: #""P""#,
            one: #""P""#,
            app: World.ann(World.everything)
        )
        let run = try CoverageRun(
            organization,
            steps: step("s3:DeleteBucket", "implicitDeny", "us-east-1")
        )
        #expect(run.conditions == [Self.name: [0, 1]])
    }

    @Test("an Allow of a resource decides where it would be grant enough (EVAL-10, EVAL-21)")
    func resources() throws {
        func organization(_ principal: String) -> String {
            let bucket = World.statement(
                "Keep",
                "Allow",
                "s3:GetObject",
                on: "arn:aws:s3:::b/*",
                to: principal,
                if: World.region
            )
            return World.organization(
                app: #"""
                    , "iam": { "users": { "ann": {} } },
                    "resources": { "arn:aws:s3:::b": { "policy": \#(World.policy(bucket)) } }
                    """#
            )
        }
        let denied = World.step(
            "s3:GetObject",
            "implicitDeny",
            on: "arn:aws:s3:::b/x",
            more: World.context(#""aws:RequestedRegion": "us-east-1""#)
        )
        let direct = organization(#"{ "AWS": "arn:aws:iam::100000000002:user/ann" }"#)
        #expect(try CoverageRun(direct, steps: denied).conditions == [Self.name: [0, 1]])
        // Naming the account alone would leave it to her own policies, which say nothing.
        let delegating = organization(#"{ "AWS": "100000000002" }"#)
        #expect(try CoverageRun(delegating, steps: denied).conditions == [Self.name: [0, 0]])
    }

    @Test("a Deny that the owner's root may pass over decides nothing (ROOT-2)")
    func mended() throws {
        let bucket = World.statement(
            "Keep",
            "Deny",
            "s3:*",
            on: "arn:aws:s3:::b",
            to: #""*""#,
            if: World.region
        )
        let organization = World.organization(
            app: #"""
                , "resources": { "arn:aws:s3:::b": { "policy": \#(World.policy(bucket)) } }
                """#
        )
        func step(_ action: String, _ region: String) -> String {
            World.step(
                action,
                "allowed",
                by: "app:root",
                on: "arn:aws:s3:::b",
                more: World.context(#""aws:RequestedRegion": "\#(region)""#)
            )
        }
        let mended = try CoverageRun(
            organization,
            steps: step("s3:PutBucketPolicy", "us-east-1"),
            step("s3:PutBucketPolicy", "eu-west-1")
        )
        #expect(mended.conditions == [Self.name: [0, 0]])
        #expect(mended.statements == ["Keep": 0])
        let other = try CoverageRun(organization, steps: step("s3:ListBucket", "us-east-1"))
        #expect(other.conditions == [Self.name: [0, 1]])
    }
}
