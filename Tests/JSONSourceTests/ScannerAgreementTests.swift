import JSONSource
import Testing

/// The quick reader takes nothing that the careful one would not take in the same way.
@Suite("JSONScanner and JSONParser agree")
struct ScannerAgreementTests {
    /// A value with all its places.
    private func layout(_ value: JSONValue) -> String {
        func place(_ span: SourceSpan) -> String { "@\(span.file):\(span.start)-\(span.end)" }
        let content =
            switch value.content {
            case .null: "null"
            case .bool(let flag): "\(flag)"
            case .number(let text): "number \(text)"
            case .string(let text): "string \(Array(text.utf8))"
            case .array(let elements): "[" + elements.map(layout).joined(separator: ",") + "]"
            case .object(let members):
                "{"
                    + members.map {
                        "\(Array($0.key.utf8))\(place($0.keySpan)):\(layout($0.value))"
                    }.joined(separator: ",") + "}"
            }
        return content + place(value.span)
    }

    private func scans(_ bytes: [UInt8]) -> Bool {
        var scanner = JSONScanner()
        return scanner.scan(bytes.span.bytes)
    }

    /// Compares both readers; what they read, where it is sound.
    @discardableResult
    private func compare(_ bytes: [UInt8], valueLimit: Int = 1_000_000) -> JSONValue? {
        let quick = JSONParser.parse(bytes, file: 3, valueLimit: valueLimit)
        let careful = JSONParser.parseCarefully(bytes, file: 3, valueLimit: valueLimit)
        let text = String(decoding: bytes.prefix(2_000), as: UTF8.self)
        #expect(quick.diagnostics == careful.diagnostics, "\(text)")
        #expect(quick.count == careful.count, "\(text)")
        #expect(quick.value.map(layout) == careful.value.map(layout), "\(text)")
        #expect(quick.value?.count == careful.value?.count, "\(text)")
        return careful.diagnostics.isEmpty ? careful.value : nil
    }

    @Test("on random documents, sound and with bytes changed")
    func randomDocuments() {
        var sound = 0
        var mended = 0
        for seed in 0..<3_000 as Range<UInt64> {
            var json = RandomJSON(seed: seed)
            let document = json.document()
            if compare(document) != nil {
                sound += 1
                // The quick reader takes all of them itself.
                #expect(scans(document), "\(String(decoding: document, as: UTF8.self))")
            }
            for _ in 0..<3 {
                let mutated = json.mutated()
                if compare(mutated) != nil { mended += 1 } else { #expect(!scans(mutated)) }
            }
        }
        // Most are sound, and of those changed some still are.
        #expect(sound > 2_000)
        #expect((100...8_000).contains(mended), "\(mended)")
    }

    @Test("on every text of four bytes that are marks of JSON")
    func shortTexts() {
        let marks = Array("\"\\{}[],:10-.eu \u{80}".utf8)
        for first in marks {
            for second in marks {
                compare([first, second])
                for third in marks {
                    for fourth in marks where first == 0x22 || first == 0x5B || first == 0x7B {
                        compare([first, second, third, fourth])
                    }
                    compare([first, second, third])
                }
            }
        }
    }

    @Test("on every sequence of bytes in a string, wherever it stands")
    func encoding() {
        let leads: [UInt8] = [
            0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEF, 0xF0, 0xF1,
            0xF3,
            0xF4, 0xF5, 0xFF,
        ]
        let tails: [UInt8] = [0x22, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0]
        for lead in leads {
            for second in tails {
                for third in tails {
                    for padding in [0, 5, 7] {
                        let filler = [UInt8](repeating: 0x61, count: padding)
                        compare([0x22] + filler + [lead, second, third, 0x80, 0x22])
                        compare(
                            [0x22] + filler + [lead, second, third, 0x22] + [UInt8](" \n".utf8)
                        )
                    }
                }
            }
        }
    }

    @Test(
        "on escapes, numbers and words at the end of a text and inside",
        arguments: [
            #""\u12"#, #""\u123g""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#,
            #""\ud83d\ude00""#, #""\ud83d\ud83d""#, #""\uD83D\n""#, #""\u+123""#, #""\x""#, #""\"#,
            "-", "-a", "01", "-01", "0.", "0.e1", "1e", "1e+", "1E-5", ".5", "+1", "1.5.2", "0x10",
            "tru", "true", "truex", "true-", "nul", "null0", "fals", "false", "falsey", "[true,]",
            "{\"a\":1,}", "{\"a\" 1}", "{,}", "[,]", "{\"a\":}", "[1 2]", "{\"a\":1 \"b\":2}",
            "[1}",
            "{\"a\":1]", "[]]", "{}{}", "", " ", "\u{FEFF}{}", "// c\n{}", "{\"a\":1/*c*/}",
        ]
    )
    func endings(_ text: String) {
        compare(Array(text.utf8))
        compare(Array("[\(text)]".utf8))
        compare(Array("{\"k\": \(text)}".utf8))
        compare(Array("{\(text): \(text), \"other\": 0}".utf8))
    }

    @Test("on keys that stand twice, however they are written and however many there are")
    func duplicates() {
        compare(Array(#"{"a":1,"a":2}"#.utf8))
        compare(Array(#"{"a":1,"\u0061":2}"#.utf8))
        compare(Array(#"{"\/":1,"/":2}"#.utf8))
        #expect(compare(Array(#"{"é":1,"e\u0301":2}"#.utf8)) != nil)
        #expect(compare(Array(#"{"\u0000":1,"":2}"#.utf8)) != nil)
        for count in [2, 8, 16, 17, 18, 40, 1_000] {
            let names = (0..<count).map { #""aKeyOfSomeLength\#($0)":\#($0)"# }
            let sound = Array("{\(names.joined(separator: ","))}".utf8)
            #expect(compare(sound) != nil)
            #expect(scans(sound))
            for twin in [0, count / 2, count - 1] {
                let text = names + [#""aKeyOfSomeLength\#(twin)":null"#]
                #expect(compare(Array("{\(text.joined(separator: ","))}".utf8)) == nil)
            }
        }
    }

    @Test("at the limits of values, depth, keys and the gap behind a key")
    func limits() {
        let values = Array("[1,[2,3],{\"a\":4}]".utf8)
        for limit in 0...8 { compare(values, valueLimit: limit) }
        for depth in 126...130 {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let text =
                    String(repeating: open, count: depth) + "1"
                    + String(repeating: close, count: depth)
                #expect((compare(Array(text.utf8)) != nil) == (depth <= JSONParser.depthLimit))
            }
        }
        for length in [4_090, 4_093, 4_094, 4_095, 4_096, 4_097] {
            let key = String(repeating: "k", count: length)
            let text = Array("{\"\(key)\": \"\(key)\"}".utf8)
            #expect((compare(text) != nil) == (length <= JSONParser.keyLimit))
        }
        for gap in [16_381, 16_382, 16_383, 16_384, 16_385, 100_000] {
            let blanks = String(repeating: " ", count: gap)
            #expect(compare(Array("{\"a\":\(blanks)[1], \"b\"\(blanks):{}}".utf8)) != nil)
        }
    }

    @Test("many keys that meet in one hash cost no more than others")
    func collisions() {
        // Keys of one length that differ in two words only collide as often as chance wills.
        let names = (0..<20_000).map { "\"\(String(repeating: "x", count: $0 % 300))\($0)\":0" }
        #expect(compare(Array("{\(names.joined(separator: ","))}".utf8)) != nil)
    }

    @Test("one scanner reads many texts, long and short")
    func reuse() {
        var scanner = JSONScanner(capacity: 1)
        for seed in 0..<200 as Range<UInt64> {
            var json = RandomJSON(seed: seed)
            let document = json.document()
            let long = Array(("[" + String(repeating: "0,", count: 2_000) + "0]").utf8)
            let cut = Array("[1".utf8)
            let taken = [
                scanner.scan(document.span.bytes), scanner.scan(long.span.bytes),
                scanner.scan(cut.span.bytes),
            ]
            #expect(taken == [scans(document), true, false])
        }
    }
}
