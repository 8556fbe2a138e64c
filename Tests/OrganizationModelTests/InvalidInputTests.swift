import JSONSource
import OrganizationModel
import Testing

/// Organization files that must be refused: `Tests/Conformance/invalid` but its scenarios.
@Suite("Invalid organization files")
struct InvalidInputTests {
    static let names = ConformanceSuite.files("invalid")
        .filter { !$0.hasPrefix("scenario-") && !$0.hasSuffix(".expected.json") }

    @Test("the suite is there")
    func suiteIsThere() {
        #expect(Self.names.count >= 100)
    }

    @Test("the mistake is reported at its place, in words that name it", arguments: names)
    func mistakes(_ name: String) throws {
        let expected = try Expected(name)
        let sources = SourceMap()
        var loader = DocumentLoader(reader: ConformanceSuite.reader("invalid"), sources: sources)
        var isLoaded = false
        if let value = loader.load(name, namedAt: nil) {
            let parsed = OrganizationLoader.load(value)
            isLoaded = parsed.value != nil
            loader.report(parsed.diagnostics)
        }
        let errors = loader.diagnostics.filter { $0.severity == .error }
        let isReported = errors.contains { error in
            guard let place = sources.location(of: error.span), place.path == name else {
                return false
            }
            return place.position.line == expected.line
                && (expected.column == nil || place.position.column == expected.column)
                && expected.texts.allSatisfy { error.message.contains($0) }
        }
        let report = DiagnosticRenderer(sources: sources).render(loader.diagnostics)
        #expect(isReported, "expected \(expected), got:\n\(report)")
        #expect(!isLoaded || loader.diagnostics.hasErrors)
        for error in errors {
            let isCode = error.code.wholeMatch(of: /[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*/) != nil
            #expect(isCode, "'\(error.code)' is no code for tools")
        }
    }

    @Test("each file holds one mistake, which is told once and hides nothing", arguments: names)
    func oneMistake(_ name: String) throws {
        let expected = try Expected(name)
        let sources = SourceMap()
        var loader = DocumentLoader(reader: ConformanceSuite.reader("invalid"), sources: sources)
        if let value = loader.load(name, namedAt: nil) {
            loader.report(OrganizationLoader.load(value).diagnostics)
        }
        let elsewhere = loader.diagnostics.filter { $0.severity == .error }.filter { error in
            sources.location(of: error.span)?.position.line != expected.line
        }
        #expect(elsewhere.map(\.message) == [])
    }

    /// What `NAME.expected.json` beside a file says.
    struct Expected: CustomStringConvertible {
        let line: Int
        let column: Int?
        let texts: [String]

        init(_ name: String) throws {
            let path = name.replacing(".json", with: ".expected.json")
            let bytes = try ConformanceSuite.reader("invalid").read(path).get()
            let value = try #require(JSONParser.parse(bytes, file: 0).value)
            var problems: [Diagnostic] = []
            let reader = try #require(ObjectReader(value, path, &problems))
            line = try #require(reader.integer("line", &problems))
            column = reader.integer("column", &problems)
            texts = try #require(reader.strings("messageContains", &problems)).map(\.text)
            #expect(problems.isEmpty)
        }

        var description: String { "\(line):\(column.map(String.init) ?? "any") with \(texts)" }
    }
}
