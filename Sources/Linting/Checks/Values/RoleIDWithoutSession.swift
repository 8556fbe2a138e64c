import JSONSource
import PolicyLanguage

extension Check {
    // KEY table 3.2 (aws:userid of sessions)
    static let roleIDWithoutSession = Check(
        "role-id-without-session",
        .error,
        "`aws:userid` is compared with a role's id alone",
        why: """
            For a role session `aws:userid` holds the role's id, a colon and the name of the \
            session: `AROA…:NAME`. The id alone equals none.
            """,
        fix: "Write `StringLike` with `AROA…:*`.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotLike": {"aws:userId":
                  [«"AROAEXAMPLEID1234ABCD"», "111122223333"]}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotLike": {"aws:userId":
                  ["AROAEXAMPLEID1234ABCD:*", "AROAEXAMPLEID5678ABCD*", "AIDAEXAMPLEID1234"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions(on: "aws:userid").filter { $0.base?.family == .text }
                .flatMap(\.values)
                .filter {
                    $0.text.hasPrefix("AROA") && !$0.text.contains(":") && !$0.hasWildcard
                        && !$0.hasVariable && !$0.mayBePlaceholder
                }
                .map {
                    let message = "in 'aws:userid' a colon and a session follow on '\($0.text)'"
                    return Remark(message, at: $0.span, help: "write '\($0.text):*'")
                }
        }
    )
}
