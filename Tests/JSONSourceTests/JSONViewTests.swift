import JSONSource
import Testing

/// Looking at values without making arrays and strings says the same as making them.
@Suite("JSONValue as a view")
struct JSONViewTests {
    /// A value on its tape, and the same one built.
    private func both(_ text: String) throws -> [JSONValue] {
        let careful = JSONParser.parseCarefully(Array(text.utf8), file: 0)
        return [try value(of: text), try #require(careful.value)]
    }

    @Test("members are found by name, the first one where a key stands twice")
    func lookup() throws {
        for value in try both(#"{"Action": 1, "\u0041ct": 2, "é": 3, "Effect": "Allow", "K": 4}"#) {
            #expect(value["Action"]?.string == nil)
            #expect(value.value(of: "Action")?.kind == .number)
            #expect(value["Act"].map { JSONOutput($0) } == .number("2"))
            #expect(value.value(of: "Act").map { JSONOutput($0) } == .number("2"))
            // As Swift compares strings.
            #expect(value["e\u{301}"].map { JSONOutput($0) } == .number("3"))
            #expect(value.value(of: "e\u{301}").map { JSONOutput($0) } == .number("3"))
            #expect(value["\u{212A}"].map { JSONOutput($0) } == .number("4"))
            #expect(value["Actio"] == nil)
            #expect(value["Action "] == nil)
            #expect(value.value(of: "") == nil)
            #expect(value.value(of: "Effect")?.isString("Allow") == true)
            #expect(value.value(of: "Effect")?.isString("Deny") == false)
            #expect(value["Action"]?["Action"] == nil)
        }
        let twice = JSONParser.parse(Array(#"{"a": 1, "a": 2}"#.utf8), file: 0).value
        #expect(twice?["a"].map { JSONOutput($0) } == .number("1"))
    }

    @Test("several members are found in one pass, in the order of their names")
    func lookups() throws {
        for value in try both(#"{"a": 1, "b": [2], "c": {"a": 3}}"#) {
            let found = value.values(of: ["c", "x", "a"])
            #expect(found[0]?.isObject == true)
            #expect(found[1] == nil)
            #expect(found[2].map { JSONOutput($0) } == .number("1"))
        }
    }

    @Test("members and elements come one by one as in the arrays of them")
    func iteration() throws {
        for value in try both(#"{"a": [1, [2, 3], {}], "b": {"c": null}, "d": "x\n"}"#) {
            #expect(Array(value.eachMember).map(\.key) == ["a", "b", "d"])
            #expect(value.eachMember.map(\.keySpan) == value.members?.map(\.keySpan))
            #expect(value.eachMember.count == 3)
            #expect(!value.eachMember.isEmpty)
            #expect(value.children.count == 3)
            let list = try #require(value["a"])
            #expect(list.children.map { JSONOutput($0) } == list.elements?.map { JSONOutput($0) })
            #expect(list.eachMember.isEmpty && list.eachMember.count == 0)
            #expect(list.element(1)?.count == 3 && list.element(2)?.isObject == true)
            #expect(list.element(3) == nil && list.element(-1) == nil && value.element(0) == nil)
            #expect(try #require(list.elements).last?.children.isEmpty == true)
            #expect(value["d"]?.children.isEmpty == true)
            #expect(value.count == 10)
        }
    }

    @Test("values that are written the same are equal as written, whatever else is around them")
    func written() throws {
        let text = #"[{"a": [1, "é"]}, {"a": [1, "é"]}, {"a":[1, "é"]}, "0123456789abcdef0"]"#
        let list = try #require(try value(of: text).elements).map(\.writtenText)
        #expect(list[0] == list[1])
        #expect(list[0]?.hashValue == list[1]?.hashValue)
        #expect(list[0] != list[2])
        let other = try value(of: #"{"x": "0123456789abcdef0"}"#)["x"]
        #expect(other?.writtenText == list[3])
        #expect(Set(list.compactMap { $0 }).count == 3)
        #expect(list[3]?.count == 19)
        let built = JSONValue(.string("x"), at: .nowhere)
        #expect(built.writtenText == nil)
    }
}
