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

    /// Sessions of Identity Center say nothing of MFA, those of a role used directly that there was
    /// none; with the same policy they are still two questions.
    @Test("a role and a permission set of the same policy differ by MFA (KEY-9, IDC-5)")
    func sameTemplateOtherSession() throws {
        let policy = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
            "Resource": "*", "Condition": {"Null": {"aws:MultiFactorAuthPresent": "false"}}}]}
            """
        let trust = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Principal": {"AWS": "222222222222"}, "Action": "sts:AssumeRole"}]}
            """
        let text = """
            {"organization": {"managementAccount": "management"},
            "root": {"serviceControlPolicies": ["FullAWSAccess"], "accounts": {
            "management": {"id": "111111111111"},
            "app": {"id": "222222222222", "iam": {"roles": {"direct": {"trustPolicy": \(trust),
            "inlinePolicies": {"AwsSSOInlinePolicy": \(policy)}}}}}}},
            "identityCenter": {"users": {"ann": {}}, "permissionSets": {"Set":
            {"inlinePolicy": \(policy)}}, "assignments": [{"permissionSet": "Set",
            "user": "ann", "accounts": ["app"]}]}}
            """
        let folder = try TemporaryFolder(["org.json": text])
        let run = orgsim([
            "who-can", "--organization", folder["org.json"], "--action", "s3:GetObject",
            "--resource", "arn:aws:s3:::b/x",
        ])
        #expect(run.exitCode == .success, "\(run.errors)")
        #expect(run.output.contains("app:role/direct"))
        #expect(!run.output.contains("sso:Set@app"))
    }
}
