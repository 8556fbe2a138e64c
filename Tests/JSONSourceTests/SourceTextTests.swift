import JSONSource
import Testing

@Suite("SourceText")
struct SourceTextTests {
    struct Place: CustomTestStringConvertible {
        let offset: Int
        let line: Int
        let column: Int

        var testDescription: String { "byte \(offset) is \(line):\(column)" }
    }

    // Bytes: é 0-1, LF 2, a 3, CR 4, LF 5, LF 6, b 7.
    private let text = SourceText(path: "t.json", bytes: Array("é\na\r\n\nb".utf8))

    @Test(
        "lines and columns count from 1, columns in bytes",
        arguments: [
            Place(offset: 0, line: 1, column: 1),
            Place(offset: 2, line: 1, column: 3),
            Place(offset: 3, line: 2, column: 1),
            Place(offset: 4, line: 2, column: 2),
            Place(offset: 6, line: 3, column: 1),
            Place(offset: 7, line: 4, column: 1),
            Place(offset: 8, line: 4, column: 2),
        ]
    )
    func positions(_ place: Place) {
        let expected = LineColumn(line: place.line, column: place.column)
        #expect(text.position(at: place.offset) == expected)
    }

    @Test("a line is given without its line break")
    func lines() {
        #expect((0...5).map { text.line($0) } == ["", "é", "a", "", "b", ""])
    }

    @Test("the end of a file that ends in a line break is the start of the next line")
    func endOfFile() {
        let text = SourceText(path: "t.json", bytes: Array("{}\n".utf8))
        #expect(text.position(at: 3) == LineColumn(line: 2, column: 1))
    }

    @Test("a span of a source map prints as file:line:column, a span of nowhere does not")
    func locations() {
        let sources = SourceMap()
        let first = sources.add(SourceText(path: "a.json", bytes: Array("{\n}".utf8)))
        let second = sources.add(SourceText(path: "b/c.json", bytes: Array("[]".utf8)))
        #expect(
            sources.location(of: SourceSpan(file: first, start: 2, end: 3))?.description
                == "a.json:2:1"
        )
        #expect(
            sources.location(of: SourceSpan(file: second, start: 1, end: 2))?.description
                == "b/c.json:1:2"
        )
        #expect(sources.location(of: .nowhere) == nil)
        #expect(sources.location(of: SourceSpan(file: 2, start: 0, end: 0)) == nil)
    }
}
