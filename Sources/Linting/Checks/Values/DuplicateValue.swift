import JSONSource

extension Check {
    static let duplicateValue = Check(
        "duplicate-value",
        .note,
        "a condition lists the same value twice",
        why: """
            The second one changes nothing and takes up room; where two values were meant, one \
            of them is missing.
            """,
        fix: "Take the second one away, or write the value that was meant.",
        source: "IAM JSON policy elements: Condition",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals":
                  {"aws:RequestedRegion": ["eu-west-1", "eu-west-2", «"eu-west-1"»]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals":
                  {"aws:PrincipalTag/team": ["a", "A"], "aws:ResourceTag/team": ["a"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.flatMap { condition -> [Remark] in
                var seen: [String: SourceString] = [:]
                return condition.values.compactMap { value in
                    guard let first = seen[value.text] else {
                        seen[value.text] = value
                        return nil
                    }
                    return Remark("'\(value.text)' stands in the list twice", at: value.span)
                        .noting("the first time is here", at: first.span)
                }
            }
        }
    )
}
