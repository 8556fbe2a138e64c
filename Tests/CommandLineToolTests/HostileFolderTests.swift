import CommandLineTool
import Foundation
import Testing

/// Folders with things in them that must not be read, opened or waited for.
@Suite("Hostile folders")
struct HostileFolderTests {
    private static let policy =
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#

    @Test("a named pipe in a folder is not waited for", .timeLimit(.minutes(1)))
    func namedPipe() throws {
        let folder = try TemporaryFolder(["a.json": Self.policy])
        #expect(mkfifo(folder["b.json"], 0o600) == 0)
        for words in [
            ["lint", folder.path], ["test", folder.path], ["lint", folder["b.json"]],
            ["evaluate", "--organization", folder["b.json"]],
        ] {
            let run = orgsim(words)
            #expect(run.exitCode == .invalidInput)
            #expect(run.errors.contains("b.json': it is not a file"), "\(words): \(run.errors)")
        }
    }

    @Test("a link to a device lies outside, and under the root of all it is no file")
    func device() throws {
        let folder = try TemporaryFolder(["a.json": Self.policy])
        try folder.link("zero.json", to: "/dev/zero")
        let run = orgsim(["lint", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("zero.json' lies outside the root folder"))
        let wide = orgsim(["lint", "--root", "/", folder.path])
        #expect(wide.exitCode == .invalidInput)
        #expect(wide.errors.contains("zero.json': it is not a file"))
    }

    @Test("links out of a folder are not followed, neither a file's nor a folder's")
    func linksOut() throws {
        let outside = try TemporaryFolder(["secret.json": #"{"Statement": "s3cret"}"#])
        let folder = try TemporaryFolder([
            "a.json": Self.policy,
            "org.json": #"{"externalAccounts": {"$ref": "sub/secret.json"}}"#,
            "up.json": #"{"externalAccounts": {"$ref": "sub/../secret.json"}}"#,
        ])
        try folder.link("file.json", to: outside["secret.json"])
        try folder.link("sub", to: outside.path)
        let run = orgsim(["lint", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(!(run.output + run.errors).contains("s3cret"))
        #expect(run.errors.contains("file.json' lies outside the root folder"))
        #expect(run.errors.contains("sub/secret.json' lies outside the root folder"))
        // The folder itself was not entered: only what names a file in it is told.
        #expect(run.errors.ranges(of: "sub/secret.json'").count == 1)
        #expect(!run.errors.contains("secret.json': "))
    }

    @Test("links that lead in a circle are no file")
    func circle() throws {
        let folder = try TemporaryFolder(["a.json": Self.policy])
        try folder.link("b.json", to: "c.json")
        try folder.link("c.json", to: "b.json")
        try folder.link("self", to: ".")
        let run = orgsim(["lint", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("b.json'"))
        #expect(run.errors.contains("in 1 policy") || run.output.contains("in 1 policy"))
    }

    @Test("a reference longer than any path is an error at its place")
    func longPath() throws {
        let long = String(repeating: "a/", count: 5_000) + "b.json"
        let folder = try TemporaryFolder([
            "org.json": #"{"externalAccounts": {"$ref": "\#(long)"}}"#
        ])
        let run = orgsim(["evaluate", "--organization", folder["org.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("org.json:1:31: error: "))
        #expect(run.errors.utf8.count < 5_000)
    }

    @Test("names of files cannot forge a line of output")
    func names() throws {
        let folder = try TemporaryFolder([
            "a\nerror: forged\u{1B}[31m.json": "{", "b.json": Self.policy,
        ])
        for format in ["text", "github"] {
            let run = orgsim(["lint", "--format", format, folder.path])
            #expect(run.exitCode == .invalidInput)
            #expect(!(run.errors + run.output).contains("\u{1B}"))
            #expect(!run.errors.contains("\nerror: forged"))
        }
    }

    @Test("a folder of many folders in each other is listed one at a time")
    func deepFolders() throws {
        let path = (0..<300).map { "d\($0)" }.joined(separator: "/")
        let folder = try TemporaryFolder(["\(path)/a.json": Self.policy])
        let run = orgsim(["lint", folder.path])
        #expect(run.exitCode == .success)
        #expect(run.output.contains("in 1 policy"))
    }
}
