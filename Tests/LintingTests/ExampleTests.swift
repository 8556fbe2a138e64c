import JSONSource
import Linting
import OrganizationModel
import Testing

/// The examples of every check's page are its tests.
@Suite("Checks")
struct ExampleTests {
    @Test("each check finds exactly what its examples mark", arguments: Check.all.map(\.id))
    func findsWhatIsMarked(id: String) throws {
        let check = try #require(Check.named(id))
        #expect(check.examples.contains { $0.isFound }, "no example shows what is found")
        #expect(check.examples.contains { !$0.isFound }, "no example shows what passes")
        for example in check.examples {
            let linted = try LintedExample(example)
            let found = linted.findings(of: check)
            #expect(found == linted.marked, "\(example.text)")
        }
    }

    @Test("ids are unique, in kebab case, and every page is filled in")
    func pages() {
        #expect(Set(Check.all.map(\.id)).count == Check.all.count)
        for check in Check.all {
            #expect(check.id.allSatisfy { $0 == "-" || $0.isLowercase }, "\(check.id)")
            #expect(!check.title.isEmpty && !check.title.hasSuffix("."), "\(check.id)")
            #expect(!check.why.isEmpty && !check.fix.isEmpty && !check.source.isEmpty)
        }
    }
}

/// An example read as the tool reads files.
struct LintedExample {
    /// Offset and text of what is marked.
    let marked: [String]
    private let bytes: [UInt8]
    private let findings: [Finding]

    init(_ example: Example) throws {
        let text = example.plain
        let bytes = Array(text.utf8)
        let reader = FileReader { _ in .success(bytes) }
        var loader = DocumentLoader(reader: reader, sources: SourceMap())
        let loaded = loader.load("example.json", namedAt: nil)
        let value = try #require(loaded, "\(text)")
        #expect(loader.diagnostics.isEmpty, "\(loader.diagnostics.map(\.message)) in \(text)")
        let found: [Finding]
        switch example.form {
        case .statement(let kind), .policy(let kind):
            var holder = WrittenPolicy.Holder()
            holder.characterLimit = kind.characterLimit
            let policy = WrittenPolicy(value, kind, name: "the example", holder: holder)
            found = Linter().findings(in: policy)
        case .organization:
            let loading = OrganizationState.load(value).diagnostics
            let organization = WrittenOrganization(value)
            found = Linter().findings(in: organization, loading: loading)
            #expect(
                Linter().rest(of: loading, in: organization, beside: []).isEmpty,
                "\(loading.map(\.message)) in \(text)"
            )
        }
        self.bytes = bytes
        findings = Silences(loader.lintNotes).apply(to: found)
        var offset = 0
        var marked: [String] = []
        for (index, piece) in example.marked.split(
            separator: "«",
            omittingEmptySubsequences: false
        ).enumerated() {
            let inside = piece.prefix { $0 != "»" }
            if index > 0 { marked.append("\(offset) \(inside)") }
            offset += piece.filter { $0 != "»" }.utf8.count
        }
        self.marked = marked
    }

    /// Offset and text of what a check points at, in their order in the file.
    func findings(of check: Check) -> [String] {
        let spans = findings.filter { $0.check.id == check.id && $0.silencedBecause == nil }
            .map(\.remark.span)
        return spans.sorted { $0.start < $1.start }.map {
            let text = String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
            return "\($0.start) \(text)"
        }
    }
}
