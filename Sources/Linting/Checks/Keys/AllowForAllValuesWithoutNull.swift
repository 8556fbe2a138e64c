import JSONSource
import PolicyLanguage

extension Check {
    // Table 2.2: `ForAllValues` holds for an absent key.
    static let allowForAllValuesWithoutNull = Check(
        "allow-for-all-values-without-null",
        .warning,
        "an Allow with `ForAllValues` also allows requests that do not carry the key",
        why: """
            Of no values all are in any list: the condition holds for a request that does not \
            carry the key, so such a request is allowed.
            """,
        fix: "Add `\"Null\": {\"KEY\": \"false\"}` to the condition.",
        source: "Set operators for multivalued context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"ForAllValues:StringLike":
                  {«"aws:PrincipalOrgPaths"»: "o-a1b2c3d4e5/r-ab12/*"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition":
                  {"ForAllValues:StringEquals": {«"aws:CalledVia"»: "athena.amazonaws.com"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"Null": {"aws:PrincipalOrgPaths": "false"},
                  "ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "*", "Condition":
                  {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": "${aws:userid}"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition":
                  {"ForAllValues:StringNotEquals": {"aws:CalledVia": "athena.amazonaws.com"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.vacuousAllows.filter(\.isAboutOrigin).map { condition in
                Remark(
                    "requests without '\(condition.key.text)' are allowed as well",
                    at: condition.key.span,
                    help: "add \"Null\": {\"\(condition.key.text)\": \"false\"}"
                )
            }
        }
    )
}
