import CommandLineTool
import Foundation
import TestSupport
import Testing

/// The example of `orgsim explain` in the README is what the tool prints.
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
        let file = Self.project.appending(path: "README.md")
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
