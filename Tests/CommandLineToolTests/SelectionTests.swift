import CommandLineTool
import JSONSource
import Testing

@Suite("which scenarios a run replays")
struct SelectionTests {
    private func folder() throws -> TemporaryFolder {
        func scenario(_ name: String, _ tags: String, _ steps: String...) -> String {
            #"{"scenario": "\#(name)", "tags": \#(tags), "organization": "org.json","#
                + #" "defaults": {"principal": "app:user/ann", "resource": "arn:aws:s3:::b/x"},"#
                + #" "steps": [\#(steps.joined(separator: ","))]}"#
        }
        return try TemporaryFolder([
            "org.json": Sample.organization,
            "a.json": scenario("Regions", #"["guardrail", "fast"]"#, Sample.passingStep),
            "b.json": scenario("Deleting", #"["guardrail"]"#, Sample.failingStep),
            "c.json": scenario("Roles", "[]", Sample.passingStep, Sample.passingStep),
        ])
    }

    private func names(_ run: ToolRun) -> [Substring] {
        run.output.split(separator: "\n").filter { $0.hasPrefix("✓") || $0.hasPrefix("✗") }
            .map { $0.split(separator: " ")[1] }
    }

    @Test(
        "--filter, --tag",
        arguments: [
            (["--filter", "Re"], ["Regions"]),
            (["--filter", "b.json"], ["Deleting"]),
            (["--filter", "/^R.*s$/"], ["Regions", "Roles"]),
            (["--filter", "/"], ["Regions", "Deleting", "Roles"]),
            (["--tag", "guardrail"], ["Regions", "Deleting"]),
            (["--tag", "fast", "--tag", "guardrail"], ["Regions", "Deleting"]),
            (["--tag", "guardrail", "--filter", "Del"], ["Deleting"]),
        ]
    )
    func selection(_ words: [String], _ expected: [String]) throws {
        let folder = try folder()
        let run = orgsim(["test"] + words + ["--root", folder.path, folder.path])
        #expect(names(run).map(String.init) == expected, "\(run.errors)")
    }

    @Test("a selection that nothing fits is an error: it would be green for ever")
    func nothing() throws {
        let folder = try folder()
        let run = orgsim(["test", "--tag", "guardrial", "--filter", "x", folder.path])
        #expect(run.exitCode == .invalidInput)
        let message = "error: no scenario fits --filter 'x' and --tag 'guardrial'"
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("every scenario is in exactly one shard, wherever other files come and go")
    func shards() throws {
        let organization = Sample.organization
        var files = ["org.json": organization]
        for number in 0..<40 {
            files["s\(number).json"] = Sample.scenario(Sample.passingStep, name: "S\(number)")
        }
        let folder = try TemporaryFolder(files)
        let parts = (1...3).map { part in
            names(orgsim(["test", "--shard", "\(part)/3", folder.path])).map(String.init)
        }
        #expect(parts.flatMap { $0 }.sorted() == (0..<40).map { "S\($0)" }.sorted())
        #expect(parts.allSatisfy { $0.count > 4 }, "\(parts.map(\.count))")
    }

    @Test("a shard may be empty")
    func emptyShard() throws {
        let folder = try folder()
        let runs = (1...64).map { orgsim(["test", "--shard", "\($0)/64", folder["a.json"]]) }
        #expect(runs.allSatisfy { $0.exitCode == .success && $0.errors.isEmpty })
        #expect(runs.count { !names($0).isEmpty } == 1)
    }

    @Test("of the scenarios with a tag a shard may have none; without shards that is a mistake")
    func emptySelection() throws {
        let folder = try folder()
        let runs = (1...64).map { part in
            orgsim(["test", "--tag", "fast", "--shard", "\(part)/64", folder.path])
        }
        #expect(runs.allSatisfy { $0.exitCode == .success && $0.errors.isEmpty })
        #expect(runs.count { !names($0).isEmpty } == 1)
        #expect(orgsim(["test", "--tag", "slow", folder.path]).exitCode == .invalidInput)
    }

    @Test("--fail-fast stops behind the first failure")
    func failFast() throws {
        let folder = try folder()
        let run = orgsim(["test", "--fail-fast", folder.path])
        #expect(names(run) == ["Regions", "Deleting"])
        #expect(run.exitCode == .expectationFailed)
    }

    @Test("--list names what would be replayed")
    func list() throws {
        let folder = try folder()
        let run = orgsim(["test", "--list", folder.path])
        #expect(run.exitCode == .success)
        #expect(
            run.output == """
                \(folder["a.json"]): Regions [guardrail, fast], 1 step
                \(folder["b.json"]): Deleting [guardrail], 1 step
                \(folder["c.json"]): Roles, 2 steps

                """
        )
    }
}
