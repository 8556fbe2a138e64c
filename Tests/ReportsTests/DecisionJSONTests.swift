import Authorization
import JSONSource
import Scenarios
import Testing

@testable import Reports

/// A reason is the same in an answer, in a run and in an explanation.
@Suite("DecisionJSON") struct DecisionJSONTests {
    private static let place = SourceLocation(
        path: "p/scp.json",
        position: LineColumn(line: 3, column: 7)
    )

    private static let reasons = [
        Reason(.serviceRule, .implicitDeny, explanation: "the \"root\" user may not"),
        Reason(.serviceControlPolicy, .explicitDeny, policy: "P", sid: "Sid1", statementIndex: 4),
        Reason(.identityPolicy, .allow, policy: "P", sid: "", statementIndex: 14, target: "arn:x"),
        Reason(.resourcePolicy, .allow, statementIndex: 0, target: "arn:aws:s3:::b"),
    ]

    @Test("a reason written byte by byte is the one of the tree", arguments: reasons)
    func reason(_ reason: Reason) {
        for place in [nil, Self.place] {
            var writer = JSONWriter()
            DecisionJSON.write(reason, at: place, to: &writer)
            let tree = DecisionJSON.reason(reason, location: place)
            #expect(String(decoding: writer.bytes, as: UTF8.self) == tree.compact)
        }
    }
}
