import CommandLineTool
import Foundation
import JSONSource
import Testing

@Suite("orgsim new")
struct NewVerbTests {
    /// What `orgsim new` writes, put into a folder.
    private func started() throws -> TemporaryFolder {
        let run = orgsim(["new", "start"])
        #expect(run.exitCode == .success, "\(run.errors)")
        let prefix = "start/"
        return try TemporaryFolder(
            Dictionary(
                uniqueKeysWithValues: run.files.map { (String($0.dropFirst(prefix.count)), $1) }
            )
        )
    }

    @Test("the scenario passes, and nothing is to be said of the files")
    func passes() throws {
        let folder = try started()
        let run = orgsim(["test", "--root", folder.path, folder["scenarios"]])
        #expect(run.exitCode == .success, "\(run.output)")
        #expect(run.errors.isEmpty)
        let lint = orgsim(["lint", "--fail-on", "note", "--root", folder.path, folder.path])
        #expect(lint.exitCode == .success, "\(lint.output)")
        let layout = orgsim(["format", "--check", folder.path])
        #expect(layout.exitCode == .success, "\(layout.output)")
    }

    @Test("a guardrail that is taken away is missed")
    func fails() throws {
        for policy in ["DenyLeaving", "ApprovedRegions", "OwnOrganizationOnly"] {
            let folder = try started()
            let path = folder["organization.json"]
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Data(text.replacing(", \"\(policy)\"]", with: "]").utf8)
                .write(to: URL(filePath: path))
            let run = orgsim(["test", "--root", folder.path, folder["scenarios"]])
            #expect(run.exitCode == .expectationFailed, "\(policy)")
        }
    }

    @Test("nothing is written over what is there")
    func taken() throws {
        let folder = try TemporaryFolder(["policies/deny-leaving.json": "{}"])
        let run = orgsim(["new", folder.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("deny-leaving.json' is there already"))
        #expect(run.files.isEmpty)
    }

    @Test("a folder that cannot be written is told")
    func unwritable() {
        let run = orgsim(["new", "start"], broken: .files("Permission denied"))
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("cannot write 'start/organization.json': Permission denied"))
    }

    @Test("a folder must be named")
    func unnamed() {
        #expect(orgsim(["new"]).exitCode == .invalidInput)
        #expect(orgsim(["new", "a", "b"]).exitCode == .invalidInput)
    }
}
