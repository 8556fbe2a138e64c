import Authorization
import JSONSource
import Scenarios
import Testing

@testable import Reports

/// What is kept of earlier answers changes no later one.
@Suite("AnswerLines") struct AnswerLinesTests {
    /// Names that Swift takes for equal, or that share a place, and that are written differently.
    private static let names: [String?] = [
        nil, "", "P", "Q", "K", "\u{212A}", "\u{E9}", "e\u{301}", "a\"b", "a\u{7F}b",
        "12345678\u{1}",
        "0123456789", "\\", "12345678\"90", "\u{1F600}", String(repeating: "x", count: 300),
    ]

    private static var reasons: [Reason] {
        var reasons: [Reason] = []
        for name in names {
            for index in [nil, 0, 1] as [Int?] {
                let target = "arn:\(name ?? "")"
                reasons.append(
                    Reason(.identityPolicy, .allow, policy: name, statementIndex: index)
                )
                reasons.append(
                    Reason(.serviceControlPolicy, .explicitDeny, policy: "P", sid: name)
                )
                reasons.append(Reason(.resourcePolicy, .implicitDeny, target: target))
            }
        }
        return reasons
    }

    @Test("answers of one writer are those of a writer each")
    func manyAnswers() {
        var lines = AnswerLines()
        for _ in 0..<3 {
            for reason in Self.reasons {
                let decision = Decision(.allowed, reasons: [reason, reason])
                let line = RequestLine(id: .integer(1), answer: .decision(decision))
                var writer = JSONWriter()
                lines.write(line, number: 1, to: &writer)
                let tree = DecisionJSON.reason(reason, location: nil).compact
                let text = String(decoding: writer.bytes, as: UTF8.self)
                let head = #"{"id":1,"decision":"allowed","blockedBy":"#
                #expect(text.hasPrefix(head))
                let tail = #""absentKeys":[],"reasons":[\#(tree),\#(tree)]}"#
                #expect(Array(text.utf8.suffix(tail.utf8.count)) == Array(tail.utf8))
            }
        }
    }
}
