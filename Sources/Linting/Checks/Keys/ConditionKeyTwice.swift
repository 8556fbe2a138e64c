import JSONSource
import PolicyLanguage

extension Check {
    // COND-4, GRAM-12
    static let conditionKeyTwice = Check(
        "condition-key-twice",
        .warning,
        "one operator lists the same key twice in different letter case",
        why: """
            Key names ignore letter case, so this is one key with two lists of values. As two \
            conditions both must hold, and values meant as alternatives exclude each other.
            """,
        fix: "Write the key once, with all values in one list.",
        source: "IAM JSON policy elements: Condition",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike": {
                  "aws:PrincipalArn": "arn:aws:iam::*:role/a",
                  «"aws:PrincipalARN"»: "arn:aws:iam::*:role/b"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/a"},
                  "ArnNotLikeIfExists": {"aws:PrincipalARN": "arn:aws:iam::*:role/b"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            var seen: [ConditionOperator: [String: WrittenCondition]] = [:]
            return statement.conditions.compactMap { condition in
                guard let form = condition.operator else { return nil }
                let key = condition.canonicalKey
                guard let earlier = seen[form]?[key] else {
                    seen[form, default: [:]][key] = condition
                    return nil
                }
                let message = "the operator lists '\(condition.key.text)' a second time"
                return Remark(message, at: condition.key.span)
                    .noting("the first time is here", at: earlier.key.span)
            }
        }
    )
}
