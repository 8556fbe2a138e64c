import JSONSource
import PolicyLanguage

extension Check {
    static let mfaDenyMissesAccessKeys = Check(
        "mfa-deny-misses-access-keys",
        .warning,
        "a Deny without MFA does not reach long-term access keys",
        why: """
            Requests made with long-term access keys do not carry `aws:MultiFactorAuthPresent`, \
            and `Bool` does not hold for a key that is not there: they are not denied.
            """,
        fix: "Write `BoolIfExists`: it also holds for requests without the key.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
                  "Condition": {«"Bool"»: {"aws:multifactorauthpresent": "false"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
                  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": {
                  "Bool": {"aws:MultiFactorAuthPresent": "false"},
                  "Null": {"aws:TokenIssueTime": "false"}}}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Deny", "Action": "*", "Resource": "*",
                    "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}},
                  {"Effect": "Deny", "Action": "*", "Resource": "*",
                    "Condition": {"Null": {"aws:MultiFactorAuthPresent": "true"}}}]}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            let key = "aws:MultiFactorAuthPresent"
            guard statement.isDeny, !policy.deniesAbsence(of: key),
                // Then the statement is not about long-term keys.
                !statement.demands("aws:TokenIssueTime")
            else { return [] }
            return statement.conditions(on: key).filter {
                !$0.holdsWhenAbsent && $0.base == .bool && $0.asksFor("false")
            }
            .map {
                Remark(
                    "requests with long-term access keys carry no '\($0.key.text)' and are not "
                        + "denied",
                    at: $0.operatorName.span,
                    help: "write 'BoolIfExists'"
                )
            }
        }
    )
}
