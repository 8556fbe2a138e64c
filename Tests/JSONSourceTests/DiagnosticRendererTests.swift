import JSONSource
import Testing

@Suite("DiagnosticRenderer")
struct DiagnosticRendererTests {
    private let sources = SourceMap()

    private func add(_ path: String, _ text: String) -> Int32 {
        sources.add(SourceText(path: path, bytes: Array(text.utf8)))
    }

    private func render(_ diagnostics: [Diagnostic]) -> String {
        DiagnosticRenderer(sources: sources).render(diagnostics)
    }

    @Test("a block has place, sentence, code, the line with carets, help and notes")
    func wholeBlock() {
        let file = add("dir/a.json", "{\n  \"café\": 12x\n}\n")
        let problem = Diagnostic.error(
            "some.code",
            "this is wrong",
            at: SourceSpan(file: file, start: 13, end: 16),
            help: "do that"
        ).noting("the object begins here", at: SourceSpan(file: file, start: 0, end: 1))
        #expect(
            render([problem]) == """
                dir/a.json:2:12: error: this is wrong [some.code]
                      "café": 12x
                              ^^^
                  help: do that
                dir/a.json:1:1: note: the object begins here
                    {
                    ^

                """
        )
    }

    @Test("a warning says so, and a span over several lines is marked to the end of the first")
    func warning() {
        let file = add("a.json", "{ \"a\": {\n}\n}")
        let span = SourceSpan(file: file, start: 7, end: 10)
        #expect(
            render([.warning("c", "odd", at: span)]) == """
                a.json:1:8: warning: odd [c]
                    { "a": {
                           ^

                """
        )
    }

    @Test("the end of the file is marked behind the last character")
    func endOfFile() {
        let file = add("a.json", "[1,")
        let span = SourceSpan(file: file, start: 3, end: 3)
        #expect(
            render([.error("c", "cut", at: span)]) == """
                a.json:1:4: error: cut [c]
                    [1,
                       ^

                """
        )
    }

    @Test("a tab is shown as a space, so that the caret stands below its place")
    func tabs() {
        let file = add("a.json", "\t\tx")
        let span = SourceSpan(file: file, start: 2, end: 3)
        let expected = "a.json:1:3: error: m [c]\n      x\n      ^\n"
        #expect(render([.error("c", "m", at: span)]) == expected)
    }

    @Test("a character that is written as an escape moves the caret along")
    func escapedCharacters() {
        let file = add("a.json", "[\u{1}, x]")
        let span = SourceSpan(file: file, start: 4, end: 5)
        let expected = "a.json:1:5: error: m [c]\n    [\\u{1}, x]\n            ^\n"
        #expect(render([.error("c", "m", at: span)]) == expected)
    }

    @Test("of a long line the part around the place is shown")
    func longLine() {
        let text = String(repeating: "a", count: 199) + "X" + String(repeating: "b", count: 100)
        let file = add("a.json", text)
        let span = SourceSpan(file: file, start: 199, end: 200)
        let shown = String(repeating: "a", count: 50) + "X" + String(repeating: "b", count: 49)
        let caret = String(repeating: " ", count: 54) + "^"
        let expected = "a.json:1:200: error: m [c]\n    \(shown)\n\(caret)\n"
        #expect(render([.error("c", "m", at: span)]) == expected)
    }

    @Test("what stands in no file is said without a place")
    func nowhere() {
        #expect(render([.error("c", "sentence", at: .nowhere)]) == "error: sentence [c]\n")
    }

    @Test("blocks come in order of path and place, each said once")
    func order() {
        let second = add("b.json", "12345")
        let first = add("a.json", "12345")
        func problem(_ name: String, _ file: Int32, _ start: Int) -> Diagnostic {
            .error("c", name, at: SourceSpan(file: file, start: start, end: start + 1))
        }
        let problems = [
            problem("four", second, 3), problem("two", first, 4), problem("one", first, 1),
            problem("three", second, 0), problem("two", first, 4),
            problem("one again", first, 1),
        ]
        let sorted = DiagnosticRenderer(sources: sources).sorted(problems)
        #expect(sorted.map(\.message) == ["one", "one again", "two", "three", "four"])
    }

    @Test("places are compared as numbers, not as text")
    func orderOfPlaces() {
        let file = add("a.json", String(repeating: " ", count: 200))
        let problems = [100, 9, 20].map {
            Diagnostic.error("c", "\($0)", at: SourceSpan(file: file, start: $0, end: $0 + 1))
        }
        let sorted = DiagnosticRenderer(sources: sources).sorted(problems)
        #expect(sorted.map(\.message) == ["9", "20", "100"])
    }
}
