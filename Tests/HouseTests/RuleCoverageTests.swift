import Foundation
import Testing

/// Every rule of the semantics has a test that cites it, or a reason why none can.
///
/// `Tests/rules.json` is the table: rule → files whose tests cite the rule's id.
@Suite struct RuleCoverageTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()

    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        let rule: String
        /// Files below the project's folder.
        let tests: [String]?
        let reason: String?

        var testDescription: String { rule }
    }

    static let rows: [Row] = {
        guard let data = try? Data(contentsOf: tests.appending(path: "rules.json")) else {
            return []
        }
        return (try? JSONDecoder().decode([Row].self, from: data)) ?? []
    }()

    @Test("a rule has a test that cites it, or a stated reason", arguments: rows)
    func ruleIsCovered(row: Row) throws {
        let files = row.tests ?? []
        #expect(!files.isEmpty || !(row.reason ?? "").isEmpty)
        for file in files {
            let url = Self.tests.deletingLastPathComponent().appending(path: file)
            let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            let citation = try Regex("\\b\(row.rule)(?![0-9])")
            #expect(text.contains(citation), "\(file) does not cite \(row.rule)")
        }
    }

    @Test("the table is sorted out: no rule stands twice")
    func rulesAreUnique() {
        #expect(Self.rows.count > 200)
        #expect(Set(Self.rows.map(\.rule)).count == Self.rows.count)
    }

    /// Runs where the rules lie beside the checkout.
    @Test("every rule of sections 1 to 5 is in the table")
    func tableIsComplete() throws {
        let page = Self.tests.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/design/semantics.md")
        guard let data = try? Data(contentsOf: page) else { return }
        let text = String(decoding: data, as: UTF8.self)
        let start = try #require(text.range(of: "\n## 1. ")?.lowerBound)
        let end = try #require(text.range(of: "\n## 6. ")?.lowerBound)
        let chapter = String(text[start..<end])
        let bullets = chapter.matches(of: /\n- \*\*([A-Z0-9]+-[0-9]+)\*\*/).map { String($0.1) }
        let cells = chapter.matches(of: /\n\| (EVAL-[0-9]+) \|/).map { String($0.1) }
        let missing = Set(bullets + cells).subtracting(Self.rows.map(\.rule))
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
}
