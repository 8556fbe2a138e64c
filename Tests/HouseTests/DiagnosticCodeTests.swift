import Foundation
import Testing

/// `Scenarios/diagnostics.md` held against the codes that stand in the sources.
@Suite struct DiagnosticCodeTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    struct Row: Sendable, CustomTestStringConvertible {
        let code: String
        let severity: String

        var testDescription: String { code }
    }

    /// Rows of the table: `| code | severity | what is wrong |`.
    static let rows: [Row] = text("Scenarios/diagnostics.md")
        .matches(of: /\n\| `([a-z.-]+)` \| ([a-z]+) \| [^|]+ \|/)
        .map { Row(code: String($0.1), severity: String($0.2)) }

    /// Every literal of the sources that begins like a code of the page, but names of files.
    private static let codes: Set<String> = {
        let rooms = Set(rows.map { String($0.code.prefix { $0 != "." }) })
        var found: Set<String> = []
        for file in files() {
            for match in text(file).matches(of: /"([a-z-]+)\.([a-z]+(-[a-z]+)*)"/)
            where rooms.contains(String(match.1)) && !["json", "tsv"].contains(match.2) {
                found.insert("\(match.1).\(match.2)")
            }
        }
        return found
    }()

    @Test("the page lists every code of the sources once, in order, and no other")
    func pageIsComplete() {
        let listed = Self.rows.map(\.code)
        #expect(listed.count > 100)
        #expect(Self.codes.subtracting(listed) == [])
        #expect(Set(listed).subtracting(Self.codes) == [])
        #expect(listed == Set(listed).sorted())
        #expect(Set(Self.rows.map(\.severity)) == ["error", "warning"])
    }

    /// What calls with a code as first argument say of it: `.warning("code"`, `refuse("code"`.
    ///
    /// Codes that go through a variable, a label or an enumeration, and those of functions named
    /// otherwise, are not seen, so a code may be missing here; the severity of those stands on the
    /// page unproved.
    private static let severities: [String: Set<String>] = {
        var found: [String: Set<String>] = [:]
        for file in files() {
            let source = text(file)
            for match in source.matches(of: /\b(?:warning|warn|warnRepeated)\(\s*"([a-z.-]+)"/) {
                found[String(match.1), default: []].insert("warning")
            }
            for match in source.matches(
                of: /\b(?:error|refuse|refuseUnknown|problem|Problem|unknown)\(\s*"([a-z.-]+)"/
            ) {
                found[String(match.1), default: []].insert("error")
            }
        }
        return found
    }()

    @Test("the page tells the severity that the sources give a code", arguments: rows)
    func severitiesAgree(row: Row) {
        let given = Self.severities[row.code] ?? []
        #expect(given.subtracting([row.severity]) == [])
    }

    @Test("of most codes the sources tell the severity in a way that is seen here")
    func severitiesAreSeen() {
        let seen = Self.rows.filter { Self.severities[$0.code] != nil }
        #expect(seen.count * 4 > Self.rows.count * 3, "\(seen.count) of \(Self.rows.count)")
    }

    @Test("a code names its room and its mistake in small words", arguments: rows)
    func codesHaveOneStyle(row: Row) {
        let isCode = row.code.wholeMatch(of: /[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*/) != nil
        #expect(isCode)
    }

    private static func text(_ path: String) -> String {
        let data = FileManager.default.contents(atPath: project.appending(path: path).path())
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    private static func files() -> [String] {
        let folder = project.appending(path: "Sources").path()
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return (paths ?? []).filter { $0.hasSuffix(".swift") }.map { "Sources/" + $0 }
    }
}
