import Authorization
import JSONSource
import Scenarios
import Testing

@testable import Reports

/// Reasons in an answer are written as they are alone.
@Suite("AnswerLines") struct AnswerLinesTests {
    /// Names that Swift takes for equal and that are written differently, or need escapes.
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

    @Test("an answer holds its reasons in order")
    func manyReasons() {
        for reason in Self.reasons {
            let decision = Decision(.allowed, reasons: [reason, reason])
            let line = RequestLine(id: .integer(1), answer: .decision(decision))
            var writer = JSONWriter()
            AnswerLines.write(line, number: 1, to: &writer)
            let tree = DecisionJSON.reason(reason, location: nil).compact
            let text = String(decoding: writer.bytes, as: UTF8.self)
            let head = #"{"id":1,"decision":"allowed","blockedBy":"#
            #expect(text.hasPrefix(head))
            let tail = #""absentKeys":[],"reasons":[\#(tree),\#(tree)]}"#
            #expect(Array(text.utf8.suffix(tail.utf8.count)) == Array(tail.utf8))
        }
    }

    /// Types that block are told in the order of their names, however many reasons name one.
    @Test("blocking types are those of the decision", arguments: PolicyType.allCases)
    func blockingTypes(type: PolicyType) {
        for other in PolicyType.allCases {
            for kinds in [[Reason.Kind.allow, .explicitDeny], [.implicitDeny, .implicitDeny]] {
                let reasons = [
                    Reason(type, kinds[0]), Reason(other, kinds[1]), Reason(type, .allow),
                ]
                var types = BlockingTypes()
                for reason in reasons { types.formUnion(BlockingTypes(reason)) }
                #expect(types.types == Decision(.implicitDeny, reasons: reasons).blockedBy)
            }
        }
    }
}
