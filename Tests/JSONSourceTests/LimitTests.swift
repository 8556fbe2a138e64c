import JSONSource
import Testing

/// Limits of reading, and what is kept and looked at of files made to cost much.
@Suite("Limits of reading")
struct LimitTests {
    private func parse(_ text: String) -> Parsed<JSONValue?> {
        JSONParser.parse(Array(text.utf8), file: 0)
    }

    @Test("of ten thousand duplicate keys no more than four thousand are kept")
    func duplicateKeys() {
        let members = [String](repeating: #""k": 1"#, count: 10_000).joined(separator: ",")
        let parsed = parse("{\(members)}")
        #expect(parsed.value?.members?.count == 10_000)
        #expect((1_000...4_000).contains(parsed.diagnostics.count))
        #expect(parsed.diagnostics.allSatisfy { $0.code == "json.duplicate-key" })
    }

    @Test("keys that look alike and differ in their bytes are no duplicates")
    func keysByBytes() {
        #expect(parse("{\"\u{E9}\": 1, \"e\u{301}\": 2}").diagnostics.isEmpty)
    }

    @Test("a key longer than four thousand bytes is refused where it stands")
    func longKey() {
        let key = String(repeating: "k", count: JSONParser.keyLimit)
        #expect(parse(#"{"\#(key)": 1}"#).diagnostics.isEmpty)
        let parsed = parse(#"{"\#(key)x": 1}"#)
        #expect(parsed.diagnostics.map(\.message) == ["a key has at most 4096 bytes, not 4097"])
        #expect(parsed.diagnostics.first?.span.start == 1)
    }

    @Test("a message repeats no more than the beginning and the end of a long word")
    func longMessage() {
        let span = SourceSpan(file: 0, start: 0, end: 0)
        let word = String(repeating: "é", count: 1_000_000)
        let problem = Diagnostic.error("x", "unknown '\(word)'", at: span).noting(word, at: span)
        #expect(problem.message.utf8.count < 2_100)
        #expect(problem.notes[0].message.utf8.count < 2_100)
        #expect(problem.message.contains("é…é"))
        #expect(problem.message.hasPrefix("unknown 'é") && problem.message.hasSuffix("é'"))
    }

    @Test("a list of problems never grows beyond four times the limit, and keeps the first error")
    func problemsKept() {
        let span = SourceSpan(file: 0, start: 0, end: 0)
        var problems: [Diagnostic] = []
        for number in 0..<20_000 {
            let isError = number == 15_000
            let text = "\(number)"
            problems.append(isError ? .error("x", text, at: span) : .warning("x", text, at: span))
            problems.keepWithinLimit(100)
            #expect(problems.count <= 400)
        }
        #expect(problems.filter { $0.severity == .error }.map(\.message) == ["15000"])
        #expect(problems.prefix(100).map(\.message) == (0..<100).map { "\($0)" })
    }

    @Test("of one file a thousand errors and a thousand warnings are shown, and that more are not")
    func problemsShown() {
        let sources = SourceMap()
        let file = sources.add(SourceText(path: "a.json", bytes: Array("{}".utf8)))
        let other = sources.add(SourceText(path: "b.json", bytes: Array("{}".utf8)))
        let span = SourceSpan(file: file, start: 0, end: 1)
        let limit = [Diagnostic].limit
        let problems = (0..<(limit + 1)).flatMap { number -> [Diagnostic] in
            [.error("x", "wrong \(number)", at: span), .warning("x", "odd \(number)", at: span)]
        }
        let last = Diagnostic.error("x", "last", at: SourceSpan(file: other, start: 0, end: 1))
        let text = DiagnosticRenderer(sources: sources).render(problems + [last])
        #expect(text.ranges(of: ": error: wrong ").count == limit)
        #expect(text.ranges(of: ": warning: odd ").count == limit)
        let note = "a.json: note: only the first \(limit) errors and warnings are shown\n"
        #expect(text.contains(note + "b.json:1:1: error: last"))
        let few = DiagnosticRenderer(sources: sources).render(Array(problems.prefix(2_000)))
        #expect(!few.contains("only the first"))
    }

    @Test("JSON in a string is decoded up to a mebibyte")
    func embeddedText() {
        let text = String(repeating: " ", count: JSONValue.embeddedLimit - 2) + "{}"
        let span = SourceSpan(file: 0, start: 0, end: 0)
        func embedded(_ text: String) -> Parsed<JSONValue?> {
            JSONValue.embedded(in: JSONValue(.string(text), at: span), sources: SourceMap())
        }
        #expect(embedded(text).value?.members?.isEmpty == true)
        let refused = embedded(text + " ")
        #expect(refused.value == nil)
        #expect(
            refused.diagnostics.map(\.message) == [
                "the JSON in this string has 1048577 bytes, at most 1048576 are read"
            ]
        )
    }

    @Test("an object with ten thousand members is laid over another by looking each up once")
    func wideOverlay() {
        let members = (0..<10_000).map { #""k\#($0)": \#($0)"# }
        let base = parse("{\(members.joined(separator: ","))}").value
        let changes = parse("{\(members.reversed().joined(separator: ",")), \"new\": 1}").value
        guard let base, let changes else {
            Issue.record("the objects are sound")
            return
        }
        let merged = base.merging(changes)
        #expect(merged.members?.map(\.key) == (base.members ?? []).map(\.key) + ["new"])
    }

    @Test("a value without references is not copied, and keeps its place and origin")
    func valuesWithoutReferences() {
        let files = MemoryFiles([
            "main.json": #"{"a": [1, {"b": 2}], "$lint": {}, "c": [{"$lint": 1}]}"#
        ])
        var loader = DocumentLoader(reader: files.reader, sources: SourceMap())
        let value = loader.load("main.json", namedAt: nil)
        #expect(value.map { JSONOutput($0).compact } == #"{"a":[1,{"b":2}],"c":[{}]}"#)
        #expect(loader.lintNotes.count == 2)
    }

    @Test("one file that fifty thousand references name is read once")
    func oneFileOftenNamed() {
        let references = [String](repeating: #"{"$ref": "t.json"}"#, count: 50_000)
        let files = MemoryFiles([
            "main.json": "[\(references.joined(separator: ","))]", "t.json": "{}",
        ])
        var loader = DocumentLoader(reader: files.reader, sources: SourceMap())
        #expect(loader.load("main.json", namedAt: nil)?.elements?.count == 50_000)
        #expect(loader.diagnostics.isEmpty)
        #expect(files.timesRead("t.json") == 1)
    }

    @Test("nested notes count what is referred to once, however often it is")
    func notesOverReferences() {
        let references = [String](repeating: #"{"$ref": "t.json"}"#, count: 1_000)
        let text = #"{"$lint": {}, "a": [\#(references.joined(separator: ","))]}"#
        let files = MemoryFiles(["main.json": text, "t.json": "{}"])
        var loader = DocumentLoader(reader: files.reader, sources: SourceMap())
        _ = loader.load("main.json", namedAt: nil)
        #expect(loader.lintNotes.map(\.reach.count) == [2])
    }

    @Test("a run reads so many files and so many bytes, whatever reads them")
    func readingBudget() {
        let reader = FileReader { .success(Array($0.utf8)) }
        let files = ReadingBudget(files: 2)
        #expect(files.limiting(reader).read("a") == .success([97]))
        #expect(files.limiting(reader).read("b") == .success([98]))
        #expect(
            files.limiting(reader).read("c")
                == .failure(.unreadable("one run reads at most 2 files"))
        )
        #expect(files.filesRead == 2)
        let bytes = ReadingBudget(bytes: 5)
        #expect(bytes.limiting(reader).read("abc") == .success([97, 98, 99]))
        let problem = FileProblem.unreadable("the files of one run have at most 5 bytes")
        #expect(bytes.limiting(reader).read("def") == .failure(problem))
        #expect(bytes.limiting(reader).read("de") == .success([100, 101]))
    }
}
