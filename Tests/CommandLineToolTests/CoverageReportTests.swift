import CommandLineTool
import Foundation
import JSONSource
import Testing

/// Which files coverage is counted in, and how it is told.
@Suite("coverage: files and reports")
struct CoverageReportTests {
    private typealias World = CoverageWorld

    private static let policy = #"""
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Sid": "Keep", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*",
              "Condition": {
                "StringEquals": { "aws:RequestedRegion": "eu-west-1" } } },
            { "Sid": "Never", "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }
          ]
        }
        """#

    private static let organization = World.organization(
        policies: #""P": { "$ref": "scp.json" }"#,
        root: #""FullAWSAccess", "P""#,
        app: World.ann(World.everything)
    )

    private static let denied = World.step(
        "s3:DeleteBucket",
        "explicitDeny",
        on: "arn:aws:s3:::b",
        more: World.context(#""aws:RequestedRegion": "eu-west-1""#)
    )
    private static let files = [
        "org.json": organization, "scp.json": policy, "s.json": CoverageRun.scenario(denied),
    ]

    @Test("text: a line a file, the worst first, then the figures and the closing line")
    func text() throws {
        let folder = try TemporaryFolder(Self.files)
        let run = orgsim(["test", "--coverage", folder.path])
        #expect(run.exitCode == .success)
        #expect(
            run.output == """
                ✓ S (\(folder["s.json"])): 1 check

                coverage: what no check decided
                   16.6 %  \(folder["org.json"])  statement: 11; attachment: 6, 10, 11, 14
                     50 %  \(folder["scp.json"])  statement: 7; condition that never failed alone: 6
                   33.3 %  statements          1 of 3
                     50 %  condition branches  1 of 2
                     20 %  attachments         1 of 5
                     30 %  all                 3 of 10

                1 passed, 0 failed (1 scenario, 0.000 s)

                """
        )
    }

    @Test("without --coverage nothing is said of it, in no format")
    func silence() throws {
        let folder = try TemporaryFolder(Self.files)
        #expect(!orgsim(["test", folder.path]).output.contains("coverage"))
        #expect(try orgsim(["test", "--format", "json", folder.path]).json()["coverage"] == nil)
    }

    @Test("a threshold that is not reached is told, with exit code 1")
    func threshold() throws {
        let folder = try TemporaryFolder(Self.files)
        let run = orgsim(["test", "--coverage-threshold", "40.5", folder.path])
        #expect(run.exitCode == .expectationFailed)
        #expect(
            run.errors == """
                orgsim test: coverage is 30 %, below the 40.5 % asked for: checks would have to \
                decide 2 more of 10, first statement All of app:user/ann own at \
                \(folder["org.json"]):11

                """
        )
        let reached = orgsim(["test", "--coverage-threshold=30", folder.path])
        #expect(reached.exitCode == .success)
        #expect(reached.errors.isEmpty)
        #expect(reached.output.contains("coverage: what no check decided"))
    }

    @Test(
        "a threshold is a percentage",
        arguments: ["", "x", "101", "100.1", "9.55", "-1", "1.2.3"]
    )
    func thresholds(text: String) throws {
        let folder = try TemporaryFolder(Self.files)
        let run = orgsim(["test", "--coverage-threshold=\(text)", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("'--coverage-threshold' takes a percentage"), "\(run.errors)")
    }

    @Test("a listing has no coverage")
    func listing() throws {
        let folder = try TemporaryFolder(Self.files)
        #expect(orgsim(["test", "--list", "--coverage", folder.path]).exitCode == .invalidInput)
    }

    @Test("lcov: a record a file, lines by what stands on them, two branches a condition")
    func lcov() throws {
        let folder = try TemporaryFolder(Self.files)
        let run = orgsim(["test", "--output", "lcov=c.info", folder.path])
        #expect(
            run.files["c.info"] == """
                TN:
                SF:\(folder["org.json"])
                DA:6,0
                DA:10,0
                DA:11,0
                DA:14,0
                LF:4
                LH:0
                end_of_record
                TN:
                SF:\(folder["scp.json"])
                BRDA:6,0,0,1
                BRDA:6,0,1,0
                BRF:2
                BRH:1
                DA:4,1
                DA:5,1
                DA:6,1
                DA:7,0
                LF:4
                LH:3
                end_of_record

                """
        )
        #expect(orgsim(["test", "--format", "lcov", folder.path]).output == run.files["c.info"])
    }

    @Test("lcov: a line whose branch was taken was reached, the statement decided or not")
    func reachedLines() throws {
        let spared = World.step(
            "s3:DeleteBucket",
            "allowed",
            on: "arn:aws:s3:::b",
            more: World.context(#""aws:RequestedRegion": "us-east-1""#)
        )
        var files = Self.files
        files["s.json"] = CoverageRun.scenario(spared)
        let folder = try TemporaryFolder(files)
        let output = orgsim(["test", "--format", "lcov", folder["s.json"]]).output
        #expect(output.contains("BRDA:6,0,0,0\nBRDA:6,0,1,1\n"))
        #expect(output.contains("DA:4,0\nDA:5,0\nDA:6,1\nDA:7,0\n"))
    }

    @Test("a policy file counts once, its attachments in each organization")
    func sharedFile() throws {
        let other = Self.organization.replacing("100000000001", with: "100000000009")
        let run = try CoverageRun([
            "org.json": Self.organization,
            "other.json": other,
            "scp.json": Self.policy,
            "a.json": CoverageRun.scenario(Self.denied),
            "b.json": CoverageRun.scenario(
                World.step("s3:ListBucket", "allowed", on: "arn:aws:s3:::b"),
                on: #""other.json""#
            ),
        ])
        #expect(run.statements == ["Keep": 1, "Never": 0, "All": 1])
        let places = run.run.output.matches(
            of: /"place": "P at Root",\s*"line": 6,\s*"decided": (\d)/
        )
        #expect(places.map { String($0.1) } == ["1", "0"])
    }

    @Test("an overlay counts at its own file, what it replaces where it is loaded without it")
    func overlay() throws {
        let overlay = #"""
            { "serviceControlPolicies": { "P": \#(World.policy(
                World.statement("New", "Deny", "s3:Delete*")
            )) } }
            """#
        let layers = #"["org.json", "overlay.json"]"#
        var files = Self.files
        files["overlay.json"] = overlay
        files["s.json"] = CoverageRun.scenario(Self.denied, on: layers)
        let alone = try CoverageRun(files)
        #expect(alone.statements == ["New": 1, "All": 0])
        files["b.json"] = CoverageRun.scenario(Self.denied)
        let both = try CoverageRun(files)
        #expect(both.statements == ["New": 1, "Keep": 1, "Never": 0, "All": 0])
        // The base attaches it, for both.
        #expect(both.places["P at Root"] == 2)
    }

    @Test("the same file named twice on the command line counts once")
    func namedTwice() throws {
        let folder = try TemporaryFolder(Self.files)
        let path = folder["s.json"]
        let run = orgsim(["test", "--coverage", path, path])
        #expect(run.output.contains("all                 3 of 10"), "\(run.output)")
    }

    @Test("a scenario with mistakes counts nothing")
    func unsound() throws {
        var files = Self.files
        files["b.json"] = CoverageRun.scenario(
            Self.denied + ", " + World.step("s3:GetObject", "allowed", by: "app:user/nobody")
        )
        files["c.json"] = CoverageRun.scenario(Self.denied + #", { "oops": 1 }"#)
        let folder = try TemporaryFolder(files)
        let run = orgsim(["test", "--coverage", "--format", "json", folder.path])
        #expect(run.exitCode == .invalidInput)
        let coverage = try #require(try run.json()["coverage"]?["statements"])
        #expect(coverage["decided"].map { "\($0.content)" } == #"number("1")"#)
    }
}

/// The scenarios that come with the tool decide everything that their organizations say.
@Suite("coverage of the shipped scenarios")
struct ShippedCoverageTests {
    private static let folder =
        URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path() + "Scenarios"

    @Test(
        "100 % of statements, condition branches and places, however many threads",
        arguments: [1, 4]
    )
    func whole(jobs: Int) {
        let run = orgsim([
            "test", "--coverage-threshold", "100", "--jobs", "\(jobs)", Self.folder,
        ])
        #expect(run.exitCode == .success, "\(run.output)\(run.errors)")
        #expect(run.output.contains("coverage: checks decided everything there is"))
    }

    @Test("what is counted hangs on no number of threads")
    func threads() throws {
        let runs = [1, 2, 8].map {
            orgsim(["test", "--coverage", "--format", "json", "--jobs", "\($0)", Self.folder])
                .output
        }
        #expect(Set(runs).count == 1)
    }
}
