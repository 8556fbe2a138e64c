import CommandLineTool
import Foundation
import JSONSource
import Synchronization
import Testing

/// `orgsim import` on folders of a real machine.
@Suite struct ImportVerbTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let fixture = project.appending(path: "Tests/ImportingTests/Fixtures/export")
        .path()

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder([:]) }

    private func files(_ name: String = "out") -> [String: String] {
        let below = FileManager.default.enumerator(atPath: folder[name])
        var files: [String: String] = [:]
        for path in below?.compactMap({ $0 as? String }) ?? [] where path.hasSuffix(".json") {
            files[path] = try? String(contentsOfFile: folder["\(name)/\(path)"], encoding: .utf8)
        }
        return files
    }

    @Test("an export becomes files that load, and again becomes the same")
    func twice() throws {
        let first = importing(["import", "aws", Self.fixture, "--to", folder["out"]])
        #expect(first.exitCode == .success, "\(first.errors)")
        #expect(first.output.hasPrefix("imported: 4 accounts, 3 organizational units"))
        #expect(first.output.contains("missing, and what that does to verdicts:"))
        let written = files()
        #expect(written["organization.json"]?.contains("\"missing\"") == true)
        #expect(written["import.json"] != nil)
        let second = importing(["import", "aws", Self.fixture + "/", "--to", folder["out"]])
        #expect(
            second.output.contains(": 0 files, \(written.count - 1) as before"),
            "\(second.output)"
        )
        #expect(files() == written)
        let tree = orgsim(["tree", "--organization", folder["out/organization.json"]])
        #expect(tree.exitCode == .success, "\(tree.errors)")
        #expect(tree.output.contains("Blue-Green"))
        let laidOut = orgsim(["format", "--check", folder["out/accounts"]])
        #expect(laidOut.exitCode == .success, "\(laidOut.output)")
    }

    @Test("a dry run says what it would do and does nothing")
    func dryRun() {
        let run = importing(["import", "aws", Self.fixture, "--to", folder["out"], "--dry-run"])
        #expect(run.exitCode == .success)
        #expect(run.output.contains("to write: "))
        #expect(files().isEmpty)
    }

    @Test("what is gone is removed, what somebody changed is told and stays")
    func changes() throws {
        try copyFixture()
        let words = ["import", "aws", folder["export"], "--to", folder["out"]]
        #expect(importing(words).exitCode == .success)
        try "{}".write(toFile: folder["out/mine.json"], atomically: true, encoding: .utf8)
        let scp = "export/organizations/policy/SERVICE_CONTROL_POLICY"
        try FileManager.default.removeItem(atPath: folder["\(scp)/p-lock0002"])
        let list = try String(contentsOfFile: folder["\(scp)/list-policies.json"], encoding: .utf8)
        try list.replacing("p-lock0002", with: "p-other0001").replacing(
            "region-lock",
            with: "other"
        )
        .write(toFile: folder["\(scp)/list-policies.json"], atomically: true, encoding: .utf8)
        let targets = folder[
            "export/organizations/ou/r-ex01/list-policies-for-target.SERVICE_CONTROL_POLICY.json"
        ]
        try String(contentsOfFile: targets, encoding: .utf8)
            .replacing("p-lock0002", with: "p-other0001")
            .write(toFile: targets, atomically: true, encoding: .utf8)
        let again = importing(words)
        #expect(again.exitCode == .success, "\(again.errors)")
        #expect(again.output.contains("removed: policies/scp/region-lock"), "\(again.output)")
        #expect(files()["mine.json"] == "{}")

        let account = folder["out/accounts/management.json"]
        let text = try String(contentsOfFile: account, encoding: .utf8)
        try (text + " ").write(toFile: account, atomically: true, encoding: .utf8)
        let refused = importing(words)
        #expect(refused.exitCode == .invalidInput)
        #expect(refused.errors.contains("was changed since it was imported"))
        #expect(try String(contentsOfFile: account, encoding: .utf8) == text + " ")
        #expect(importing(words + ["--overwrite"]).exitCode == .success)
        #expect(try String(contentsOfFile: account, encoding: .utf8) == text)
    }

    @Test("a folder that holds other things is refused whole")
    func foreignFolder() throws {
        let other = try TemporaryFolder(["organization.json": "{}"])
        let run = importing(["import", "aws", Self.fixture, "--to", other.path])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("holds files that no import has written"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: other.path) == ["organization.json"]
        )
    }

    @Test("a disk that is full leaves no organization, and the next import takes it up")
    func fullDisk() {
        let words = ["import", "aws", Self.fixture, "--to", folder["out"]]
        let run = importing(words, failingAt: 4)
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("cannot write"))
        #expect(files()["organization.json"] == nil)
        #expect(files()["import.json"]?.contains("unfinished") == true)
        let again = importing(words)
        #expect(again.exitCode == .success, "\(again.errors)")
        #expect(files()["import.json"]?.contains("unfinished") == false)
    }

    @Test("what no organization file takes is told and left out, or may say anything")
    func oddAnswers() throws {
        try copyFixture()
        let path = folder["export/accounts/022222222222/iam/get-account-authorization-details.json"]
        let details = """
            {"UserDetailList": [{"UserName": "ann", "Path": "nope"}], "GroupDetailList": [],
            "RoleDetailList": [{"RoleName": "R", "AssumeRolePolicyDocument":
                {"Version": "2030", "Statement": []}}], "Policies": []}
            """
        try details.write(toFile: path, atomically: true, encoding: .utf8)
        let run = importing(["import", "aws", folder["export"], "--to", folder["out"]])
        #expect(run.exitCode == .success, "\(run.errors)")
        #expect(run.output.contains("'ann' is left out: "), "\(run.output)")
        #expect(run.output.contains("so verdicts may hang on what this policy says"))
        let account = files().first { $0.key.contains("accounts/shop") }?.value
        #expect(account?.contains("$missing") == true, "\(account ?? "")")
        #expect(account?.contains("ann") == false)
    }

    @Test("a tag that is none leaves the tags of its bucket open, and the bucket stays")
    func oddTag() throws {
        try copyFixture()
        let bucket = folder["export/accounts/022222222222/s3/shop-data"]
        let tags = #"{"TagSet": [{"Key": "team", "Value": 5}]}"#
        try tags.write(
            toFile: bucket + "/get-bucket-tagging.json",
            atomically: true,
            encoding: .utf8
        )
        let run = importing(["import", "aws", folder["export"], "--to", folder["out"]])
        #expect(run.exitCode == .success, "\(run.errors)")
        #expect(run.output.contains("so verdicts may hang on 'tags'"), "\(run.output)")
        let account = files().first { $0.key.contains("accounts/shop") }?.value
        #expect(account?.contains("arn:aws:s3:::shop-data") == true)
    }

    @Test(
        "what is asked wrongly is refused",
        arguments: [
            ["import"], ["import", "aws"], ["import", "aws", "x"],
            ["import", "azure", "x", "--to", "y"],
            ["import", "aws", "x", "y", "--to", "z"],
        ]
    )
    func usage(_ words: [String]) {
        let run = importing(words)
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("usage: orgsim import"))
    }

    @Test(
        "a folder with nothing to import is told, whatever it holds",
        arguments: ["aws", "iam-collect"]
    )
    func nothing(_ source: String) throws {
        let other = try TemporaryFolder(["package.json": "{}", "accounts/x.json": "[1"])
        let run = importing(["import", source, other.path, "--to", folder["out"]])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("is not a"))
        #expect(files().isEmpty)
    }

    @Test("a policy that nobody could read leaves verdicts open that hang on it, and no others")
    func missingPolicies() throws {
        let everything =
            #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#
        let denied =
            #"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}"#
        let organization = try TemporaryFolder([
            "o.json": """
            {"externalAccounts": {"a": {"id": "100000000001", "iam": {"users": {
            "all": {"inlinePolicies": {"p": \(everything)}}, "none": {},
            "unknown": {"inlinePolicies": {"p": {"$missing": "the call failed"}}},
            "denied": {"inlinePolicies": {"p": \(denied), "q": {"$missing": "the call failed"}}}}},
            "resources": {"arn:aws:s3:::open": {"policy": {"$missing": "AccessDenied"}},
            "arn:aws:s3:::plain": {}}}}}
            """
        ])
        let rows: [(user: String, bucket: String, decision: String)] = [
            ("all", "plain", "allowed"), ("none", "plain", "implicitDeny"),
            ("unknown", "plain", "undetermined"), ("denied", "plain", "explicitDeny"),
            ("all", "open", "undetermined"), ("none", "open", "undetermined"),
            ("denied", "open", "explicitDeny"),
        ]
        let lines = rows.map {
            #"{"principal": "a:user/\#($0.user)", "action": "s3:GetObject", "resource": "arn:aws:s3:::\#($0.bucket)/k"}"#
        }
        let run = orgsim(
            ["evaluate", "--organization", organization["o.json"]],
            input: lines.joined(separator: "\n") + "\n"
        )
        #expect(try run.jsonLines().map { $0["decision"]?.string } == rows.map(\.decision))
        #expect(run.errors.contains("organization.missing-policy"))
        let others = orgsim([
            "who-can", "--organization", organization["o.json"], "--action", "s3:GetObject",
            "--resource", "arn:aws:s3:::open/k",
        ])
        #expect(
            others.output.hasPrefix("nobody can for certain\nit cannot be told of 3 principals")
        )
        #expect(others.output.contains("  a:user/all\n"), "\(others.output)")
    }

    private func copyFixture() throws {
        try FileManager.default.copyItem(atPath: Self.fixture, toPath: folder["export"])
    }
}

/// The tool with real files; the write of that number and all behind it fail.
func importing(_ words: [String], failingAt limit: Int = .max) -> ToolRun {
    let output = Mutex<[UInt8]>([])
    let errors = Mutex("")
    let count = Mutex(0)
    var system = SystemInterface.process
    system.write = { (bytes) throws(SystemProblem) in output.withLock { $0 += bytes } }
    system.writeError = { text in errors.withLock { $0 += text } }
    let write = system.writeFile
    system.writeFile = { (bytes, path) throws(SystemProblem) in
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number >= limit { throw SystemProblem(reason: "No space left on device") }
        try write(bytes, path)
    }
    let exitCode = CommandLineTool.run(words, on: system)
    return ToolRun(
        exitCode: exitCode,
        output: String(decoding: output.withLock { $0 }, as: UTF8.self),
        errors: errors.withLock { $0 }
    )
}
