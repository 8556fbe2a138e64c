import JSONSource
import Testing

/// What is written byte by byte reads as what is written as a tree.
@Suite("JSONWriter") struct JSONWriterTests {
    private func write(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name")
            writer.string("a \"b\" \u{9B} é")
            writer.field("numbers")
            writer.array { writer in
                for number in [0, 9, 10, -1, .min, .max] {
                    writer.element()
                    writer.integer(number)
                }
            }
            writer.field("empty")
            writer.array { _ in }
            writer.field("none")
            writer.object { _ in }
            writer.field("words")
            writer.strings(["x", ""])
            writer.field("absent")
            writer.optional(nil)
            writer.field("present")
            writer.optional("y")
            writer.field("value")
            writer.value(.object([.init("k\n", .array([.bool(true), .number("1.50")]))]))
        }
    }

    private static let tree = JSONOutput.fields([
        "name": .string("a \"b\" \u{9B} é"),
        "numbers": .array([0, 9, 10, -1, .min, .max].map { .integer($0) }),
        "empty": .array([]),
        "none": .object([]),
        "words": .strings(["x", ""]),
        "absent": .null,
        "present": .string("y"),
        "value": .object([.init("k\n", .array([.bool(true), .number("1.50")]))]),
    ])

    @Test("fields and elements come out as those of a tree")
    func compact() {
        var writer = JSONWriter()
        write(&writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text == Self.tree.compact)
        #expect(text.hasPrefix(#"{"name":"a \"b\" \u009b é","numbers":[0,9,10,-1,"#))
        #expect(text.hasSuffix(#""absent":null,"present":"y","value":{"k\n":[true,1.50]}}"#))
    }

    @Test("and are indented as those of a tree", arguments: [0, 3])
    func indented(_ depth: Int) {
        var writer = JSONWriter(indent: 2, depth: depth)
        write(&writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == Self.tree.pretty(depth: depth))
    }

    @Test("several values stand in lines")
    func lines() {
        var writer = JSONWriter()
        for number in 1...3 {
            writer.array { writer in
                writer.element()
                writer.integer(number)
            }
            writer.endLine()
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[1]\n[2]\n[3]\n")
    }
}
