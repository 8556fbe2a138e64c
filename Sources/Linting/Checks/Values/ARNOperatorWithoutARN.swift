import JSONSource
import PolicyLanguage

extension Check {
    // COND-30, COND-31
    static let arnOperatorWithoutARN = Check(
        "arn-operator-without-arn",
        .error,
        "the value under an ARN operator has fewer than six parts",
        why: """
            ARN operators compare part by part between the first five colons, and no wildcard \
            reaches across them: the value equals no ARN at all.
            """,
        fix: "Write all six parts, empty or `*` where they do not matter.",
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"ArnNotLike": {"aws:PrincipalArn": «"arn:aws:iam::*"»}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
                  "Resource": "*",
                  "Condition": {"ArnEquals": {"aws:SourceArn": [«"111122223333"»]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/a", "*",
                  "arn:aws:iam::${aws:PrincipalAccount}:role/b", "<admin-role>", "${ADMINS}"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.filter { $0.base?.family == .arn }.flatMap { condition in
                condition.values.filter { value in
                    let template = TextTemplate(
                        value.text,
                        wildcards: .active,
                        variables: .expanded
                    )
                    let isAnything = value.text == "*"
                    // What a variable in front may bring along is not looked at.
                    return !isAnything && !value.mayBePlaceholder
                        && template.split(atColons: 5).count < 6 && !value.hasVariable
                }
                .map {
                    let name = condition.operatorName.text
                    let message = "'\($0.text)' has fewer than six parts and equals no ARN"
                    return Remark("\(message) under '\(name)'", at: $0.span)
                }
            }
        }
    )
}
