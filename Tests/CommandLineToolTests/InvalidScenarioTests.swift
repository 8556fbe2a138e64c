import CommandLineTool
import Foundation
import JSONSource
import Testing

/// Scenario files that must be refused: those of `Tests/Conformance/invalid`.
@Suite("Invalid scenario files")
struct InvalidScenarioTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Conformance/invalid")
        .path(percentEncoded: false)

    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasPrefix("scenario-") && !$0.hasSuffix(".expected.json") }
        .sorted()

    private static func value(_ name: String) -> JSONValue? {
        let bytes = FileManager.default.contents(atPath: folder + "/" + name)
        return JSONParser.parse(Array(bytes ?? Data()), file: 0).value
    }

    @Test("the suite is there")
    func suiteIsThere() {
        #expect(Self.names.count >= 24)
    }

    @Test("the mistake ends the run with 2 and is told at its place", arguments: names)
    func mistakes(_ name: String) throws {
        let path = Self.folder + "/" + name
        let run = orgsim(["test", "--root", Self.folder, path])
        #expect(run.exitCode == .invalidInput)
        let expected = try #require(Self.value(name.replacing(".json", with: ".expected.json")))
        let line = expected["line"].map { JSONOutput($0).compact } ?? ""
        let column = expected["column"].map { JSONOutput($0).compact } ?? ""
        let place = "\(path):\(line):\(column): error: "
        let words = (expected["messageContains"]?.elements ?? []).compactMap(\.string)
        #expect(!words.isEmpty)
        let found = run.errors.split(separator: "\n").filter { $0.hasPrefix(place) }
            .contains { line in
                words.allSatisfy { line.dropFirst(place.count).contains($0) }
            }
        #expect(found, "expected \(place)… \(words), got:\n\(run.errors)")
    }
}
