import JSONSource
import Testing

@Suite("JSONValue merging")
struct MergingTests {
    struct Overlay: CustomTestStringConvertible {
        let base: String
        let overlay: String
        let merged: String

        init(_ base: String, _ overlay: String, _ merged: String) {
            self.base = base
            self.overlay = overlay
            self.merged = merged
        }

        var testDescription: String { "\(base) + \(overlay)" }
    }

    @Test(
        "formats 5: objects merge deeply, arrays and scalars are replaced, null removes",
        arguments: [
            Overlay("{}", "{}", "{}"),
            Overlay(#"{"a":1}"#, "{}", #"{"a":1}"#),
            Overlay("{}", #"{"a":1}"#, #"{"a":1}"#),
            Overlay(#"{"a":1,"b":2}"#, #"{"a":3}"#, #"{"a":3,"b":2}"#),
            Overlay(#"{"a":1}"#, #"{"b":2}"#, #"{"a":1,"b":2}"#),
            Overlay(
                #"{"a":{"x":1,"y":2}}"#,
                #"{"a":{"y":3,"z":4}}"#,
                #"{"a":{"x":1,"y":3,"z":4}}"#
            ),
            Overlay(
                #"{"a":{"b":{"c":1}}}"#,
                #"{"a":{"b":{"c":{"d":2}}}}"#,
                #"{"a":{"b":{"c":{"d":2}}}}"#
            ),
            Overlay(#"{"a":[1,2]}"#, #"{"a":[3]}"#, #"{"a":[3]}"#),
            Overlay(#"{"a":[{"x":1}]}"#, #"{"a":[{"y":2}]}"#, #"{"a":[{"y":2}]}"#),
            Overlay(#"{"a":{"x":1}}"#, #"{"a":5}"#, #"{"a":5}"#),
            Overlay(#"{"a":{"x":1}}"#, #"{"a":[]}"#, #"{"a":[]}"#),
            Overlay(#"{"a":1,"b":2}"#, #"{"a":null}"#, #"{"b":2}"#),
            Overlay(#"{"a":{"x":1,"y":2}}"#, #"{"a":{"x":null}}"#, #"{"a":{"y":2}}"#),
            Overlay(#"{"a":1}"#, #"{"b":null}"#, #"{"a":1}"#),
            Overlay(#"{"a":1}"#, "[1]", "[1]"),
        ]
    )
    func rules(_ row: Overlay) throws {
        let merged = try value(of: row.base).merging(try value(of: row.overlay))
        #expect(JSONOutput(merged).compact == row.merged)
    }

    @Test(
        "null removes also where the base has no object yet",
        arguments: [
            Overlay("{}", #"{"a":{"x":null}}"#, #"{"a":{}}"#),
            Overlay(#"{"a":1}"#, #"{"a":{"x":null,"y":2}}"#, #"{"a":{"y":2}}"#),
        ]
    )
    func nullInNewObject(_ row: Overlay) throws {
        let merged = try value(of: row.base).merging(try value(of: row.overlay))
        #expect(JSONOutput(merged).compact == row.merged)
    }

    @Test("a replaced value keeps the place of the overlay, an untouched one its own")
    func spans() {
        let base = JSONParser.parse(Array(#"{"a": 1, "b": 2}"#.utf8), file: 0).value
        let overlay = JSONParser.parse(Array(#"{"b": 3}"#.utf8), file: 1).value
        let merged = overlay.flatMap { base?.merging($0) }
        #expect(merged?["a"]?.span.file == 0)
        #expect(merged?["b"]?.span.file == 1)
    }
}
