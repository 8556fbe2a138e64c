import CommandLineTool
import JSONSource
import Testing

/// Mistakes in files as machines are told of them, and all of them in one run.
@Suite("Problems of files") struct ProblemReportTests {
    /// An organization whose mistake is that the account's number is short.
    private static let broken = Sample.organization.replacing(
        #""100000000002""#,
        with: #""10000000000""#
    )

    private func places(_ list: JSONValue?) -> [String] {
        (list?.elements ?? []).map { problem in
            let place = problem["location"].map { JSONOutput($0).compact } ?? ""
            return "\(problem["code"]?.string ?? "") \(place)"
        }
    }

    @Test("--format json of each verb lists them with code and place", arguments: ["test", "lint"])
    func json(_ verb: String) throws {
        let folder = try TemporaryFolder(["a.json": "{ oops", "b.json": "[1,]"])
        let run = orgsim([verb, "--format", "json", folder.path])
        #expect(run.exitCode == .invalidInput)
        let list = try run.json()["diagnostics"]
        let found = places(list).filter { $0.contains("location") || $0.contains("json.") }
        #expect(
            found == [
                #"json.quotes {"file":"\#(folder["a.json"])","line":1,"column":3}"#,
                #"json.trailing-comma {"file":"\#(folder["b.json"])","line":1,"column":4}"#,
            ]
        )
        let help = list?.elements?.first { $0["code"]?.string == "json.quotes" }?["help"]
        #expect(help?.string == "JSON writes text between double quotation marks")
    }

    @Test("an organization that does not load is told to machines by who-can and evaluate")
    func organization() throws {
        let folder = try TemporaryFolder(["org.json": Self.broken])
        let words = ["--organization", folder["org.json"], "--format", "json"]
        let whoCan = orgsim(["who-can", "--action", "s3:GetObject"] + words)
        #expect(whoCan.exitCode == .invalidInput)
        let expected =
            #"organization.account-id {"file":"\#(folder["org.json"])","line":16,"column":15}"#
        #expect(try places(whoCan.json()["diagnostics"]) == [expected])

        // Standard output of evaluate is for answers alone.
        let evaluate = orgsim(["evaluate"] + words)
        #expect(evaluate.exitCode == .invalidInput)
        #expect(evaluate.output.isEmpty)
        let parsed = JSONParser.parse(Array(evaluate.errors.utf8), file: 0)
        #expect(places(parsed.value?["diagnostics"]) == [expected])
    }

    @Test("without a problem there is no list of them")
    func none() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization, "s.json": Sample.scenario(Sample.passingStep),
        ])
        let run = orgsim(["test", "--format", "json", folder["s.json"]])
        #expect(run.errors.isEmpty)
        #expect(try run.json()["diagnostics"] == nil)
    }

    @Test("--format github annotates mistakes and failed checks at their lines")
    func github() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization,
            "a.json": "{ oops",
            "b.json": Sample.scenario(Sample.failingStep),
        ])
        let run = orgsim(["test", "--format", "github", folder.path])
        #expect(run.exitCode == .invalidInput)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 2)
        let first =
            "::error file=\(folder["a.json"]),line=1,col=3,title=json.quotes::expected a key"
        #expect(lines.first?.hasPrefix(first) == true, "\(run.output)")
        let second = "::error file=\(folder["b.json"]),line=6,col=5,title=Sample%2C step 0::"
        #expect(lines.last?.hasPrefix(second) == true, "\(run.output)")
        #expect(lines.last?.contains("expected allowed, got explicitDeny; ") == true)
        #expect(lines.last?.contains("denies by statement Keep") == true)
    }

    @Test("--format github of evaluate and who-can annotates the organization")
    func githubOrganization() throws {
        let folder = try TemporaryFolder(["org.json": Self.broken])
        let words = ["--organization", folder["org.json"], "--format", "github"]
        let line =
            "::error file=\(folder["org.json"]),line=16,col=15,title=organization.account-id::"
        #expect(orgsim(["evaluate"] + words).errors.hasPrefix(line))
        #expect(orgsim(["who-can", "--action", "a:B"] + words).output.hasPrefix(line))
    }

    @Test("every path that leads nowhere is told, and the others are replayed")
    func missingPaths() throws {
        let folder = try TemporaryFolder([
            "org.json": Sample.organization, "s.json": Sample.scenario(Sample.passingStep),
        ])
        let run = orgsim(["test", "/no/such", folder["s.json"], "/nor/this"])
        #expect(run.exitCode == .invalidInput)
        #expect(
            run.errors == """
                error: there is no file or folder '/no/such' [file.not-found]
                error: there is no file or folder '/nor/this' [file.not-found]

                """
        )
        #expect(run.output.contains("✓ Sample"))
    }

    @Test("all mistakes of a scenario are told: of grammar, of fields, and of names looked up")
    func allMistakes() throws {
        let scenario = Sample.scenario(
            #"{ "action": "s3:GetObject", "expect": "alowed" }"#,
            #"{ "principal": "app:user/bob", "action": "s3:GetObject", "expect": "allowed", }"#,
            #"{ "principal": "$nobody", "action": "s3:GetObject", "expect": "allowed" }"#,
            #"{ "principal": "app:user/eve", "action": "s3GetObject", "expect": "alowed" }"#
        )
        let folder = try TemporaryFolder(["org.json": Sample.organization, "s.json": scenario])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.exitCode == .invalidInput)
        let lines = run.errors.split(separator: "\n").filter { $0.contains(": error: ") }
        #expect(
            lines.map { $0.split(separator: ":").dropFirst().first } == [
                "6", "7", "7", "8", "9", "9", "9",
            ]
        )
        #expect(run.output.hasPrefix("! Sample (\(folder["s.json"])): cannot be replayed"))
    }

    @Test("what a reference that leads nowhere would have held is not called unknown")
    func missingPart() throws {
        let folder = try TemporaryFolder([
            "org.json":
                #"{"organization": {"managementAccount": "m"}, "root": {"$ref": "gone.json"}}"#
        ])
        let run = orgsim(["evaluate", "--organization", folder["org.json"]])
        #expect(run.errors.ranges(of: ": error: ").count == 1, "\(run.errors)")
    }

    @Test("behind a step that may have made a name, no name is called unknown")
    func unclearNames() throws {
        let scenario = Sample.scenario(
            #"{ "asumeRole": { "role": "app:role/x" }, "saveAs": "made", "expect": "allowed" }"#,
            #"{ "principal": "$made", "action": "s3:GetObject", "expect": "allowed" }"#
        )
        let folder = try TemporaryFolder(["org.json": Sample.organization, "s.json": scenario])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.errors.ranges(of: ": error: ").count == 1, "\(run.errors)")
    }

    @Test("a file found in a folder and referred to has one name, and its mistakes are told once")
    func oneName() throws {
        let folder = try TemporaryFolder([
            "org.json": "{ oops", "s.json": Sample.scenario(Sample.passingStep),
        ])
        for path in [folder.path + "/.", folder.path + "/", folder.path + "//./"] {
            let run = orgsim(["test", path])
            #expect(run.errors.ranges(of: ": error: ").count == 1, "\(run.errors)")
            #expect(run.errors.hasPrefix(folder["org.json:1:3: error: "]), "\(run.errors)")
        }
    }

    @Test("a scenario that cannot be read is named once")
    func unreadable() throws {
        let folder = try TemporaryFolder(["s.json": "nope"])
        let run = orgsim(["test", folder["s.json"]])
        #expect(run.output.hasPrefix("! \(folder["s.json"]): cannot be replayed"))
    }

    @Test(
        "where nothing could be read, no count of nothing is printed",
        arguments: ["test", "lint"]
    )
    func nothingRead(_ verb: String) throws {
        let run = orgsim([verb, "/no/such"])
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
    }
}
