import JSONSource
import Testing

/// Reads an object and compares what is said about it with `1️⃣ message`.
private func expectProblems(
    in text: String,
    _ expected: [String],
    reading body: (ObjectReader, inout [Diagnostic]) -> Void
) throws {
    let marked = MarkedText(text)
    let value = try #require(JSONParser.parse(marked.bytes, file: 0).value)
    var diagnostics: [Diagnostic] = []
    let reader = try #require(ObjectReader(value, "the thing", &diagnostics))
    body(reader, &diagnostics)
    #expect(diagnostics.map(marked.describe) == expected)
}

@Suite("ObjectReader")
struct ObjectReaderTests {
    @Test("an unknown field is reported at its key, with the nearest known one")
    func unknownFields() throws {
        try expectProblems(
            in: #"{"name": 1, 1️⃣"nmae": 2, 2️⃣"zzzzzzzz": 3}"#,
            [
                "1️⃣ unknown field 'nmae' in the thing, did you mean 'name'?",
                "2️⃣ unknown field 'zzzzzzzz' in the thing",
            ]
        ) { reader, diagnostics in reader.allow(["name", "path"], &diagnostics) }
    }

    @Test("a missing field is reported at the object")
    func missingField() throws {
        try expectProblems(in: #"1️⃣{"a": 1}"#, ["1️⃣ the thing needs the field 'id'"]) {
            reader,
            diagnostics in
            #expect(reader.required("id", &diagnostics) == nil)
            #expect(reader.required("a", &diagnostics) != nil)
        }
    }

    @Test("a value of the wrong type is reported at the value and reads as absent")
    func wrongTypes() throws {
        try expectProblems(
            in: #"{"s": 1️⃣1, "b": 2️⃣"true", "i": 3️⃣1.5, "l": 4️⃣"x", "o": 5️⃣[]}"#,
            [
                "1️⃣ 's' must be a string, not a number",
                "2️⃣ 'b' must be true or false, not a string",
                "3️⃣ 'i' must be a whole number, not 1.5",
                "4️⃣ 'l' must be a list of strings, not a string",
                "5️⃣ 'o' must be an object, not an array",
            ]
        ) { reader, diagnostics in
            #expect(reader.string("s", &diagnostics) == nil)
            #expect(reader.bool("b", &diagnostics) == nil)
            #expect(reader.integer("i", &diagnostics) == nil)
            #expect(reader.strings("l", &diagnostics) == nil)
            #expect(reader.entries("o", &diagnostics).isEmpty)
        }
    }

    @Test("a wrong element of a list is reported and the others are read")
    func wrongElements() throws {
        try expectProblems(
            in: #"{"l": ["a", 1️⃣null, "b", 2️⃣{}]}"#,
            [
                "1️⃣ an element of 'l' must be a string, not null",
                "2️⃣ an element of 'l' must be a string, not an object",
            ]
        ) { reader, diagnostics in
            #expect(reader.strings("l", &diagnostics)?.map(\.text) == ["a", "b"])
        }
    }

    @Test("fields of the right type are read, null and absent ones are nil without a word")
    func soundFields() throws {
        let text = #"{"s": "x", "b": false, "i": -3, "l": ["a"], "o": {"k": 1}, "n": null}"#
        try expectProblems(in: text, []) { reader, diagnostics in
            #expect(reader.string("s", &diagnostics) == "x")
            #expect(reader.bool("b", &diagnostics) == false)
            #expect(reader.integer("i", &diagnostics) == -3)
            #expect(reader.strings("l", &diagnostics)?.map(\.text) == ["a"])
            #expect(reader.entries("o", &diagnostics).map(\.key) == ["k"])
            for field in ["n", "absent"] {
                #expect(reader.string(field, &diagnostics) == nil)
                #expect(reader.bool(field, &diagnostics) == nil)
                #expect(reader.integer(field, &diagnostics) == nil)
                #expect(reader.strings(field, &diagnostics) == nil)
                #expect(reader.entries(field, &diagnostics).isEmpty)
            }
        }
    }

    @Test("what is no object is refused by its name")
    func noObject() {
        var diagnostics: [Diagnostic] = []
        let value = JSONValue(.array([]), at: .nowhere)
        #expect(ObjectReader(value, "the thing", &diagnostics) == nil)
        #expect(diagnostics.map(\.message) == ["the thing must be an object, not an array"])
    }
}
