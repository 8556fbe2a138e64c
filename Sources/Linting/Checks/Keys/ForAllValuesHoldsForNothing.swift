import JSONSource
import PolicyLanguage

extension Check {
    // Table 2.2: `ForAllValues` holds for an absent key.
    static let forAllValuesHoldsForNothing = Check(
        "for-all-values-holds-for-nothing",
        .note,
        "an Allow limits what a request may set, and allows one that sets nothing",
        why: """
            `ForAllValues` holds for a request without the key. That is meant where tags or \
            attributes are only limited, and a hole where they are to be there: an untagged \
            instance, a scan without leading keys.
            """,
        fix: "Where the key must be there, add `\"Null\": {\"KEY\": \"false\"}`.",
        source: "IAM User Guide, \"Set operators for multivalued context keys\" (COND-9)",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"ForAllValues:StringEquals": {«"aws:TagKeys"»: ["team"]}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]},
                  "Null": {"aws:TagKeys": "false"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.vacuousAllows.filter { !$0.isAboutOrigin }.map { condition in
                Remark(
                    "requests that carry no '\(condition.key.text)' are allowed as well",
                    at: condition.key.span
                )
            }
        }
    )
}
