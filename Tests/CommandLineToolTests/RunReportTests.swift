import CommandLineTool
import Foundation
import JSONSource
import Testing

@Suite("forms of a run's results")
struct RunReportTests {
    private static let name = "<script>\"A\" & 'B' ]]>"

    private func folder() throws -> TemporaryFolder {
        try TemporaryFolder([
            "org.json": Sample.organization,
            "a.json": Sample.scenario(Sample.passingStep, Sample.failingStep, name: "First"),
            "b.json": Sample.scenario(
                Sample.passingStep,
                name: Self.name.replacing("\"", with: "\\\"")
            ),
        ])
    }

    @Test("JUnit: a suite a scenario, a case a check, a failure with all that decided")
    func junit() throws {
        let folder = try folder()
        let run = orgsim(["test", "--format", "junit", folder.path])
        #expect(run.exitCode == .expectationFailed)
        let (a, b) = (folder["a.json"], folder["b.json"])
        let organization = folder["org.json"]
        #expect(
            run.output == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="orgsim" tests="3" failures="1" errors="0" time="0.000">
                  <testsuite name="First" file="\(a)" tests="2" failures="1" errors="0" skipped="0">
                    <testcase classname="\(a)" name="step 0: app:user/ann → s3:GetObject on arn:aws:s3:::b/x"/>
                    <testcase classname="\(a)" name="step 1 · may delete: app:user/ann → s3:DeleteObject on arn:aws:s3:::b/x">
                      <failure type="explicitDeny" message="expected allowed, got explicitDeny">  \(a):7:5: step 1 · may delete
                    app:user/ann → s3:DeleteObject on arn:aws:s3:::b/x
                      expected allowed, got explicitDeny
                      what stands in the way
                        service control policy 'NoDelete' at Root denies by statement Keep  \(organization):7:9</failure>
                    </testcase>
                  </testsuite>
                  <testsuite name="&lt;script&gt;&quot;A&quot; &amp; 'B' ]]&gt;" file="\(b)" tests="1" failures="0" errors="0" skipped="0">
                    <testcase classname="\(b)" name="step 0: app:user/ann → s3:GetObject on arn:aws:s3:::b/x"/>
                  </testsuite>
                </testsuites>

                """
        )
    }

    @Test("JUnit: what is wrong with the files counts as errors")
    func unreadable() throws {
        let folder = try TemporaryFolder(["s.json": "{ oops"])
        let run = orgsim(["test", "--format", "junit", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        let counts = #"<testsuites name="orgsim" tests="2" failures="0" errors="2" time="0.000">"#
        #expect(run.output.contains(counts), "\(run.output)")
        #expect(run.output.contains(#"<error type="json.quotes""#))
    }

    @Test("TAP: a test a scenario, its checks as a subtest, a '#' is no directive")
    func tap() throws {
        let folder = try folder()
        let run = orgsim(["test", "--format", "tap", folder.path])
        let (a, b) = (folder["a.json"], folder["b.json"])
        #expect(
            run.output == """
                TAP version 13
                # Subtest: First (\(a))
                    ok 1 - step 0: app:user/ann → s3:GetObject on arn:aws:s3:::b/x
                    not ok 2 - step 1 · may delete: app:user/ann → s3:DeleteObject on arn:aws:s3:::b/x
                      ---
                      message: "expected allowed, got explicitDeny"
                      at: "\(a):7:5"
                      expected: "allowed"
                      actual: "explicitDeny"
                      because: ["service control policy 'NoDelete' at Root denies by statement Keep  \(folder["org.json"]):7:9"]
                      ...
                    1..2
                not ok - First (\(a))
                # Subtest: \(Self.name) (\(b))
                    ok 1 - step 0: app:user/ann → s3:GetObject on arn:aws:s3:::b/x
                    1..1
                ok - \(Self.name) (\(b))
                1..2

                """
        )
        let odd = try TemporaryFolder([
            "org.json": Sample.organization,
            "s.json": Sample.scenario(Sample.passingStep, name: "a # TODO b"),
        ])
        let told = orgsim(["test", "--format", "tap", odd["s.json"]]).output
        #expect(told.contains("\nok - a \\# TODO b ("))
    }

    @Test("SARIF: a failed check at its step, with the statement that decided")
    func sarif() throws {
        let folder = try folder()
        let run = orgsim(["test", "--format", "sarif", folder.path])
        let log = try #require(try run.json()["runs"]?.elements?.first)
        let results = try #require(log["results"]?.elements)
        #expect(results.count == 1)
        let result = try #require(results.first)
        func line(_ place: JSONValue?) -> String? {
            let physical = place?["physicalLocation"]
            let file = physical?["artifactLocation"]?["uri"]?.string
            guard case .number(let line)? = physical?["region"]?["startLine"]?.content else {
                return nil
            }
            return file.map { "\($0):\(line)" }
        }
        #expect(line(result["locations"]?.elements?.first) == "\(folder["a.json"]):7")
        let related = result["relatedLocations"]?.elements?.first
        #expect(line(related) == "\(folder["org.json"]):7")
        #expect(
            related?["message"]?["text"]?.string
                == "service control policy 'NoDelete' at Root denies by statement Keep"
        )
    }

    @Test("a run without failures is valid SARIF with no results")
    func emptySARIF() throws {
        let folder = try folder()
        let run = orgsim(["test", "--format", "sarif", folder["b.json"]])
        let log = try #require(try run.json()["runs"]?.elements?.first)
        #expect(log["results"]?.elements?.isEmpty == true)
    }

    @Test("--output writes each file as its format prints it")
    func files() throws {
        let folder = try folder()
        let formats = ["text", "json", "junit", "tap", "github", "sarif", "html"]
        let options = formats.flatMap { ["--output", "\($0)=out.\($0)"] }
        let run = orgsim(["test"] + options + [folder.path])
        #expect(run.files.count == formats.count)
        for format in formats {
            let printed = orgsim(["test", "--format", format, folder.path]).output
            #expect(run.files["out.\(format)"] == printed, "\(format)")
        }
        #expect(run.output == run.files["out.text"])
        #expect(run.exitCode == .expectationFailed)
    }

    @Test("results are never written over what they come from")
    func overInput() throws {
        let folder = try folder()
        for name in ["b.json", "./b.json", "org.json"] {
            let run = orgsim(["test", "--output", "json=\(folder[name])", folder["b.json"]])
            #expect(run.exitCode == .invalidInput)
            #expect(run.files.isEmpty)
            #expect(
                run.errors.contains("was read, results are not written over it"),
                "\(run.errors)"
            )
        }
    }

    @Test("a file that cannot be written is told, with exit code 2")
    func unwritable() throws {
        let folder = try folder()
        let run = orgsim(
            ["test", "--output", "json=r.json", folder["b.json"]],
            broken: .files("No space left on device")
        )
        #expect(run.exitCode == .invalidInput)
        #expect(
            run.errors == "orgsim test: cannot write 'r.json': No space left on device\n"
        )
    }

    @Test(
        "an option that cannot be understood is refused",
        arguments: [
            (["--output", "junit"], "'--output' takes FORMAT=FILE, such as junit=results.xml"),
            (["--output", "junti=x"], "did you mean 'junit'?"),
            (["--output", "json=x", "--output", "tap=x"], "'--output' names 'x' twice"),
            (["--output", "json=x", "--output", "tap=./x"], "'--output' names './x' twice"),
            (["--shard", "+1/2"], "'--shard' takes I/N with I from 1 to N"),
            (["--shard", "3/2"], "'--shard' takes I/N with I from 1 to N"),
            (["--shard", "0/2"], "'--shard' takes I/N with I from 1 to N"),
            (["--filter", "/(/"], "'--filter /(/' is no regular expression"),
            (["--list", "--output", "json=x"], "'--list' has no results"),
        ]
    )
    func refused(_ words: [String], _ message: String) throws {
        let folder = try folder()
        let run = orgsim(["test"] + words + [folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.output.isEmpty)
    }
}
