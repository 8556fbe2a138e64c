import JSONSource
import Testing

/// What is said of a text with several mistakes, and what is understood in spite of them.
@Suite("JSONParser goes on after a mistake")
struct JSONRecoveryTests {
    struct Mended: CustomTestStringConvertible {
        let text: String
        let value: String
        let problems: [String]

        init(_ text: String, _ value: String, _ problems: String...) {
            self.text = text
            self.value = value
            self.problems = problems
        }

        var testDescription: String { text }
    }

    @Test(
        "where it is plain what was meant, the value is whole",
        arguments: [
            Mended(
                #"{"a": [1, 2,1️⃣], "b": 3,2️⃣}"#,
                #"{"a":[1,2],"b":3}"#,
                "1️⃣ expected a value, found ']'",
                "2️⃣ expected a key in quotation marks, found '}'"
            ),
            Mended(
                "1️⃣// one\n{2️⃣/* two\n */ \"a\": 3️⃣# three\n 1}4️⃣// four",
                #"{"a":1}"#,
                "1️⃣ found '//': JSON has no comments",
                "2️⃣ found '/*': JSON has no comments",
                "3️⃣ found '#': JSON has no comments",
                "4️⃣ found '//': JSON has no comments"
            ),
            Mended(
                #"{1️⃣'a': 2️⃣'b', 3️⃣c: 1}"#,
                #"{"a":"b","c":1}"#,
                "1️⃣ expected a key in quotation marks, found '''",
                "2️⃣ expected a value, found '''",
                "3️⃣ expected a key in quotation marks, found 'c'"
            ),
            Mended(
                #"{"a": [1 1️⃣2] 2️⃣"b": 3}"#,
                #"{"a":[1,2],"b":3}"#,
                "1️⃣ expected ',' or ']' in the array, found '2'",
                "2️⃣ expected ',' or '}' in the object, found '\"'"
            ),
            Mended(
                #"{"a" 1️⃣1, "b" 2️⃣= 2}"#,
                #"{"a":1,"b":2}"#,
                "1️⃣ expected ':' after the key, found '1'",
                "2️⃣ expected ':' after the key, found '='"
            ),
            Mended(
                "[1️⃣True, 2️⃣FALSE]",
                "[true,false]",
                "1️⃣ expected a value, found 'True'",
                "2️⃣ expected a value, found 'FALSE'"
            ),
            Mended(
                "[1️⃣007, -2️⃣01.50, 3️⃣000]",
                "[7,-1.50,0]",
                "1️⃣ a number cannot begin with 0",
                "2️⃣ a number cannot begin with 0",
                "3️⃣ a number cannot begin with 0"
            ),
            Mended(
                #"{"a": 1️⃣allowed, "b": [2️⃣x]}"#,
                #"{"a":"allowed","b":["x"]}"#,
                "1️⃣ expected a value, found 'allowed'",
                "2️⃣ expected a value, found 'x'"
            ),
            Mended(
                "[\"a1️⃣\tb\"]",
                #"["a\tb"]"#,
                "1️⃣ a control character in a string must be written as an escape"
            ),
        ]
    )
    func mended(_ row: Mended) throws {
        let marked = MarkedText(row.text)
        let parsed = JSONParser.parse(marked.bytes, file: 0)
        #expect(parsed.diagnostics.map(marked.describe) == row.problems)
        let value = try #require(parsed.value)
        #expect(JSONOutput(value).compact == row.value)
    }

    struct Lost: CustomTestStringConvertible {
        let text: String
        let problems: [String]

        init(_ text: String, _ problems: String...) {
            self.text = text
            self.problems = problems
        }

        var testDescription: String { text }
    }

    @Test(
        "where something is lost, the next mistake is found and nothing is made up",
        arguments: [
            Lost(
                #"{"a": 1️⃣NaN, "b": 2️⃣Allow, "c": [3️⃣.5]}"#,
                "1️⃣ expected a value, found 'NaN'",
                "2️⃣ expected a value, found 'Allow'",
                "3️⃣ expected a value, found '.'"
            ),
            Lost(
                #"[1️⃣,1,2️⃣,3️⃣*]"#,
                "1️⃣ expected a value, found ','",
                "2️⃣ expected a value, found ','",
                "3️⃣ expected a value, found '*'"
            ),
            Lost(
                "{\n  \"a\": \"x1️⃣\n  \"b\": 1,\n  \"c\": 2️⃣nope\n  3️⃣\"d\": [1 4️⃣2]\n}",
                "1️⃣ a control character in a string must be written as an escape",
                "2️⃣ expected a value, found 'nope'",
                "3️⃣ expected ',' or '}' in the object, found '\"'",
                "4️⃣ expected ',' or ']' in the array, found '2'"
            ),
            Lost(
                "{\n  \"a\": \"it is \"1️⃣here\", or there\",\n  \"b\": -2️⃣\n}",
                "1️⃣ expected ',' or '}' in the object, found 'here'",
                "2️⃣ expected a digit, found a control character"
            ),
            Lost(
                #"{"a": [1, 2 1️⃣}, "b": 1}"#,
                "1️⃣ expected ',' or ']' in the array, found '}'"
            ),
            Lost(
                #"{"a": {"b": 11️⃣]}, "c": 2️⃣x}"#,
                "1️⃣ expected ',' or '}' in the object, found ']'",
                "2️⃣ expected a value, found 'x'"
            ),
            Lost(
                #"["a1️⃣\uD8002️⃣\uD800", "3️⃣\x", "\u004️⃣zz", "5️⃣\uDC00\u0041"]"#,
                "1️⃣ half of a surrogate pair in a string",
                "2️⃣ half of a surrogate pair in a string",
                "3️⃣ unknown escape in a string",
                "4️⃣ expected four hexadecimal digits after '\\u', found 'zz'",
                "5️⃣ half of a surrogate pair in a string"
            ),
            Lost(
                "{\"steps\": [{\"a\": 1},\n{\"b\": \"x},1️⃣\n{\"c\": 2️⃣tru},\n{\"d\": -3️⃣}]}",
                "1️⃣ a control character in a string must be written as an escape",
                "2️⃣ expected a value, found 'tru'",
                "3️⃣ expected a digit, found '}'"
            ),
            Lost("[1️⃣None]", "1️⃣ expected a value, found 'None'"),
            Lost(
                #"{"a": [{"b": 1}1️⃣}, {"b": 2}2️⃣}, {"b": 3}]}"#,
                "1️⃣ expected ',' or ']' in the array, found '}'",
                "2️⃣ expected ',' or ']' in the array, found '}'"
            ),
            Lost(
                "[{\"a\": 1, 1️⃣{\"a\": 2}, {\"a\": 3}, {\"a\": -2️⃣}]",
                "1️⃣ expected a key in quotation marks, found '{'",
                "2️⃣ expected a digit, found '}'"
            ),
            Lost(
                "{\"a\": [1, 2 1️⃣},\n\"b\": 2️⃣tru}",
                "1️⃣ expected ',' or ']' in the array, found '}'",
                "2️⃣ expected a value, found 'tru'"
            ),
            Lost(
                #"[1️⃣nope, [2️⃣nope"#,
                "1️⃣ expected a value, found 'nope'",
                "2️⃣ expected a value, found 'nope'"
            ),
        ]
    )
    func lost(_ row: Lost) {
        let marked = MarkedText(row.text)
        let parsed = JSONParser.parse(marked.bytes, file: 0)
        #expect(parsed.diagnostics.map(marked.describe) == row.problems)
        #expect(parsed.value == nil)
    }

    @Test("where the text ends too early, the note says what had begun")
    func unclosed() throws {
        for (text, note, start) in [
            (#"{"a": [1, 2"#, "the array begins here", 6 as UInt32),
            (#"{"a": 1"#, "the object begins here", 0),
            (#"{"a": "text"#, "the string begins here", 6),
        ] {
            let parsed = JSONParser.parse(Array(text.utf8), file: 0)
            let found = try #require(parsed.diagnostics.first?.notes.first)
            #expect(found.message == note)
            #expect(found.span.start == start)
        }
    }

    @Test("after a thousand mistakes the rest is not read, which is said")
    func tooMany() throws {
        let limit = JSONParser.mistakeLimit
        let text = "[" + String(repeating: "nope,", count: limit * 2) + "1]"
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        #expect(parsed.diagnostics.count == limit + 1)
        #expect(parsed.diagnostics.last?.code == "json.too-many-mistakes")
        #expect(parsed.value == nil)
    }
}
