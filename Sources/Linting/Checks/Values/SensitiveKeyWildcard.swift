import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    // KEY-1
    static let sensitiveKeyWildcard = Check(
        "sensitive-key-wildcard",
        .error,
        "wildcards in the id of an account, an organization, a VPC or an endpoint",
        why: """
            Such ids are given out by AWS and mean nothing in part: a pattern lets in accounts, \
            organizations or networks of strangers.
            """,
        fix: "List the ids in full; for \"any\" or \"none\" write `Null`.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringLike": {"aws:PrincipalOrgID": «"o-a1b2c3*"»}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotLikeIfExists": {"aws:sourcevpce": ["vpce-1a2b3c4d",
                  «"vpce-*"»]}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-a1b2c3d4e5",
                  "aws:PrincipalArn": "arn:aws:iam::*:role/a"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.flatMap { condition -> [Remark] in
                guard condition.base?.takesWildcards == true,
                    GlobalConditionKeys.isSensitive(condition.key.text)
                else { return [] }
                return condition.values.filter(\.hasWildcard).map {
                    let message = "'\(condition.key.text)' takes whole ids, not '\($0.text)'"
                    return Remark(message, at: $0.span)
                }
            }
        }
    )
}
