import CommandLineTool
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
