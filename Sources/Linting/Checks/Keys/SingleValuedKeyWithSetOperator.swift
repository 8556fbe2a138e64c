import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
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
