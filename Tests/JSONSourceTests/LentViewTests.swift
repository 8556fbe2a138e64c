import JSONSource
import Testing

/// A lent view shows what the value shows, and nothing where somebody has to look with care.
@Suite struct LentViewTests {
    private static let names: [JSONName] = ["a", "list", "ob"]

    private func fields(_ text: String) throws -> [String?]? {
        let value = try value(of: text)
        let fields = value.lentView?.fields(named: Self.names)
        return withExtendedLifetime(value) {
            fields.map { fields in
                (0..<3).map { place in
                    fields[place].map { String(decoding: $0.written, as: UTF8.self) }
                }
            }
        }
    }

    @Test("members are found by their places among the names, in any order")
    func findsFields() throws {
        #expect(
            try fields(#"{"list": [1, {"a": 2}], "a": "x"}"#) == ["\"x\"", "[1, {\"a\": 2}]", nil]
        )
        #expect(try fields("{}") == [nil, nil, nil])
        #expect(try fields(#"{"ob" : null}"#) == [nil, nil, "null"])
    }

    @Test(
        "an object with any other key is left to somebody else",
        arguments: [
            #"{"b": 1}"#, #"{"a": 1, "lis": 2}"#, #"{"": 1}"#, #"{"\u0061": 1}"#, #"{"å": 1}"#,
            "[1]", #""a""#, "1",
        ]
    )
    func leavesOthers(text: String) throws {
        #expect(try fields(text) == nil)
    }

    @Test("children, keys and strings are those of the value")
    func showsTheValue() throws {
        let object = try value(
            of: #"{"k": "plain", "e\n": "esc\"aped", "l": [1, "é", {}], "n": 1.5}"#
        )
        let view = try #require(object.lentView)
        let children = Array(view.children)
        #expect(
            children.map { $0.plainKey.map { String(decoding: $0, as: UTF8.self) } }
                == ["k", nil, "l", "n"]
        )
        #expect(
            children.map { $0.plainText.map { String(decoding: $0, as: UTF8.self) } }
                == ["plain", nil, nil, nil]
        )
        #expect(children.map(\.span) == object.children.map(\.span))
        #expect(
            children.map { JSONOutput($0.value) } == object.children.map { JSONOutput($0) }
        )
        #expect(view.childCount == 4)
        #expect(children[2].childCount == 3 && !children[2].children.isEmpty)
        #expect(children[0].childCount == 0 && children[0].children.isEmpty)
        #expect(children.map(\.member.key) == ["k", "e\n", "l", "n"])
        #expect(children[0].isWritten(as: children[0]) && !children[0].isWritten(as: children[3]))
        withExtendedLifetime(object) {}
    }

    @Test("a value that is built, or stands in a string, lends nothing")
    func lendsNothing() throws {
        let built = JSONParser.parseCarefully(Array(#"{"a": 1}"#.utf8), file: 0).value
        #expect(built != nil && built?.lentView == nil)
        let sources = SourceMap()
        let bytes = Array(#"{"a": "{\"b\": 1}"}"#.utf8)
        let file = sources.add(SourceText(path: "x.json", bytes: bytes))
        let outer = try #require(JSONParser.parse(bytes, file: file).value)
        let inner = JSONValue.embedded(in: try #require(outer["a"]), sources: sources).value
        #expect(inner?["b"]?.kind == .number)
        #expect(inner?.lentView == nil)
    }

    @Test("a value held apart is the same value, and lives on its own")
    func isHeldApart() throws {
        var apart: JSONValue?
        do {
            let object = try value(of: #"{"a": [1, "x"]}"#)
            apart = object["a"]?.heldApart
            #expect(apart?.isSame(as: try #require(object["a"])) == true)
            #expect(apart?.isSame(as: object) == false)
        }
        #expect(apart?.element(1)?.string == "x")
        #expect(apart?.heldApart.element(0)?.kind == .number)
    }
}

/// A text is found for the same bytes, read the same way, and for no others.
@Suite struct WrittenPlacesTests {
    @Test("texts are told apart by every byte and by the way they are read")
    func tellsApart() throws {
        let list = try value(
            of: "[" + (0..<500).map { "\"text \($0)\"" }.joined(separator: ",") + "]"
        )
        var places = WrittenPlaces()
        var numbers: [Int] = []
        for (number, element) in list.children.enumerated() {
            let text = try #require(element.writtenText)
            #expect(places.find(text) < 0)
            numbers.append(places.count)
            places.add(text)
            if number % 3 == 0 { places.add(text, way: 1) }
        }
        // Asked in another text, forth and back.
        let other = try value(
            of: "[\"x\"," + (0..<501).map { "\"text \($0)\"" }.joined(separator: ",") + "]"
        )
        let texts = try #require(other.elements).dropFirst().map(\.writtenText)
        for number in Array(0..<500) + (0..<500).reversed() {
            let text = try #require(texts[number])
            #expect(places.find(text) == numbers[number])
            #expect(places.find(text, way: 1) == (number % 3 == 0 ? numbers[number] + 1 : -1))
            #expect(places.find(text, way: 2) < 0)
        }
        #expect(places.find(try #require(texts[500])) < 0)
        #expect(places.count == 667)
    }
}

extension JSONValue {
    /// What is written where the value stands; nil where that is not all of it.
    var writtenText: WrittenJSON? {
        let view = lentView
        return withExtendedLifetime(self) {
            view.map { $0.writtenText(hash: ByteHash.of($0.written)) }
        }
    }
}
