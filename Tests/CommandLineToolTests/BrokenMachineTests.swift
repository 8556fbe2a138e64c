import Foundation
import JSONSource
import Testing

@testable import CommandLineTool

/// A full disk, a closed pipe, a file that changes: a clear sentence and exit code 2 each.
@Suite("What the machine cannot do") struct BrokenMachineTests {
    private static let scenario = [
        "org.json": Sample.organization, "s.json": Sample.scenario(Sample.passingStep),
    ]

    @Test(
        "standard output that cannot be written ends every verb with 2 and the machine's reason",
        arguments: ["No space left on device", "Broken pipe"],
        ["test", "lint", "who-can", "evaluate", "--version", "help"]
    )
    func output(_ reason: String, _ verb: String) throws {
        let folder = try TemporaryFolder(Self.scenario)
        let organization = ["--organization", folder["org.json"]]
        let words =
            switch verb {
            case "test", "lint": [verb, folder.path]
            case "who-can": [verb, "--action", "s3:GetObject"] + organization
            case "evaluate": [verb] + organization
            default: [verb]
            }
        let request = #"{"principal": "main:root", "action": "s3:GetObject"}"#
        let run = orgsim(words, input: request, broken: .output(reason))
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.hasSuffix("orgsim: cannot write to standard output: \(reason)\n"))
    }

    @Test("standard input that cannot be read is told")
    func input() throws {
        let folder = try TemporaryFolder(Self.scenario)
        let words = ["evaluate", "--organization", folder["org.json"]]
        let run = orgsim(words, broken: .input("Input/output error"))
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors == "orgsim: cannot read standard input: Input/output error\n")
    }

    @Test("a file that changes while it is read is not judged")
    func changedFile() throws {
        let folder = try TemporaryFolder(["a.json": "[1]"])
        let file = folder["a.json"]
        let appended = RootFolder.contents(of: file) {
            let handle = FileHandle(forWritingAtPath: file)
            _ = try? handle?.seekToEnd()
            try? handle?.write(contentsOf: Data(" ".utf8))
        }
        #expect(appended == .failure(.unreadable("it changed while it was read")))
        #expect(RootFolder.contents(of: file) == .success(Array("[1] ".utf8)))
    }

    @Test("an empty file says that a value is missing", arguments: ["", " \n"])
    func emptyFile(_ text: String) throws {
        let folder = try TemporaryFolder(["s.json": text, "org.json": text])
        let expected = "expected a value, found the end of the file"
        #expect(orgsim(["test", folder["s.json"]]).errors.contains(expected))
        let run = orgsim(["evaluate", "--organization", folder["org.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains(expected))
    }

    @Test("a folder in a file's place is told as such")
    func folderForFile() throws {
        let folder = try TemporaryFolder(["org.json/x": ""])
        let run = orgsim(["evaluate", "--organization", folder["org.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("cannot read '\(folder["org.json"])': it is not a file"))
    }
}
