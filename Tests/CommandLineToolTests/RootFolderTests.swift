import CommandLineTool
import Testing

@Suite("--root")
struct RootFolderTests {
    /// A scenario in a folder whose organization lies beside that folder.
    private func nested() throws -> TemporaryFolder {
        try TemporaryFolder([
            "org.json": Sample.organization,
            "in/s.json": Sample.scenario(Sample.passingStep).replacing(
                "org.json",
                with: "../org.json"
            ),
        ])
    }

    @Test("without --root nothing outside the folder of the file is read")
    func folderOfTheFile() throws {
        let folder = try nested()
        let run = orgsim(["test", folder["in/s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.hasPrefix("\(folder["in/s.json"]):3:19: error: "))
        #expect(run.errors.contains("lies outside the root folder"))
        #expect(run.errors.contains("--root"))
    }

    @Test("--root names a wider folder")
    func widerRoot() throws {
        let folder = try nested()
        #expect(orgsim(["test", "--root", folder.path, folder["in/s.json"]]).exitCode == .success)
        #expect(orgsim(["test", "--root=\(folder.path)", folder["in"]]).exitCode == .success)
    }

    @Test("a narrower --root keeps the file itself out")
    func narrowerRoot() throws {
        let folder = try nested()
        let run = orgsim(["test", "--root", folder["in"], folder["org.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("--root"))
    }

    @Test("a folder whose name only begins like the root lies outside")
    func similarName() throws {
        let folder = try TemporaryFolder([
            "in/s.json": Sample.scenario(Sample.passingStep).replacing(
                "org.json",
                with: "../inner/org.json"
            ),
            "inner/org.json": Sample.organization,
        ])
        let run = orgsim(["test", "--root", folder["in"], folder["in/s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("lies outside the root folder"))
    }

    @Test("a path does not end at an empty byte in it")
    func emptyByte() throws {
        let scenario = Sample.scenario(Sample.passingStep)
            .replacing("org.json", with: #"org.json\u0000.json"#)
        let folder = try TemporaryFolder(["s.json": scenario, "org.json": Sample.organization])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("there is no file"))
        #expect(orgsim(["lint", folder.path + "/\u{0}"]).exitCode == .invalidInput)
    }

    @Test("a symbolic link does not lead out, inside it may be followed")
    func links() throws {
        let outside = try TemporaryFolder(["org.json": Sample.organization])
        let folder = try TemporaryFolder([
            "s.json": Sample.scenario(Sample.passingStep), "real.json": Sample.organization,
        ])
        try folder.link("org.json", to: outside["org.json"])
        let leading = orgsim(["test", "--root", folder.path, folder["s.json"]])
        #expect(leading.exitCode == .invalidInput)
        #expect(leading.errors.contains("lies outside the root folder"))

        let inside = try TemporaryFolder([
            "s.json": Sample.scenario(Sample.passingStep), "real.json": Sample.organization,
        ])
        try inside.link("org.json", to: "real.json")
        #expect(orgsim(["test", "--root", inside.path, inside["s.json"]]).exitCode == .success)
    }

    @Test("a $ref does not lead out")
    func references() throws {
        let folder = try TemporaryFolder([
            "secret.json": "{}",
            "in/org.json": #"{"externalAccounts": {"$ref": "../secret.json"}}"#,
        ])
        let run = orgsim(["evaluate", "--organization", folder["in/org.json"]], input: "{}\n")
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("\(folder["in/org.json"]):1:31: error: "))
        #expect(run.errors.contains("--root"))
        let wider = ["evaluate", "--root", folder.path, "--organization", folder["in/org.json"]]
        #expect(orgsim(wider).exitCode == .success)
    }

    @Test("whether a file outside exists is not told")
    func noOracle() throws {
        let folder = try TemporaryFolder([
            "there.json": "{}",
            "in/a.json": Sample.scenario(Sample.passingStep).replacing(
                "org.json",
                with: "../there.json"
            ),
            "in/b.json": Sample.scenario(Sample.passingStep).replacing(
                "org.json",
                with: "../absent.json"
            ),
        ])
        let there = orgsim(["test", folder["in/a.json"]]).errors
        let absent = orgsim(["test", folder["in/b.json"]]).errors
        #expect(there.contains("lies outside the root folder"))
        #expect(absent.contains("lies outside the root folder"))
    }
}
