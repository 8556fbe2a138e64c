import CommandLineTool
import Foundation
import JSONSource
import Testing

@Suite("orgsim format")
struct FormatVerbTests {
    @Test("files are written in place, and only those that change")
    func writes() throws {
        let folder = try TemporaryFolder([
            "a.json": #"{"a":1}"#, "b/c.json": "{\n  \"a\": 1\n}\n", "notes.txt": "{}",
        ])
        let run = orgsim(["format", folder.path])
        #expect(run.exitCode == .success)
        #expect(run.output == folder["a.json"] + "\n")
        #expect(run.files == [folder["a.json"]: "{\n  \"a\": 1\n}\n"])
    }

    @Test("--check writes nothing and fails")
    func checks() throws {
        let folder = try TemporaryFolder(["a.json": "[]", "b.json": "[]\n"])
        let run = orgsim(["format", "--check", folder.path])
        #expect(run.exitCode == .expectationFailed)
        #expect(run.output == folder["a.json"] + "\n")
        #expect(run.files.isEmpty)
        #expect(orgsim(["format", "--check", folder["b.json"]]).exitCode == .success)
    }

    @Test("a file with mistakes is left as it is, the others are written")
    func mistakes() throws {
        let folder = try TemporaryFolder([
            "a.json": #"{"a": 1, "a": 2}"#, "b.json": "{oops", "c.json": "{}",
        ])
        let run = orgsim(["format", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(Array(run.files.keys) == [folder["c.json"]])
        #expect(run.errors.contains("a.json:1:10: error:"), "\(run.errors)")
        #expect(run.errors.contains("b.json:1:2: error:"))
    }

    @Test("standard input goes to standard output, as it is where it cannot be read")
    func standardInput() {
        let run = orgsim(["format", "-"], input: #"{"a":1}"#)
        #expect(run.exitCode == .success)
        #expect(run.output == "{\n  \"a\": 1\n}\n")
        let wrong = orgsim(["format", "-"], input: "{oops")
        #expect(wrong.exitCode == .invalidInput)
        #expect(wrong.output == "{oops")
        #expect(wrong.errors.contains("-:1:2: error:"), "\(wrong.errors)")
        #expect(orgsim(["format", "--check", "-"], input: "[1]").exitCode == .expectationFailed)
        let check = orgsim(["format", "--check", "-"], input: "[1]\n")
        #expect(check.exitCode == .success)
        #expect(check.output.isEmpty)
        #expect(orgsim(["format", "-", "a.json"]).exitCode == .invalidInput)
    }

    @Test("what comes of every file of the project means the same, and stays as it is")
    func idempotent() throws {
        let project = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var count = 0
        for folder in ["Scenarios", "Tests/Conformance", "Tests/RuleScenarios"] {
            let path = project.appending(path: folder).path(percentEncoded: false)
            for name in FileManager.default.enumerator(atPath: path)?.compactMap({ $0 as? String })
                ?? [] where name.hasSuffix(".json")
            {
                let bytes = Array(try Data(contentsOf: URL(filePath: path + "/" + name)))
                let parsed = JSONParser.parse(bytes, file: 0)
                guard let value = parsed.value, parsed.diagnostics.isEmpty else { continue }
                let text = JSONLayout.text(of: value)
                let again = try #require(JSONParser.parse(text, file: 0).value)
                #expect(JSONOutput(again) == JSONOutput(value), "\(name)")
                #expect(JSONLayout.text(of: again) == text, "\(name)")
                count += 1
            }
        }
        #expect(count > 200)
    }

    @Test("a reference stays a reference")
    func references() throws {
        let folder = try TemporaryFolder(["a.json": #"{"a": {"$ref": "nowhere.json"}}"#])
        let run = orgsim(["format", folder["a.json"]])
        #expect(run.files[folder["a.json"]]?.contains(#""a": {"$ref": "nowhere.json"}"#) == true)
        #expect(run.errors.isEmpty)
    }

    @Test("a file that cannot be written is told")
    func unwritable() throws {
        let folder = try TemporaryFolder(["a.json": "{}"])
        let run = orgsim(["format", folder["a.json"]], broken: .files("Read-only file system"))
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("cannot write '\(folder["a.json"])': Read-only file system"))
        #expect(run.output.isEmpty)
    }
}
