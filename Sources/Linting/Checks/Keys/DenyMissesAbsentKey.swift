import JSONSource
import PolicyLanguage

extension Check {
    // COND-10, table 2.2
    static let denyMissesAbsentKey = Check(
        "deny-misses-absent-key",
        .warning,
        "a Deny with `ForAnyValue` and a negated operator misses requests without the key",
        why: """
            `ForAnyValue` needs a value to look at. Whoever has none, such as an anonymous caller \
            or an account outside every organization, is not denied.
            """,
        fix: "Write `ForAllValues` instead of `ForAnyValue`: it holds for an absent key.",
        source: "Set operators for multivalued context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {«"ForAnyValue:StringNotLike"»:
                  {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"ForAllValues:StringNotLike":
                  {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"ForAnyValue:StringNotLikeIfExists":
                  {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*",
                  "Condition": {"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["team"]}}}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"ForAnyValue:StringNotLike":
                    {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}},
                  {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"Null": {"aws:PrincipalOrgPaths": "true"}}}]}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard statement.isDeny else { return [] }
            // Of other sets, such as tag keys, no value is mostly as good as a listed one.
            let perimeterKeys = [
                "aws:principalorgpaths", "aws:resourceorgpaths", "aws:vpceorgpaths",
                "aws:calledvia", "aws:principalservicenameslist",
            ]
            return statement.conditions.compactMap { condition in
                guard condition.quantifier == .forAnyValue, condition.base?.isNegated == true,
                    !condition.holdsWhenAbsent, perimeterKeys.contains(condition.canonicalKey),
                    !policy.deniesAbsence(of: condition.canonicalKey),
                    !statement.conditions.contains(where: {
                        $0.demandsPresence && $0.canonicalKey == condition.canonicalKey
                    })
                else { return nil }
                return Remark(
                    "requests without '\(condition.key.text)' are not denied",
                    at: condition.operatorName.span,
                    help: "write 'ForAllValues:\(condition.base?.rawValue ?? "")'"
                )
            }
        }
    )
}
