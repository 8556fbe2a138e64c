import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let denyForAllValuesWithoutNull = Check(
        "deny-for-all-values-without-null",
        .warning,
        "a Deny with `ForAllValues` also denies requests that do not carry the key",
        why: """
            Of no values all are in any list: the condition holds for a request that does not \
            carry the key, so such a request is denied.
            """,
        fix: """
            Write `ForAnyValue` where one listed value is enough to deny, or add \
            `"Null": {"KEY": "false"}`.
            """,
        source: "Set operators for multivalued context keys",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"ForAllValues:StringEquals": {«"aws:TagKeys"»: ["secret"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"Null": {"aws:TagKeys": "false"},
                  "ForAllValues:StringEquals": {"aws:TagKeys": ["secret"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*",
                  "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["secret"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*", "Condition": {
                  "StringEquals": {"aws:RequestTag/team": "a"},
                  "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "kms:*", "Resource": "*", "Condition":
                  {"ForAllValues:StringNotEquals": {"aws:CalledVia": "athena.amazonaws.com"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            guard statement.isDeny else { return [] }
            return statement.conditions.compactMap { condition in
                guard condition.quantifier == .forAllValues, condition.base?.isNegated == false,
                    condition.base != .null, !statement.demands(condition.canonicalKey),
                    !statement.setsTagsOnly
                else { return nil }
                return Remark(
                    "requests without '\(condition.key.text)' are denied as well",
                    at: condition.key.span
                )
            }
        }
    )
}

extension WrittenStatement {
    /// Whether the actions do nothing but set tags: without one they are refused anyhow.
    fileprivate var setsTagsOnly: Bool {
        coveredActions?.allKnown?.allSatisfy { $0.accessLevel == .tagging } ?? false
    }
}
