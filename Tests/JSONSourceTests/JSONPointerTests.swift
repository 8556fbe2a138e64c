import JSONSource
import Testing

@Suite("JSONPointer")
struct JSONPointerTests {
    struct Lookup: CustomTestStringConvertible {
        let pointer: String
        let found: String?

        init(_ pointer: String, _ found: String?) {
            self.pointer = pointer
            self.found = found
        }

        var testDescription: String { "\(pointer) leads to \(found ?? "nothing")" }
    }

    // The document of RFC 6901, section 5, and a few more members.
    private static let document = #"""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8,
        "~1":9,"deep":{"0":[{"x":10}]}}
        """#

    @Test(
        "a pointer leads to one value or to none",
        arguments: [
            Lookup("/foo", #"["bar","baz"]"#),
            Lookup("/foo/0", #""bar""#),
            Lookup("/foo/1", #""baz""#),
            Lookup("/", "0"),
            Lookup("/a~1b", "1"),
            Lookup("/c%d", "2"),
            Lookup("/e^f", "3"),
            Lookup("/g|h", "4"),
            Lookup(#"/i\j"#, "5"),
            Lookup(#"/k"l"#, "6"),
            Lookup("/ ", "7"),
            Lookup("/m~0n", "8"),
            Lookup("/~01", "9"),
            Lookup("/deep/0/0/x", "10"),
            Lookup("deep/0/0/x", "10"),
            Lookup("foo", #"["bar","baz"]"#),
            Lookup("/Foo", nil),
            Lookup("/foo/2", nil),
            Lookup("/foo/-1", nil),
            Lookup("/foo/-", nil),
            Lookup("/foo/+1", nil),
            Lookup("/foo/01", nil),
            Lookup("/foo/", nil),
            Lookup("/foo/0/x", nil),
            Lookup("/a/b", nil),
        ]
    )
    func lookups(_ row: Lookup) throws {
        let document = try value(of: Self.document)
        let pointer = try #require(JSONPointer(row.pointer))
        #expect(pointer.value(in: document).map { JSONOutput($0).compact } == row.found)
    }

    @Test("the empty pointer is the whole document")
    func wholeDocument() throws {
        let pointer = try #require(JSONPointer(""))
        #expect(pointer.parts.isEmpty)
        #expect(pointer.value(in: try value(of: "[1]")).map { JSONOutput($0).compact } == "[1]")
    }

    @Test("a combining mark does not hide the sign before it")
    func combiningMarks() {
        #expect(JSONPointer("/\u{301}a/\u{200D}b")?.parts == ["\u{301}a", "\u{200D}b"])
        #expect(JSONPointer("/a~1\u{301}b~0\u{301}")?.parts == ["a/\u{301}b~\u{301}"])
    }

    @Test("a ~ stands only before 0 and 1", arguments: ["/~", "/a~2b", "/a~", "/~~0"])
    func malformed(_ text: String) {
        #expect(JSONPointer(text) == nil)
    }
}
