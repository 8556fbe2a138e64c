import JSONSource
import PolicyLanguage
import Testing

/// Patterns and texts made to cost much; what is bounded is the work, not the time.
@Suite("Counted work of patterns")
struct CountedWorkTests {
    private static func wildcard(_ pattern: String, headed: Bool = false) -> Wildcard {
        Wildcard(
            pattern.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "*"): headed ? .runInSegment : .run
                case UInt8(ascii: "?"): .character
                default: .byte(byte)
                }
            }
        )
    }

    private func text(_ unit: String, _ count: Int) -> String {
        String(repeating: unit, count: count)
    }

    @Test("a million stars are one", arguments: [false, true])
    func millionStars(headed: Bool) {
        let wildcard = Self.wildcard(text("*", 1_000_000), headed: headed)
        #expect(wildcard.tokens.count == 1)
        let comparison = wildcard.comparison(with: text("a", 1_000))
        #expect(comparison.matches)
        #expect(comparison.steps <= 8_000)
    }

    @Test("of two runs side by side the wider one stays")
    func runsSideBySide() {
        #expect(Wildcard([.runInSegment, .run, .runInSegment]).tokens == [.run])
        #expect(Wildcard([.runInSegment, .runInSegment]).tokens == [.runInSegment])
        #expect(Wildcard([.run, .character, .run]).tokens == [.run, .character, .run])
    }

    @Test("a pattern of a million stars and letters ends after as many steps as the text allows")
    func starsAndLetters() {
        let comparison = Self.wildcard(text("*a", 500_000)).comparison(with: text("a", 2_000))
        #expect(!comparison.matches)
        #expect(comparison.steps <= 4 * (1_000_000 + 2_000))
    }

    @Test(
        "no pattern and text take more than text × (pattern / 64 + 1) steps beyond the linear ones",
        arguments: [
            ("*" + String(repeating: "a", count: 2_000) + "b", "a"),
            (String(repeating: "*a", count: 1_000) + "b", "a"),
            (String(repeating: "*a?", count: 600) + "b", "a"),
            ("*" + String(repeating: "?", count: 1_000) + "b", "é"),
            (String(repeating: "*ab", count: 600) + "c", "ab"),
        ]
    )
    func worstPairs(pattern: String, unit: String) {
        for headed in [false, true] {
            let wildcard = Self.wildcard(pattern, headed: headed)
            let long = text(unit, 4_000)
            let comparison = wildcard.comparison(with: long)
            let (length, size) = (long.utf8.count, wildcard.tokens.count)
            #expect(!comparison.matches)
            #expect(comparison.steps <= 4 * (length + size) + 1 + length * (size / 64 + 1))
        }
    }

    @Test("twice the text and the pattern take four times the words at most")
    func growth() {
        func steps(_ count: Int) -> Int {
            Self.wildcard("*" + text("a", count) + "b").comparison(with: text("a", 2 * count)).steps
        }
        #expect(steps(2_048) <= 4 * steps(1_024) + 4_096)
    }

    @Test("both ways of comparing agree beyond the first sixty-four places", arguments: 1...20)
    func longPatternsAgree(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func pick(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        for _ in 0..<20 {
            let long = (0..<(60 + pick(140))).map { _ in ["a", "b", "é", "€"][pick(4)] }
            var pattern = long
            for _ in 0..<10 { pattern[pick(pattern.count)] = ["*", "?", "a"][pick(3)] }
            let joined = (pattern.joined(), long.joined())
            // Without a colon in the text a run that stops there is any run.
            let plain = Self.wildcard(joined.0).matches(joined.1)
            #expect(plain == Self.wildcard(joined.0, headed: true).matches(joined.1))
        }
    }

    @Test("a resource of a million stars covers what one star does")
    func resourceOfStars() {
        let pattern = ResourcePattern(
            "arn:aws:s3:::" + text("*", 1_000_000),
            variables: .expanded,
            completion: .asWritten
        )
        #expect(pattern.matches(.named("arn:aws:s3:::b/x"), in: RequestContext()))
    }

    @Test(
        "variables that begin and never end are read once, not once for each",
        arguments: ["${", "${a,", "${a, 'b", "$${{"]
    )
    func unfinishedVariables(unit: String) {
        // Quadratic reading of this would look at 10¹² bytes.
        let long = text(unit, 500_000 / unit.utf8.count) + "}"
        let template = TextTemplate(long, wildcards: .active, variables: .expanded)
        #expect(template.text.utf8.count == long.utf8.count)
        #expect(template.pieces.count <= 3)
    }

    @Test("a variable a thousand times with a long value is not written out (VAR-8)")
    func longValues() {
        let template = TextTemplate(
            text("${x:y}", 10_000),
            wildcards: .active,
            variables: .expanded
        )
        var context = RequestContext()
        // Written out it would have 600 MB.
        context["x:y"] = .single(text("v", 60_000))
        #expect(!template.covers(text("v", 60_000), in: context))
        #expect(!template.equalsIgnoringCase(text("v", 60_000), in: context))
        context["x:y"] = .single("v")
        #expect(template.covers(text("v", 10_000), in: context))
        #expect(template.equalsIgnoringCase(text("V", 10_000), in: context))
        context["x:y"] = nil
        #expect(!template.covers("", in: context))
        let pattern = ResourcePattern(
            "arn:aws:s3:::" + text("${x:y}", 10_000),
            variables: .expanded,
            completion: .asWritten
        )
        context["x:y"] = .single(text("v", 60_000))
        #expect(!pattern.matches(.named("arn:aws:s3:::" + text("v", 4_000)), in: context))
        context["x:y"] = .single("v")
        #expect(pattern.matches(.named("arn:aws:s3:::" + text("v", 10_000)), in: context))
    }

    @Test("letters that change their length with their case are equal all the same (COND-15)")
    func lengthOfLetters() {
        let template = TextTemplate("\u{212A}", wildcards: .literal, variables: .expanded)
        #expect(template.equalsIgnoringCase("k", in: RequestContext()))
        #expect(template.equalsIgnoringCase("K", in: RequestContext()))
    }

    @Test("a document longer than any of AWS is not read, and the message says both sizes")
    func longDocument() {
        func document(_ length: Int) -> String {
            let frame =
                #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::"}}"#
            let stars = text("*", length - frame.utf8.count)
            return policy(
                #"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::\#(stars)"}"#
            )
        }
        let limit = PolicyDocument.readingLimit
        let sound = parse(Array(document(limit).utf8), as: .identity)
        #expect(sound.value?.size == limit)
        #expect(sound.diagnostics.isEmpty)
        let refused = parse(Array(document(limit + 1).utf8), as: .identity)
        #expect(refused.value == nil)
        #expect(
            refused.diagnostics.map(\.message) == [
                "the policy has 262145 characters, far more than AWS takes; at most 262144 are read"
            ]
        )
    }
}
