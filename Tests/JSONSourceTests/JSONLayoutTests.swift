import JSONSource
import Testing

@Suite("how a file's JSON is laid out")
struct JSONLayoutTests {
    private func layout(_ text: String) throws -> String {
        let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
        return String(decoding: JSONLayout.text(of: value), as: UTF8.self)
    }

    @Test("what fits on a line stands on it, but for the file itself")
    func short() throws {
        let text = #"{"b":1.0,"a":[ 1,2 , {"x":null}],"c":{},"d":[],"e":"\u00e9\n"}"#
        #expect(
            try layout(text) == """
                {
                  "b": 1.0,
                  "a": [1, 2, {"x": null}],
                  "c": {},
                  "d": [],
                  "e": "é\\n"
                }

                """
        )
    }

    @Test("a line is at most 100 bytes with its comma")
    func width() throws {
        // {"k": ["…"]} takes 2 spaces, 5 for the name, 4 around the text.
        let fits = String(repeating: "a", count: 100 - 1 - 2 - 5 - 4)
        #expect(try layout("{\"k\": [\"\(fits)\"]}") == "{\n  \"k\": [\"\(fits)\"]\n}\n")
        let long = fits + "a"
        let broken = "{\n  \"k\": [\n    \"\(long)\"\n  ]\n}\n"
        #expect(try layout("{\"k\": [\"\(long)\"]}") == broken)
    }

    @Test("laying out again changes nothing, and the value stays what it is", arguments: 0..<200)
    func random(_ seed: Int) throws {
        var generator = RandomJSON(seed: UInt64(seed))
        let bytes = generator.document()
        guard let value = JSONParser.parse(bytes, file: 0).value else { return }
        let once = try layout(String(decoding: bytes, as: UTF8.self))
        #expect(try layout(once) == once)
        let again = try #require(JSONParser.parse(Array(once.utf8), file: 0).value)
        #expect(JSONOutput(again) == JSONOutput(value))
    }
}
