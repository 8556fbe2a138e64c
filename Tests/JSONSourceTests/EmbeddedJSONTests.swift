import JSONSource
import Testing

@Suite("EmbeddedJSON")
struct EmbeddedJSONTests {
    private let sources = SourceMap()

    /// What is embedded in the member `Policy` of a file, and the bytes of that file.
    private func embedded(_ text: String) throws -> (Parsed<JSONValue?>, [UInt8]) {
        let bytes = Array(text.utf8)
        let file = sources.add(SourceText(path: "file.json", bytes: bytes))
        let outer = try #require(JSONParser.parse(bytes, file: file).value)
        let value = try #require(outer["Policy"])
        return (JSONValue.embedded(in: value, sources: sources), bytes)
    }

    private func text(_ span: SourceSpan, of bytes: [UInt8]) -> String {
        String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }

    struct Encoding: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        /// How the key `Sid`, its value and the whole document are written in the file.
        let key: String
        let value: String
        let whole: String
    }

    @Test(
        "every encoding gives the same value, at the place where it is written",
        arguments: [
            Encoding(
                testDescription: "an object",
                text: #"{"Policy": {"Sid": "é/😀"}}"#,
                key: #""Sid""#,
                value: #""é/😀""#,
                whole: #"{"Sid": "é/😀"}"#
            ),
            Encoding(
                testDescription: "JSON in a string",
                text: #"{"Policy": "{\"Sid\": \"é/😀\"}"}"#,
                key: #"\"Sid\""#,
                value: #"\"é/😀\""#,
                whole: #"{\"Sid\": \"é/😀\"}"#
            ),
            Encoding(
                testDescription: "escapes of every kind",
                text: #"{"Policy": "\n\t{\u0022S\u0069d\":\r\n \"\u00e9\/\ud83d\ude00\"} "}"#,
                key: #"\u0022S\u0069d\""#,
                value: #"\"\u00e9\/\ud83d\ude00\""#,
                whole: #"{\u0022S\u0069d\":\r\n \"\u00e9\/\ud83d\ude00\"}"#
            ),
            Encoding(
                testDescription: "%-encoded",
                text: #"{"Policy": "%7B%22Sid%22%3A%20%22%C3%a9/%F0%9F%98%80%22%7D"}"#,
                key: "%22Sid%22",
                value: "%22%C3%a9/%F0%9F%98%80%22",
                whole: "%7B%22Sid%22%3A%20%22%C3%a9/%F0%9F%98%80%22%7D"
            ),
            Encoding(
                testDescription: "%-encoded, with escapes of JSON in between",
                text: #"{"Policy": "%0A{\"Sid\":%20\"\u00e9%2F😀\"}"}"#,
                key: #"\"Sid\""#,
                value: #"\"\u00e9%2F😀\""#,
                whole: #"{\"Sid\":%20\"\u00e9%2F😀\"}"#
            ),
        ]
    )
    func encodings(_ row: Encoding) throws {
        let (parsed, bytes) = try embedded(row.text)
        #expect(parsed.diagnostics.isEmpty)
        let document = try #require(parsed.value)
        let member = try #require(document.members?.first)
        #expect(member.key == "Sid")
        #expect(member.value.string == "é/😀")
        #expect(text(member.keySpan, of: bytes) == row.key)
        #expect(text(member.value.span, of: bytes) == row.value)
        #expect(text(document.span, of: bytes) == row.whole)
    }

    @Test(
        "what does not parse is reported where it is written",
        arguments: [
            (#"{"Policy": "{\"a\": tru }"}"#, "expected a value, found 'tru'", 21),
            (#"{"Policy": ""}"#, "expected a value, found the end of the file", 13),
            (#"{"Policy": "{\"a\": 1"}"#, "expected ',' or '}' in the object, found", 22),
            (#"{"Policy": "%7B%zz"}"#, "expected a key in quotation marks, found '%'", 16),
            (#"{"Policy": "%7B%-5"}"#, "expected a key in quotation marks, found '%'", 16),
            (#"{"Policy": "%7B%+5"}"#, "expected a key in quotation marks, found '%'", 16),
            (#"{"Policy": "%7B%FF"}"#, "expected a key in quotation marks, found a byte", 16),
        ]
    )
    func problems(_ text: String, _ message: String, _ column: Int) throws {
        let (parsed, _) = try embedded(text)
        #expect(parsed.value == nil)
        #expect(parsed.diagnostics.count == 1)
        let problem = try #require(parsed.diagnostics.first)
        #expect(problem.message.hasPrefix(message), "\(problem.message)")
        let place = try #require(sources.location(of: problem.span))
        #expect(place.description == "file.json:1:\(column)")
    }

    @Test("a key that stands twice is reported with both places")
    func duplicates() throws {
        let (parsed, bytes) = try embedded(#"{"Policy": "{\"a\":1,\"\u0061\":2}"}"#)
        #expect(parsed.value != nil)
        let problem = try #require(parsed.diagnostics.first)
        #expect(text(problem.span, of: bytes) == #"\"\u0061\""#)
        #expect(problem.notes.map { text($0.span, of: bytes) } == [#"\"a\""#])
    }

    @Test("a value that is no string stands for itself")
    func otherValues() throws {
        let (parsed, _) = try embedded(#"{"Policy": null}"#)
        #expect(parsed.value?.isNull == true)
        #expect(parsed.diagnostics.isEmpty)
    }

    @Test("a string that stands nowhere as such has one place for everything in it")
    func madeStrings() throws {
        let span = SourceSpan(
            file: sources.add(SourceText(path: "x", bytes: [0x7B])),
            start: 0,
            end: 1
        )
        let parsed = JSONValue.embedded(
            in: JSONValue(.string(#"{"a":1}"#), at: span),
            sources: sources
        )
        #expect(parsed.value?["a"]?.span == span)
    }
}
