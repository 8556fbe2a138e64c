import JSONSource
import Parallelism
import Testing

/// What several threads read of a text is, node by node and bit by bit, what one reads.
@Suite struct JSONJoinerTests {
    private static let limit = 1_000_000

    /// The nodes that one scanner makes; nil where it gives up.
    private func alone(_ bytes: [UInt8], valueLimit: Int = limit) -> [UInt8]? {
        var scanner = JSONScanner()
        guard scanner.scan(bytes.span.bytes, valueLimit: valueLimit) else { return nil }
        return Array(UnsafeRawBufferPointer(scanner.result))
    }

    private func together(
        _ bytes: [UInt8],
        by threads: Int,
        valueLimit: Int = limit
    ) -> [UInt8]? {
        let nodes = JSONJoiner.nodes(
            of: bytes,
            valueLimit: valueLimit,
            by: Workers(threads),
            partSize: 1
        )
        guard let nodes else { return nil }
        defer { nodes.deallocate() }
        return Array(UnsafeRawBufferPointer(nodes))
    }

    /// Several random documents in one, so that there are places where a part may begin.
    private func document(_ json: inout RandomJSON, _ seed: UInt64) -> [UInt8] {
        var text = Array(seed % 2 == 0 ? "{\"first\": [{".utf8 : "[[{".utf8)
        for number in 0..<6 {
            if number > 0 { text += ", ".utf8 }
            text += "\"k\(number)\": {\"d\": ".utf8 + json.document() + "}".utf8
        }
        return text + (seed % 2 == 0 ? "}], \"z\": {}, \"y\": 1}" : "}, 1], {}, {\"$a\": 1}]").utf8
    }

    @Test("on random documents, sound and with bytes changed")
    func randomDocuments() {
        var joined = 0
        for seed in 0..<1_500 as Range<UInt64> {
            var json = RandomJSON(seed: seed)
            let text = document(&json, seed)
            let whole = alone(text)
            for threads in [2, 3, 7] {
                let nodes = together(text, by: threads)
                if nodes != nil { joined += 1 }
                #expect(nodes == nil || nodes == whole, "\(String(decoding: text, as: UTF8.self))")
            }
            // Mistakes in all places, one at a time.
            for place in stride(from: Int(seed % 7), to: text.count, by: 7) {
                var mutated = text
                mutated[place] = Array("\"{}[],:\\1 ".utf8)[place % 10]
                guard let nodes = together(mutated, by: 2) else { continue }
                #expect(nodes == alone(mutated), "\(String(decoding: mutated, as: UTF8.self))")
            }
        }
        // Most of them are read in parts.
        #expect(joined > 3_000, "\(joined)")
    }

    @Test("a part may begin at any member behind an object, and end all that is around it")
    func everyPlace() throws {
        let core = #"{"a": {"b": 1}, "c": {}, "d": [[{"e": {}, "$f": "}, \"x"}]], "g": null}"#
        for depth in 0...5 {
            var text = core
            for level in 0..<depth {
                text = level % 2 == 0 ? "[0, \(text), \"s\"]" : #"{"h": {}, "i": \#(text), "j": 1}"#
            }
            for padding in stride(from: 0, through: 120, by: 3) {
                // More bytes in front move the middle, and so the place of the second part.
                let blanks = String(repeating: " ", count: padding)
                for bytes in [Array((blanks + text).utf8), Array((text + blanks).utf8)] {
                    let whole = try #require(alone(bytes))
                    for threads in 2...6 {
                        let nodes = together(bytes, by: threads)
                        #expect(nodes == nil || nodes == whole)
                    }
                }
            }
        }
    }

    @Test("a key that stands twice is found in whichever parts it stands")
    func duplicates() {
        for count in [3, 9, 40, 500] {
            for twin in [0, count / 2, count - 1] {
                let names = (0..<count).map { #""key\#($0)":{"a":{}}"# }
                let sound = Array("{\(names.joined(separator: ","))}".utf8)
                let twice = names + [#""key\#(twin)":{}"#]
                for threads in [2, 4] {
                    let nodes = together(sound, by: threads)
                    #expect(nodes != nil && nodes == alone(sound))
                    let bytes = Array("{\(twice.joined(separator: ","))}".utf8)
                    #expect(together(bytes, by: threads) == nil)
                }
            }
        }
    }

    @Test("the limits of values and depth are those of the whole text")
    func limits() {
        let values = Array(#"{"a":{"b":1},"c":{"d":2},"e":{"f":[3,4]},"g":{}}"#.utf8)
        var read = 0
        for limit in 1...14 {
            let nodes = together(values, by: 2, valueLimit: limit)
            #expect(nodes == nil || nodes == alone(values, valueLimit: limit))
            if nodes != nil { read += 1 }
        }
        #expect(read == 5)
        for depth in 120...130 {
            let inner =
                String(repeating: "[", count: 20) + "{\"a\":{},\"b\":{},\"c\":[]}"
                + String(repeating: "]", count: 20)
            let text =
                String(repeating: "{\"k\":{},\"l\":", count: depth - 22) + inner
                + String(repeating: "}", count: depth - 22)
            let bytes = Array(text.utf8)
            for threads in 2...8 {
                let nodes = together(bytes, by: threads)
                #expect(nodes == nil || nodes == alone(bytes))
            }
            #expect((alone(bytes) != nil) == (depth <= JSONParser.depthLimit))
        }
    }

    @Test("a reference is followed wherever it stands in a long file")
    func references() throws {
        let filler = String(repeating: "x", count: 400)
        let members = (0..<12_000).map { #""m\#($0)": {"text": "\#(filler)", "list": [{}, 1]}"# }
        let text = """
            {"known": {"of": 7}, "around": [{\(members.joined(separator: ",\n")),
             "last": {"$ref": "#/known"}}]}
            """
        let bytes = Array(text.utf8)
        func load(by workers: Workers) throws -> JSONValue {
            var loader = DocumentLoader(
                reader: FileReader { _ in .success(bytes) },
                sources: SourceMap()
            )
            loader.workers = workers
            let value = loader.load("x.json", namedAt: nil)
            return try #require(value)
        }
        let alone = try load(by: .one)
        for threads in [2, 5] {
            let value = try load(by: Workers(threads))
            let last = value["around"]?.element(0)?["last"]
            #expect(last?["of"]?.kind == .number)
            #expect(last?.span == alone["around"]?.element(0)?["last"]?.span)
            #expect(value.count == alone.count && value.span == alone.span)
        }
    }
}
