import CommandLineTool
import JSONSource
import Testing

/// Inputs that once broke the tool; each stays here for good.
@Suite struct HostileInputTests {
    @Test("a scenario over an organization with a duplicate key is not replayed")
    func brokenOrganizationIsNotReplayed() throws {
        let broken = Sample.organization.replacing(
            #""Effect": "Deny""#,
            with: #""Effect": "Deny", "Effect": "Allow""#
        )
        let folder = try TemporaryFolder([
            "org.json": broken, "s.json": Sample.scenario(Sample.passingStep),
        ])
        let run = orgsim(["test", "--format", "json", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("duplicate key 'Effect'"))
        let status = try run.json()["scenarios"]?.elements?.first?["status"]
        #expect(status?.string == "error")
    }

    @Test("a reference that leads nowhere keeps the scenario from being replayed")
    func danglingReferenceIsNotReplayed() throws {
        let folder = try TemporaryFolder([
            "org.json": #"{"externalAccounts": {"a": {"$ref": "gone.json"}}}"#,
            "s.json": Sample.scenario(Sample.passingStep),
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.components("error:") == 1)
    }

    @Test("a long chain of references is an error, not an overflow")
    func longChainOfReferences() throws {
        let links = (0..<5_000).map { ##""p\##($0)": {"$ref": "#/p\##($0 + 1)"}"## }
        let text = "{" + links.joined(separator: ",") + #", "p5000": {}}"#
        let folder = try TemporaryFolder(["org.json": text])
        let run = orgsim(["evaluate", "--organization", folder["org.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("references lead from one to the next"))
    }

    @Test("references to references to references are counted by what they stand for")
    func referencesThatExplode() throws {
        var files = ["b9.json": #"{"v": 1}"#]
        for level in 0..<9 {
            let parts = (0..<10).map { #""p\#($0)": {"$ref": "b\#(level + 1).json#/v"}"# }
            files["b\(level).json"] = "{\"v\": {" + parts.joined(separator: ",") + "}}"
        }
        files["org.json"] =
            #"{"externalAccounts": {"a": {"id": "111111111111", "tags": {"$ref": "b0.json#/v"}}}}"#
        let folder = try TemporaryFolder(files)
        let run = orgsim(["evaluate", "--organization", folder["org.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("the references stand for more than"))
    }

    @Test("a pointer of a thousand parts is refused")
    func deepPointer() throws {
        let pointer = String(repeating: "/x", count: 1_000)
        let step = #"{"change": [{"put": "\#(pointer)", "account": "main", "value": 1}]}"#
        let folder = try TemporaryFolder([
            "org.json": Sample.organization, "s.json": Sample.scenario(step),
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("is not a JSON Pointer"))
    }

    @Test("control characters in names cannot forge a line of output")
    func forgedOutput() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization,
            "s.json":
                #"{"scenario": "x", "organization": "org.json", "steps": [], "a\n/etc/passwd:1:1: error: \u001b[31m": 1}"#,
        ])
        let run = orgsim(["test", folder["s.json"]])
        #expect(!run.errors.contains("\u{1B}"))
        #expect(!run.errors.contains("\n/etc/passwd"))
    }

    @Test("an endless line is answered, and those behind it are as well")
    func endlessLine() throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        let request = #"{"id": 1, "principal": "main:root", "action": "s3:GetObject"}"#
        let endless = String(repeating: "x", count: 17 << 20)
        let run = orgsim(
            ["evaluate", "--organization", folder["org.json"]],
            input: "\(request)\n\(endless)\n\(request)\n"
        )
        #expect(run.exitCode == .expectationFailed)
        let lines = try run.jsonLines()
        #expect(lines.count == 3)
        #expect(lines.last?["decision"]?.string == "allowed")
        #expect(lines.dropFirst().first?["error"]?["line"] != nil)
    }

    @Test("a number with a huge exponent is no crash")
    func hugeExponent() throws {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        let run = orgsim(
            ["evaluate", "--organization", folder["org.json"]],
            input:
                #"{"principal": "main:root", "action": "s3:GetObject", "context": {"x:y": "1e-9223372036854775808"}}"#
        )
        #expect(run.exitCode == .success)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
