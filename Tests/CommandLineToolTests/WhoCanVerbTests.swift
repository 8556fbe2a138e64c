import CommandLineTool
import Testing

/// The verb `who-can`, as a shell sees it.
@Suite("orgsim who-can") struct WhoCanVerbTests {
    private func ask(_ action: String) throws -> ToolRun {
        let folder = try TemporaryFolder(["org.json": Sample.organization])
        return orgsim([
            "who-can", "--organization", folder["org.json"], "--action", action, "--resource",
            "arn:aws:s3:::b/x",
        ])
    }

    @Test("an action the catalog does not know is a warning, and the question is answered (RES-7)")
    func unknownAction() throws {
        let run = try ask("s3:GetObjct")
        #expect(run.exitCode == .success)
        #expect(run.output.contains("app:user/ann"))
        #expect(
            run.errors == "warning: the catalog of 2026-10-27 does not know 's3:GetObjct',"
                + " did you mean 's3:GetObject'?\n"
        )
        #expect(try ask("s3:GetObject").errors.isEmpty)
    }

    @Test("an action has no wildcards (ACT-2)")
    func wildcard() throws {
        let run = try ask("s3:Get*")
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("'s3:Get*' is not an action"))
    }
}
