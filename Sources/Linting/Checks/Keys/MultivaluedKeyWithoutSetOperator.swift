import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    // COND-12, COND-13
    static let multivaluedKeyWithoutSetOperator = Check(
        "multivalued-key-without-set-operator",
        .error,
        "a key that holds a set of values is compared without `ForAllValues` or `ForAnyValue`",
        why: """
            AWS compares a set with a list only through a set operator. Without one the condition \
            does not hold, even where the set holds a single value.
            """,
        fix: "Put `ForAnyValue:` or, with a negated operator, `ForAllValues:` in front.",
        source: "Set operators for multivalued context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"StringLike":
                  {«"aws:PrincipalOrgPaths"»: "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*",
                  "Condition": {"StringEquals": {«"aws:tagKeys"»: "owner"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*",
                  "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "owner"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*",
                  "Condition": {"Null": {"aws:TagKeys": "true"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "events:PutRule", "Resource": "*",
                  "Condition": {"StringEquals": {"events:detail-type": "a"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.compactMap { condition in
                guard let form = condition.operator, form.quantifier == nil, form.base != .null,
                    let key = condition.catalogKey, ServiceCatalog.isMultivalued(key)
                else { return nil }
                let set = form.base.isNegated ? "ForAllValues" : "ForAnyValue"
                return Remark(
                    "'\(condition.key.text)' holds a set of values and '\(form)' compares one",
                    at: condition.key.span,
                    help: "write '\(set):\(form)'"
                )
            }
        }
    )
}
