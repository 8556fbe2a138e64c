import JSONSource
import Testing

@Suite("NearestName")
struct NearestNameTests {
    struct Guess: CustomTestStringConvertible {
        let name: String
        let candidates: [String]
        let nearest: String?

        init(_ name: String, _ candidates: [String], _ nearest: String?) {
            self.name = name
            self.candidates = candidates
            self.nearest = nearest
        }

        var testDescription: String { "\(name) means \(nearest ?? "nothing")" }
    }

    @Test(
        "the nearest name is the one few changes away",
        arguments: [
            Guess("StringEqual", ["StringLike", "StringEquals", "NumericEquals"], "StringEquals"),
            Guess("principle", ["principal", "resource"], "principal"),
            Guess("condition", ["Condition"], "Condition"),
            Guess("EXPECT", ["expect"], "expect"),
            Guess("tset", ["test", "evaluate", "help"], "test"),
            Guess("x", ["y"], "y"),
            Guess("", ["a"], "a"),
            Guess("banana", ["evaluate", "test"], nil),
            Guess("abc", ["abcdef"], nil),
            Guess("abc", [], nil),
        ]
    )
    func guesses(_ row: Guess) {
        #expect(NearestName.of(row.name, among: row.candidates) == row.nearest)
    }

    @Test("of equally near names the first in the alphabet is taken, whatever their order")
    func ties() {
        #expect(NearestName.of("cat", among: ["rat", "bat", "hat"]) == "bat")
        #expect(NearestName.of("cat", among: ["hat", "bat", "rat"]) == "bat")
    }

    @Test("very long names are not compared")
    func longNames() {
        let long = String(repeating: "a", count: 129)
        #expect(NearestName.of(long, among: [long]) == nil)
        #expect(NearestName.of("aa", among: [long, "ab"]) == "ab")
    }
}
