import JSONSource
import PolicyLanguage

extension Check {
    // COND-9
    static let nullAsksBoth = Check(
        "null-asks-both",
        .error,
        "`Null` with both \"true\" and \"false\" holds for every request",
        why: "A key is either there or not, so one of the two values always fits.",
        fix: "Leave \"false\" to ask that the key is there, \"true\" to ask that it is not.",
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"Null": {«"aws:RequestTag/team"»: ["true", "false"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"Null": {"aws:RequestTag/team": ["true"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.filter { condition in
                let values = Set(condition.values.map { $0.text.lowercased() })
                return condition.base == .null && values.isSuperset(of: ["true", "false"])
            }
            .map {
                let message = "'\($0.key.text)' is asked to be there and to be absent: always true"
                return Remark(message, at: $0.key.span)
            }
        }
    )
}
