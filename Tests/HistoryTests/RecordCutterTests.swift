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

    /// Lines that lack an end, hold too many, or none of a record at all.
    private static let oddLines = [
        #"{"a": "b"#, #"{"a": "b\"#, #"{"a": {"b": 1,"#, #"{"a": ["#, #"{"a":"#, "{", "[", "[{",
        #"{"Records":["#, #"{"Records":[]"#, #"{"Events":[{"a":1}"#, #"{"Records":["x"#, "[[[[{",
        #"{"a": [{"b": [{"c": ""#, "}", "]]]}", #"{"a": 1}}]"#, "\u{0}\u{0}", "\u{FEFF}", "{ [",
        #"[{"a": "b"#, #""}"#, #"{"a": "\u12"#, "null", "\\", #"{"Records": [] , "#,
    ]

    @Test("a line that lacks its end costs itself and not those behind it", arguments: oddLines)
    func brokenLine(line: String) {
        let good = (0..<4).map { #"{"n":\#($0),"a":{"b":["c",{}]}}"# }
        for place in 0...good.count {
            var lines = good
            lines.insert(line, at: place)
            for (end, size) in [("\n", 1), ("\n", 1_000), ("\r\n", 7)] {
                let text = lines.joined(separator: end) + end
                let (blocks, isCutShort) = Cutting.blocks(of: Array(text.utf8), pieces: size)
                let found = blocks.flatMap { block in
                    block.cuts.map { String(decoding: block.bytes[$0.range], as: UTF8.self) }
                }
                #expect(good.allSatisfy(found.contains), "\(place): \(found)")
                let isTold = found.count > good.count || isCutShort || line == "\u{FEFF}"
                #expect(isTold, "\(place): \(found)")
            }
        }
    }

    @Test("records laid out over lines are whole, however far they are indented")
    func laidOut() {
        let forms = [
            "{\n\"a\": [\n{\n\"b\": 1\n},\n{\n\"c\": 2\n}\n]\n}",
            "{\r\n  \"a\": [\r\n    {\"b\": 1},\r\n    {\"c\": 2}\r\n  ]\r\n}",
            "{\"a\":\n  {\"b\": 1},\n \"c\": [\n  {}\n , {}]}",
        ]
        for form in forms {
            for size in [1, 3, 1_000] {
                #expect(Cutting.records("\(form)\n\(form)\n", pieces: size) == [form, form])
                let list = "{\"Records\": [\(form),\n\(form)]}"
                #expect(Cutting.records(list, pieces: size) == [form, form])
            }
        }
    }

    @Test("what stands around a list is kept, for others to read")
    func frames() {
        func frames(_ text: String, pieces: Int) -> [String] {
            var cutter = RecordCutter()
            var found: [[UInt8]] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                _ = cutter.cut(Array(rest.prefix(pieces)))
                rest = rest.dropFirst(pieces)
                found += cutter.takeFrames()
            }
            return found.map { String(decoding: $0, as: UTF8.self) }
        }
        let page = #"{"Events": [], "NextToken": "x}]"}"#
        let filled = page.replacing("[]", with: "[\(Self.one), \(Self.two)]")
        let second = #"{"Records":[\#(Self.one)],"Events":[\#(Self.two)]}"#
        for size in [1, 2, 9, 1_000] {
            #expect(frames(filled, pieces: size) == [page])
            #expect(frames("{\"Records\":[\(Self.one)]}\n", pieces: size) == [])
            let text = "[\(Self.one)]\(second)\(filled)"
            let behind = #"{"Records":[],"Events":[\#(Self.two)]}"#
            #expect(frames(text, pieces: size) == [behind, page])
        }
        let long = #"{"Events":[],"x":""# + String(repeating: "x", count: 2 << 20) + #""}"#
        #expect(frames(long, pieces: 1 << 16) == [""])
    }

    @Test(
        "a list that is not all there is says so",
        arguments: [
            (#"{"Events":[],"NextToken":"x"}"#, "one page of several"),
            (#"{"NextToken":"x","Events":[]}"#, "one page of several"),
            (#"{"Records":[],"Events":[{}]}"#, "a second list"),
            (#"{"Records":[],"Records":[{}]}"#, "duplicate key"),
            (#"{"Records":[],"detail":{}}"#, "a record beside its list"),
            (#"{"Records":[] x}"#, "around its list of records, "),
            ("", "is longer than"), (#"{"Events":[],"NextToken":null}"#, nil),
            (#"{"Events":[],"Records":[],"other":{"NextToken":"x"}}"#, nil),
        ]
    )
    func framesRead(frame: String, words: String?) {
        let problem = RecordFrame.problem(Array(frame.utf8))
        #expect(problem.map { $0.contains(words ?? "?") } == words.map { _ in true }, "\(problem)")
    }

    @Test("a line without an end, and brackets without one, take no memory and little time")
    func endless() {
        for (piece, isTold) in [("x", true), ("[", true), ("{\"a\":", true), (" ", false)] {
            let text = String(repeating: piece, count: (4 << 20) / piece.utf8.count)
            let (blocks, isCutShort) = Cutting.blocks(of: Array(text.utf8), pieces: 1 << 16)
            #expect(blocks.reduce(0) { $0 + $1.cuts.count } <= 2)
            #expect((isCutShort || !blocks.isEmpty) == isTold)
        }
        // Blank lines in a record are looked at once.
        let blank = "{" + String(repeating: "\n", count: 1 << 19) + "}"
        #expect(Cutting.records(blank, pieces: 1 << 14) == [blank])
    }
}
