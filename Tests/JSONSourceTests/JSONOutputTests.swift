import JSONSource
import Testing

@Suite("JSONOutput")
struct JSONOutputTests {
    struct Written: CustomTestStringConvertible {
        let value: JSONOutput
        let text: String

        init(_ value: JSONOutput, _ text: String) {
            self.value = value
            self.text = text
        }

        var testDescription: String { text }
    }

    @Test(
        "compact text has no spaces and keeps the order of members",
        arguments: [
            Written(.null, "null"),
            Written(.bool(true), "true"),
            Written(.bool(false), "false"),
            Written(.integer(-12), "-12"),
            Written(.number("1.50"), "1.50"),
            Written(.array([]), "[]"),
            Written(.object([]), "{}"),
            Written(.array([.integer(1), .null]), "[1,null]"),
            Written(
                .object([.init("b", .integer(1)), .init("a", .integer(2))]),
                #"{"b":1,"a":2}"#
            ),
            Written(.string("a\"b\\c/d"), #""a\"b\\c/d""#),
            Written(.string("\n\r\t"), #""\n\r\t""#),
            Written(.string("\u{0}\u{8}\u{C}\u{1F}"), #""\u0000\u0008\u000c\u001f""#),
            Written(.string("é € 😀 \u{A0}"), "\"é € 😀 \u{A0}\""),
            Written(.string("\u{7F}\u{80}\u{9B}\u{9F}"), #""\u007f\u0080\u009b\u009f""#),
            Written(.optional(nil), "null"),
            Written(.optional("x"), #""x""#),
            Written(.strings(["a", "b"]), #"["a","b"]"#),
            Written(.fields(["a": .null, "b": nil, "c": .integer(1)]), #"{"a":null,"c":1}"#),
        ]
    )
    func compact(_ row: Written) {
        #expect(row.value.compact == row.text)
    }

    @Test("pretty text is indented by two spaces and ends in a line break")
    func pretty() {
        let value = JSONOutput.object([
            .init("list", .array([.integer(1), .object([.init("a", .null)])])),
            .init("empty", .array([])),
            .init("none", .object([])),
        ])
        #expect(
            value.pretty == """
                {
                  "list": [
                    1,
                    {
                      "a": null
                    }
                  ],
                  "empty": [],
                  "none": {}
                }

                """
        )
    }

    @Test("what is written reads back as the same value", arguments: 1...50)
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let original = JSONOutput.random(depth: 4, using: &generator)
        for text in [original.compact, original.pretty] {
            let parsed = JSONParser.parse(Array(text.utf8), file: 0)
            // Random keys may stand twice; that is reported and keeps the value.
            #expect(parsed.diagnostics.allSatisfy { $0.code == "json.duplicate-key" })
            #expect(JSONOutput(try #require(parsed.value)) == original)
        }
    }

    @Test("the same value gives the same bytes", arguments: 1...10)
    func deterministic(_ seed: UInt64) {
        var first = SeededGenerator(state: seed)
        var second = SeededGenerator(state: seed)
        let one = JSONOutput.random(depth: 4, using: &first).pretty
        let two = JSONOutput.random(depth: 4, using: &second).pretty
        #expect(Array(one.utf8) == Array(two.utf8))
    }
}

/// The same numbers for the same seed, on every machine (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension JSONOutput {
    fileprivate static func random(
        depth: Int,
        using generator: inout SeededGenerator
    ) -> JSONOutput {
        let count = Int.random(in: 0...4, using: &generator)
        switch Int.random(in: 0...(depth > 0 ? 5 : 3), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(["0", "-1.50", "2e10", "123456789012345678"][min(count, 3)])
        case 3: return .string(text(using: &generator))
        case 4: return .array((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            return .object(
                (0..<count).map { _ in
                    let key = text(using: &generator)
                    return Member(key, random(depth: depth - 1, using: &generator))
                }
            )
        }
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{2028}",
            "\u{FFFF}",
            "\u{1F600}", "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
        }
        return String(text)
    }
}
