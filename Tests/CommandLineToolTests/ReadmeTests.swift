import CommandLineTool
import Foundation
import TestSupport
import Testing

/// What the README and the guide show is what the tool prints.
@Suite("README")
struct ReadmeTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What the tool prints in the folder of the project.
    private static func output(_ command: Substring) throws -> String {
        let folder = project.path()
        let words = command.split(separator: " ").map(String.init)
        let run = orgsim(words.map { $0.hasPrefix("Scenarios/") ? folder + $0 : $0 })
        #expect(run.exitCode == .success, "\(run.errors)")
        return run.output.replacing(folder, with: "")
    }

    @Test("what section Why shows is what is printed")
    func why() throws {
        let file = Self.project.appending(path: "Scenarios/Guide/explaining.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let block = try #require(
            text.firstMatch(of: /\n## Why\n\n```\n\$ orgsim (explain [^\n]*)\n((?s:.*?))```\n/)
        )
        let output = try Self.output(block.1)
        if Golden.isUpdating {
            let shown = text.replacingCharacters(
                in: block.2.startIndex..<block.2.endIndex,
                with: output
            )
            try Data(shown.utf8).write(to: file)
        } else {
            #expect(output == block.2)
        }
    }

    @Test("what the first scenario prints is what it prints, as it passes and as it fails")
    func firstScenario() throws {
        let file = Self.project.appending(path: "README.md")
        var text = try String(contentsOf: file, encoding: .utf8)
        let part = try #require(text.range(of: "## A first scenario\n"))
        let scenario = try #require(
            text[part.upperBound...].firstMatch(of: /```json\n((?s:.*?))```/)
        )
        #expect(scenario.1.split(separator: "\n").count == 9)
        var files = Dictionary(
            uniqueKeysWithValues: orgsim(["new", "start"]).files.map {
                (String($0.dropFirst("start/".count)), $1)
            }
        )
        files["europe.json"] = String(scenario.1)
        let whole = try #require(files["organization.json"])
        var shown: [String] = []
        for attached in [", \"ApprovedRegions\"]", "]"] {
            files["organization.json"] = whole.replacing(", \"ApprovedRegions\"]", with: attached)
            let folder = try TemporaryFolder(files)
            let run = orgsim(["test", "--root", folder.path, folder["europe.json"]])
            #expect(run.exitCode == (attached == "]" ? .expectationFailed : .success))
            shown.append(run.output.replacing(folder.path + "/", with: ""))
        }
        for output in shown.reversed() {
            let blocks = text.matches(of: /```\n\$ orgsim test europe.json\n((?s:.*?))```\n/)
            #expect(blocks.count == 2)
            let block = try #require(output == shown[0] ? blocks.first : blocks.last)
            if Golden.isUpdating {
                text.replaceSubrange(block.1.startIndex..<block.1.endIndex, with: output)
                try Data(text.utf8).write(to: file)
            } else {
                #expect(output == block.1)
            }
        }
    }

    @Test("the denial of section Why fits a screen of 80 by 24")
    func screen() throws {
        let output = try Self.output(
            "explain --scenario Scenarios/02-region-guardrail.json --step 2"
        )
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 24, "\(output)")
        for line in lines {
            #expect(line.unicodeScalars.count <= 80 || line.split(separator: " ").count == 1)
        }
    }
}
