import PolicyLanguage
import Testing

@Suite("Wildcard")
struct WildcardTests {
    struct Case: CustomTestStringConvertible {
        let pattern: String
        let text: String
        let matches: Bool

        init(_ pattern: String, _ text: String, _ matches: Bool) {
            self.pattern = pattern
            self.text = text
            self.matches = matches
        }

        var testDescription: String { "'\(pattern)' \(matches ? "covers" : "misses") '\(text)'" }
    }

    /// `*` and `?` cross colons, `+` and `-` are the forms that do not.
    private static func wildcard(_ pattern: String) -> Wildcard {
        Wildcard(
            pattern.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "*"): .run
                case UInt8(ascii: "?"): .character
                case UInt8(ascii: "+"): .runInSegment
                case UInt8(ascii: "-"): .characterInSegment
                default: .byte(byte)
                }
            }
        )
    }

    @Test(
        "a pattern covers the whole text or nothing",
        arguments: [
            Case("", "", true), Case("", "a", false), Case("a", "", false), Case("a", "a", true),
            Case("a", "A", false), Case("a", "aa", false), Case("*", "", true),
            Case("*", "a:/b", true),
            Case("**", "a", true), Case("a*", "a", true), Case("a*", "ba", false),
            Case("*a", "ba", true), Case("*a", "ab", false), Case("a*b", "ab", true),
            Case("a*b", "a:x/b", true), Case("a*b", "abc", false), Case("a*b*c", "abbcbc", true),
            Case("a*b*c", "acb", false), Case("*ab*ab*", "abab", true),
            Case("*ab*ab*", "aba", false),
            Case("?", "", false), Case("?", "a", true), Case("?", ":", true),
            Case("?", "ab", false),
            Case("?", "é", true), Case("?", "😀", true), Case("??", "é", false),
            Case("a?c", "a€c", true),
            Case("*?", "", false), Case("*?", "é", true), Case("é*", "éa", true),
            Case("*é", "aé", true),
            Case("+", "", true), Case("+", "ab", true), Case("+", "a:b", false),
            Case("a+c", "abc", true), Case("a+c", "a:c", false), Case("+:+", "a:b", true),
            Case("+:+", "a:b:c", false), Case("+:*", "a:b:c", true), Case("*:+", "a:b:c", true),
            Case("-", "a", true), Case("-", ":", false), Case("-", "é", true),
            Case("+-", "", false),
            Case("+-:x", "ab:x", true),
        ]
    )
    func coverage(_ row: Case) {
        #expect(Self.wildcard(row.pattern).matches(row.text) == row.matches)
    }

    @Test("patterns agree with a matcher that tries every way", arguments: 1...40)
    func agreesWithReference(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func pick(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        let patternAlphabet = Array("ab:é**??+-")
        let textAlphabet = Array("aab:é")
        for _ in 0..<200 {
            let pattern = String((0..<pick(7)).map { _ in patternAlphabet[pick(10)] })
            let text = String((0..<pick(8)).map { _ in textAlphabet[pick(5)] })
            let expected = Self.covers(Array(pattern)[...], Array(text)[...])
            #expect(Self.wildcard(pattern).matches(text) == expected, "\(pattern) and \(text)")
        }
    }

    private static func covers(
        _ pattern: ArraySlice<Character>,
        _ text: ArraySlice<Character>
    ) -> Bool {
        guard let token = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        switch token {
        case "*", "+":
            if covers(rest, text) { return true }
            guard let first = text.first, token == "*" || first != ":" else { return false }
            return covers(pattern, text.dropFirst())
        case "?", "-":
            guard let first = text.first, token == "?" || first != ":" else { return false }
            return covers(rest, text.dropFirst())
        default: return text.first == token && covers(rest, text.dropFirst())
        }
    }

    @Test("many runs over a long text end", arguments: ["*", "+"])
    func hostilePattern(_ run: String) {
        let pattern = String(repeating: run + "a", count: 40) + "b"
        let text = String(repeating: "a", count: 2_000)
        #expect(!Self.wildcard(pattern).matches(text))
        #expect(Self.wildcard(pattern).matches(text + "b"))
    }
}
