import JSONSource
import PolicyLanguage

extension Check {
    static let sourceDenyHitsPrincipals = Check(
        "source-deny-hits-principals",
        .error,
        "an RCP against confused deputies denies users and roles as well",
        why: """
            Only calls of service principals carry `aws:SourceOrgID` and its like. For a user or \
            role the key is absent, and the negated condition holds. (COND-2, KEY-3)
            """,
        fix: """
            Add `"Bool": {"aws:PrincipalIsAWSService": "true"}` and `"Null": \
            {"aws:SourceAccount": "false"}` to the conditions.
            """,
        source: "Organizations User Guide, \"Resource control policy examples\"",
        examples: [
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
                  "Condition": {"StringNotEqualsIfExists": {«"aws:SourceOrgID"»: "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
                  "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
                   "Null": {"aws:SourceAccount": "false"},
                   "Bool": {"aws:PrincipalIsAWSService": "true"}}}
                """#
            ),
            .statement(
                .resourceControlPolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
                  "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5",
                    "aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*",
                  "Condition": {"ArnNotEquals":
                    {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:news"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            // In a resource policy it may be meant: this topic may send, and nobody else.
            guard policy.kind == .resourceControlPolicy, statement.deniesEverybody,
                statement.conditions.allSatisfy(mayHoldForUsers),
                let cause = statement.conditions.first(where: {
                    $0.isAboutSource && $0.isOpenNegation
                })
            else { return [] }
            let message = "users and roles carry no '\(cause.key.text)' and are denied as well"
            return [Remark(message, at: cause.key.span)]
        }
    )

    /// Whether a condition may hold for users and roles of the organization.
    private static func mayHoldForUsers(_ condition: WrittenCondition) -> Bool {
        let key = condition.canonicalKey
        if condition.isAboutSource || key.hasPrefix("aws:principalservice") {
            return condition.holdsWhenAbsent
        }
        if key == "aws:principalisawsservice" {
            return condition.values.contains { $0.text.lowercased() == "false" }
        }
        return !condition.isAboutOwner && !condition.isAboutNetwork
    }
}
