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
                    condition.holdsSetForCertain
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

    // COND-11
    static let singleValuedKeyWithSetOperator = Check(
        "single-valued-key-with-set-operator",
        .warning,
        "a key that holds one value is compared with `ForAllValues` or `ForAnyValue`",
        why: """
            At best a set operator makes no difference to one value. But `ForAllValues` also \
            holds for a request that does not carry the key at all, and `ForAnyValue` with a \
            negated operator does not, unlike the operator alone.
            """,
        fix: "Take the set operator away.",
        source: "Single-valued vs. multivalued context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {«"ForAllValues:StringEquals"»:
                  {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition":
                  {«"ForAllValues:StringEquals"»: {"iam:PassedToService": "ec2.amazonaws.com"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition":
                  {"ForAllValues:StringNotEquals": {"aws:CalledVia": "athena.amazonaws.com"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition":
                  {"ForAnyValue:StringLike":
                  {"cognito-identity.amazonaws.com:amr": "authenticated"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.compactMap { condition in
                guard let quantifier = condition.quantifier, let key = condition.catalogKey,
                    !key.isMultivalued
                else { return nil }
                // Positive, it comes to the same: a service may know better than its table.
                let isGlobal = GlobalConditionKeys.key(condition.key.text) != nil
                guard quantifier == .forAllValues || isGlobal else { return nil }
                return Remark(
                    "'\(condition.key.text)' holds one value: \(effect(of: quantifier, condition))",
                    at: condition.operatorName.span
                )
            }
        }
    )
}

extension Check {
    /// What the set operator changes for a key of one value.
    private static func effect(
        of quantifier: ConditionOperator.Quantifier,
        _ condition: WrittenCondition
    ) -> String {
        let form = condition.operator
        let holdsAlone = form?.ifExists == true || form?.base.isNegated == true
        if condition.holdsWhenAbsent == holdsAlone {
            return "'\(quantifier.rawValue)' makes no difference"
        }
        let verb = condition.holdsWhenAbsent ? "also holds" : "does not hold"
        return "with '\(quantifier.rawValue)' the condition \(verb) for requests without it"
    }
}

extension WrittenCondition {
    /// Tables of services call some keys sets that AWS's own policies compare as one value, such
    /// as `events:detail-type`; only keys whose documentation says so count.
    fileprivate var holdsSetForCertain: Bool {
        ServiceCatalog.isMultivalued(ConditionKey(key.text))
    }
}
