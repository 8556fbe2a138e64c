import JSONSource
import Testing

/// The value of a text that is read without a problem.
func value(of text: String) throws -> JSONValue {
    let parsed = JSONParser.parse(Array(text.utf8), file: 0)
    #expect(parsed.diagnostics.isEmpty, "\(text)")
    return try #require(parsed.value)
}

/// Reads marked text and compares every diagnostic with `1️⃣ message`.
func expectProblems(in text: String, _ expected: [String]) {
    let marked = MarkedText(text)
    let parsed = JSONParser.parse(marked.bytes, file: 0)
    #expect(parsed.diagnostics.map(marked.describe) == expected)
}

@Suite("JSONParser")
struct JSONParserTests {
    struct Accepted: CustomTestStringConvertible {
        let text: String
        let value: JSONOutput

        init(_ text: String, _ value: JSONOutput) {
            self.text = text
            self.value = value
        }

        var testDescription: String { text }
    }

    @Test(
        "every kind of value is read as it is written",
        arguments: [
            Accepted("null", .null),
            Accepted("true", .bool(true)),
            Accepted("false", .bool(false)),
            Accepted(" \t\r\n 1 \n", .number("1")),
            Accepted(#""""#, .string("")),
            Accepted(#""text""#, .string("text")),
            Accepted("[]", .array([])),
            Accepted("[ ]", .array([])),
            Accepted("[1,[2]]", .array([.number("1"), .array([.number("2")])])),
            Accepted("{}", .object([])),
            Accepted("{ }", .object([])),
            Accepted(
                #"{"b":1,"a":{"":null}}"#,
                .object([
                    .init("b", .number("1")), .init("a", .object([.init("", .null)])),
                ])
            ),
        ]
    )
    func kindsOfValues(_ row: Accepted) throws {
        #expect(JSONOutput(try value(of: row.text)) == row.value)
    }

    @Test(
        "a number keeps its text",
        arguments: [
            "0", "-0", "10", "1.0", "1.50", "-2.25", "1e5", "1E+05", "1e-7", "0.0",
            "123456789012345678901234567890", "0e0",
        ]
    )
    func numbersKeepTheirText(_ text: String) throws {
        #expect(JSONOutput(try value(of: text)) == .number(text))
    }

    @Test(
        "escapes stand for their characters",
        arguments: [
            Accepted(#""\" \\ \/""#, .string("\" \\ /")),
            Accepted(#""\b\f\n\r\t""#, .string("\u{8}\u{C}\n\r\t")),
            Accepted(#""\u0041""#, .string("A")),
            Accepted(#""\u00e9 \u00E9""#, .string("\u{E9} \u{E9}")),
            Accepted(#""\u0000""#, .string("\0")),
            Accepted(#""\uD83D\uDE00""#, .string("\u{1F600}")),
            Accepted(#""\ud800\udc00""#, .string("\u{10000}")),
            Accepted(#""\uDBFF\uDFFF""#, .string("\u{10FFFF}")),
            Accepted(#""\uD7FF\uE000""#, .string("\u{D7FF}\u{E000}")),
            Accepted(#""before \n é after""#, .string("before \n é after")),
        ]
    )
    func escapes(_ row: Accepted) throws {
        #expect(JSONOutput(try value(of: row.text)) == row.value)
    }

    @Test(
        "characters at the ends of the UTF-8 ranges are read",
        arguments: [
            "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{FFF}", "\u{D7FF}", "\u{E000}", "\u{FFFF}",
            "\u{10000}", "\u{3FFFF}", "\u{40000}", "\u{10FFFF}",
        ]
    )
    func unicodeBoundaries(_ text: String) throws {
        #expect(try value(of: "\"\(text)\"").string == text)
    }
}

// What is refused.
extension JSONParserTests {
    struct Refused: CustomTestStringConvertible {
        let text: String
        let problem: String

        init(_ text: String, _ problem: String) {
            self.text = text
            self.problem = problem
        }

        var testDescription: String { text }
    }

    @Test(
        "an error of grammar is reported at the offending byte",
        arguments: [
            Refused("1️⃣", "expected a value, found the end of the file"),
            Refused(" \n 1️⃣", "expected a value, found the end of the file"),
            Refused("1️⃣nul", "expected a value, found 'nul'"),
            Refused("1️⃣True", "expected a value, found 'True'"),
            Refused("1️⃣NaN", "expected a value, found 'NaN'"),
            Refused("1️⃣+1", "expected a value, found '+'"),
            Refused("1️⃣.5", "expected a value, found '.'"),
            Refused("1️⃣'a'", "expected a value, found '''"),
            Refused("1️⃣/ comment", "expected a value, found '/'"),
            Refused("1️⃣nullx", "expected a value, found 'nullx'"),
            Refused("null 1️⃣x", "expected the end of the file after the value, found 'x'"),
            Refused("1 1️⃣2", "expected the end of the file after the value, found '2'"),
            Refused("{}1️⃣}", "expected the end of the file after the value, found '}'"),
            Refused("1️⃣01", "a number cannot begin with 0"),
            Refused("-1️⃣00", "a number cannot begin with 0"),
            Refused("-1️⃣", "expected a digit, found the end of the file"),
            Refused("1.1️⃣", "expected a digit, found the end of the file"),
            Refused("1.1️⃣e5", "expected a digit, found 'e'"),
            Refused("[1e1️⃣]", "expected a digit, found ']'"),
            Refused("[1,1️⃣]", "expected a value, found ']'"),
            Refused("[1 1️⃣2]", "expected ',' or ']' in the array, found '2'"),
            Refused("[1️⃣,1]", "expected a value, found ','"),
            Refused(#"{1️⃣a: 1}"#, "expected a key in quotation marks, found 'a'"),
            Refused(#"{"a" 1️⃣1}"#, "expected ':' after the key, found '1'"),
            Refused(#"{"a": 1 1️⃣"b": 2}"#, "expected ',' or '}' in the object, found '\"'"),
            Refused(#"{"a": 1,1️⃣}"#, "expected a key in quotation marks, found '}'"),
            Refused(#"{"a": 1️⃣}"#, "expected a value, found '}'"),
            Refused("[1️⃣é]", "expected a value, found a character outside ASCII"),
            Refused("[1️⃣\u{1}]", "expected a value, found a control character"),
            Refused("[1️⃣\u{A0}1]", "expected a value, found a character outside ASCII"),
        ]
    )
    func grammar(_ row: Refused) {
        expectProblems(in: row.text, ["1️⃣ \(row.problem)"])
    }

    @Test(
        "a mistake inside a string is reported where it begins",
        arguments: [
            Refused(#""abc1️⃣"#, "expected '\"' to close the string, found the end of the file"),
            Refused(#""a\nb1️⃣"#, "expected '\"' to close the string, found the end of the file"),
            Refused(#""a\1️⃣"#, "expected a character after '\\', found the end of the file"),
            Refused(#""a1️⃣\x""#, "unknown escape in a string"),
            Refused(#""a1️⃣\'""#, "unknown escape in a string"),
            Refused(#""\u001️⃣g0""#, "expected four hexadecimal digits after '\\u', found 'g'"),
            Refused(#""\u1️⃣""#, "expected four hexadecimal digits after '\\u', found '\"'"),
            Refused(#""a1️⃣\uD800""#, "half of a surrogate pair in a string"),
            Refused(#""a1️⃣\uDC00""#, "half of a surrogate pair in a string"),
            Refused(#""a1️⃣\uD800\n""#, "half of a surrogate pair in a string"),
            Refused(#""a1️⃣\uD800b""#, "half of a surrogate pair in a string"),
            Refused(#""a1️⃣\uD800\u0041""#, "half of a surrogate pair in a string"),
            Refused(
                "\"a1️⃣\nb\"",
                "a control character in a string must be written as an escape"
            ),
            Refused(
                "\"a1️⃣\tb\"",
                "a control character in a string must be written as an escape"
            ),
            Refused(
                "\"\\na1️⃣\u{1F}b\"",
                "a control character in a string must be written as an escape"
            ),
        ]
    )
    func strings(_ row: Refused) {
        expectProblems(in: row.text, ["1️⃣ \(row.problem)"])
    }

    struct BadBytes: CustomTestStringConvertible {
        let why: String
        let bytes: [UInt8]

        init(_ why: String, _ bytes: [UInt8]) {
            self.why = why
            self.bytes = bytes
        }

        var testDescription: String { why }
    }

    static let badBytes = [
        BadBytes("a continuation byte alone", [0x80]),
        BadBytes("the last continuation byte alone", [0xBF]),
        BadBytes("an overlong two-byte form", [0xC0, 0xAF]),
        BadBytes("an overlong form of U+007F", [0xC1, 0xBF]),
        BadBytes("an overlong three-byte form", [0xE0, 0x9F, 0xBF]),
        BadBytes("an overlong four-byte form", [0xF0, 0x8F, 0xBF, 0xBF]),
        BadBytes("a surrogate", [0xED, 0xA0, 0x80]),
        BadBytes("the last surrogate", [0xED, 0xBF, 0xBF]),
        BadBytes("beyond U+10FFFF", [0xF4, 0x90, 0x80, 0x80]),
        BadBytes("a lead byte of five", [0xF8, 0x88, 0x80, 0x80, 0x80]),
        BadBytes("F5", [0xF5, 0x80, 0x80, 0x80]),
        BadBytes("FE", [0xFE]),
        BadBytes("FF", [0xFF]),
        BadBytes("two bytes, the second wrong", [0xC3, 0x28]),
        BadBytes("two bytes, the second missing", [0xC3]),
        BadBytes("three bytes, the third missing", [0xE2, 0x82]),
        BadBytes("three bytes, the third wrong", [0xE2, 0x82, 0x28]),
        BadBytes("four bytes, the fourth missing", [0xF0, 0x9F, 0x98]),
        BadBytes("four bytes, the fourth wrong", [0xF0, 0x9F, 0x98, 0xC3]),
    ]

    @Test("bytes that are not UTF-8 are refused at the first of them", arguments: badBytes)
    func invalidUTF8(_ row: BadBytes) {
        let plain = JSONParser.parse([0x22, 0x61] + row.bytes + [0x22], file: 0)
        #expect(plain.value == nil)
        #expect(plain.diagnostics.map(\.message) == ["this byte is not valid UTF-8"])
        #expect(plain.diagnostics.map(\.span.start) == [2])

        let afterAnEscape = JSONParser.parse([0x22, 0x5C, 0x6E] + row.bytes + [0x22], file: 0)
        #expect(afterAnEscape.diagnostics.map(\.message) == ["this byte is not valid UTF-8"])
        #expect(afterAnEscape.diagnostics.map(\.span.start) == [3])
    }

    @Test("bytes that are not UTF-8 are refused outside of strings too", arguments: badBytes)
    func invalidUTF8BetweenValues(_ row: BadBytes) {
        let parsed = JSONParser.parse([0x5B] + row.bytes + [0x5D], file: 0)
        let message = "expected a value, found a byte that is not UTF-8"
        #expect(parsed.diagnostics.map(\.message) == [message])
        #expect(parsed.diagnostics.map(\.span.start) == [1])
    }

    @Test("a byte order mark is refused")
    func byteOrderMark() {
        let parsed = JSONParser.parse([0xEF, 0xBB, 0xBF, 0x7B, 0x7D], file: 0)
        #expect(parsed.diagnostics.map(\.message) == ["a byte order mark is not JSON"])
        #expect(parsed.diagnostics.map(\.span.start) == [0])
    }
}

// Depth, truncation, duplicates and spans.
extension JSONParserTests {
    @Test("nesting is taken up to the limit and refused one level deeper")
    func depthLimit() {
        let limit = JSONParser.depthLimit
        let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        #expect(JSONParser.parse(Array(deepest.utf8), file: 0).diagnostics.isEmpty)

        let deeper = "[" + deepest + "]"
        let parsed = JSONParser.parse(Array(deeper.utf8), file: 0)
        #expect(parsed.value == nil)
        #expect(parsed.diagnostics.map(\.message) == ["values are nested more than \(limit) deep"])
        #expect(parsed.diagnostics.map(\.span.start) == [UInt32(limit)])
    }

    @Test("the depth of siblings does not add up")
    func depthOfSiblings() {
        let limit = JSONParser.depthLimit
        let list = "[" + [String](repeating: #"{"a":[]}"#, count: limit * 2).joined(separator: ",")
        #expect(JSONParser.parse(Array((list + "]").utf8), file: 0).diagnostics.isEmpty)
    }

    @Test("a million opening brackets are refused, not a crash", arguments: ["[", "{\"a\":"])
    func depthOfHostileInput(_ opening: String) {
        let text = String(repeating: opening, count: 1_000_000)
        #expect(JSONParser.parse(Array(text.utf8), file: 0).diagnostics.count == 1)
    }

    @Test("a document cut at any byte gives one error, inside the file")
    func truncation() throws {
        let text = #"""
            {
              "null": null, "flags": [true, false],
              "numbers": [0, -1.50e+10, 12],
              "text": "plain é € 😀 \" \\ \u00e9 \uD83D\uDE00",
              "nested": {"": [[], {}, {"a": [{}]}]}
            }
            """#
        let bytes = Array(text.utf8)
        #expect(JSONParser.parse(bytes, file: 0).diagnostics.isEmpty)
        for count in bytes.indices {
            let start = Array(bytes[..<count])
            let parsed = JSONParser.parse(start, file: 0)
            #expect(parsed.value == nil, "cut at \(count)")
            let problem = try #require(parsed.diagnostics.first)
            #expect(parsed.diagnostics.count == 1, "cut at \(count)")
            #expect(problem.severity == .error)
            #expect(problem.span.start <= count, "cut at \(count)")
            #expect(problem.span.end <= count, "cut at \(count)")
            let source = SourceText(path: "cut.json", bytes: start)
            let position = source.position(at: Int(problem.span.start))
            #expect(position.line <= start.count { $0 == 10 } + 1, "cut at \(count)")
            #expect(position.column >= 1, "cut at \(count)")
        }
    }

    @Test("a key that stands twice is reported at the second one and reading goes on")
    func duplicateKeys() {
        expectProblems(
            in: #"{"a": {"b": 1, 1️⃣"b": 2}, 2️⃣"a": 3, 3️⃣"a": 4}"#,
            ["1️⃣ duplicate key 'b'", "2️⃣ duplicate key 'a'", "3️⃣ duplicate key 'a'"]
        )
    }

    @Test("a key written with escapes is the same key")
    func duplicateEscapedKeys() {
        expectProblems(
            in: #"{"Effect": 1, 1️⃣"\u0045ffect": 2}"#,
            ["1️⃣ duplicate key 'Effect'"]
        )
    }

    @Test("the report of a duplicate names the place of the first key")
    func duplicateNote() throws {
        let parsed = JSONParser.parse(Array(#"{"a": 1, "a": 2}"#.utf8), file: 7)
        let note = try #require(parsed.diagnostics.first?.notes.first)
        #expect(note.span == SourceSpan(file: 7, start: 1, end: 4))
        #expect(parsed.value?["a"].map { JSONOutput($0) } == .number("1"))
    }

    @Test("keys that differ in case or in one object and another are no duplicates")
    func noDuplicates() {
        expectProblems(in: #"[{"a": 1, "A": 2}, {"a": {"a": 1}}]"#, [])
    }

    @Test("RFC 8259, 8.3: keys are compared code point by code point, not by canonical form")
    func keysOfDifferentForm() {
        expectProblems(in: #"{"\u00e9": 1, "e\u0301": 2}"#, [])
    }

    @Test("spans cover keys with their quotation marks and values without space around")
    func spans() throws {
        let text = #"{ "né" : [ 1.5 , "x" ] }"#
        let bytes = Array(text.utf8)
        func slice(_ span: SourceSpan) -> String {
            String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
        }
        let parsed = try value(of: text)
        let member = try #require(parsed.members?.first)
        #expect(slice(parsed.span) == text)
        #expect(slice(member.keySpan) == #""né""#)
        #expect(slice(member.value.span) == #"[ 1.5 , "x" ]"#)
        #expect(member.value.elements?.map { slice($0.span) } == ["1.5", #""x""#])
        #expect(member.value.elements?.map(\.span.start) == [12, 18])
    }

    @Test("spans carry the number of their file")
    func fileNumbers() {
        let parsed = JSONParser.parse(Array("[1]".utf8), file: 3)
        #expect(parsed.value?.span.file == 3)
        #expect(parsed.value?.elements?.first?.span.file == 3)
    }
}
