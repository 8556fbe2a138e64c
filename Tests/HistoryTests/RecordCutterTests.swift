import History
import Testing

@Suite("Records cut out of streams")
struct RecordCutterTests {
    private static let one = #"{"a": "}]\"\\", "b": [{"c": []}]}"#
    private static let two = #"{"Records": 1, "d": "é{"}"#

    private static let forms = [
        "\(one)", "\(one)\n\(two)\n", "\(one)\(two)", "[\(one), \(two)]",
        "[\n\(one)\n,\n\(two)\n]\n",
        #"{"Records": [\#(one),\#(two)]}"#,
        #"{"NextToken": "x", "Events" : [ \#(one), \#(two) ], "More": {"Records": [1]}}"#,
        "\u{FEFF}" + #"{"Records":[\#(one)]}\#n{"Records":[\#(two)]}"#,
    ].map { $0.replacing("\\#n", with: "\n") }

    @Test("records are the same however the stream is cut into pieces", arguments: forms)
    func pieces(form: String) {
        let expected = form.contains(Self.two) ? [Self.one, Self.two] : [Self.one]
        for size in 1...(form.utf8.count + 1) {
            #expect(Cutting.records(form, pieces: size) == expected, "pieces of \(size) bytes")
        }
    }

    @Test("a list that is empty has no records, and its end is its end")
    func empty() {
        for text in ["", "\n", "[]", #"{"Records": []}"#, #"{"Records":[]}{"Events":[]}"#] {
            let (blocks, isCutShort) = Cutting.blocks(of: Array(text.utf8), pieces: 3)
            #expect(blocks.isEmpty)
            #expect(!isCutShort)
        }
    }

    @Test("a line that is no record costs itself and not those behind it")
    func brokenLines() {
        let broken = [
            #"{"a": "b"#, #"{"a": {"b": 1}"#, "hello {", #"{"a": tru"#, "]", #""text""#,
        ]
        for line in broken {
            let text = "\(Self.one)\n\(line)\n\(Self.two)\n"
            for size in [1, 2, 7, 100] {
                let found = Cutting.records(text, pieces: size)
                #expect(found.count == 3, "\(line): \(found)")
                #expect(found.first == Self.one)
                #expect(found.last == Self.two)
            }
        }
    }

    @Test("what stands between records of a list is told and the rest goes on")
    func junkInLists() {
        let found = Cutting.records(#"{"Records": [\#(Self.one), null, 5, \#(Self.two)]}"#)
        #expect(found == [Self.one, "n", "5", Self.two])
    }

    @Test("a file that ends too early says so, and what had begun is told")
    func cutShort() {
        let text = #"{"Records": [\#(Self.one), {"a": "#
        for size in [1, 5, 100] {
            let (blocks, isCutShort) = Cutting.blocks(of: Array(text.utf8), pieces: size)
            #expect(blocks.reduce(0) { $0 + $1.cuts.count } == 2)
            #expect(isCutShort)
        }
    }

    @Test("a record that is too long is told and not kept, and those around it are read")
    func tooLong() {
        let long = #"{"a": ""# + String(repeating: "x", count: RecordCutter.recordLimit) + #""}"#
        let text = #"{"Records": [\#(Self.one), \#(long), \#(Self.two)]}"#
        let (blocks, isCutShort) = Cutting.blocks(of: Array(text.utf8), pieces: 1 << 16)
        let records = blocks.flatMap { block in
            block.cuts.map { String(decoding: block.bytes[$0.range], as: UTF8.self) }
        }
        #expect(records == [Self.one, "", Self.two])
        #expect(blocks.map(\.first) == blocks.map(\.first).sorted())
        #expect(!isCutShort)
    }
}
