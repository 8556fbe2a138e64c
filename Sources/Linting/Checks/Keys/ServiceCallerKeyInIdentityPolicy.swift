import JSONSource
import PolicyLanguage

extension Check {
    // KEY-3, KEY table 3.1
    static let serviceCallerKeyInIdentityPolicy = Check(
        "service-caller-key-in-identity-policy",
        .warning,
        "a policy of identities asks for a key that only services carry",
        why: """
            `aws:SourceArn`, `aws:SourceAccount` and their kin come with requests that a service \
            makes by itself. Identity policies and SCPs are about users and roles, whose requests \
            never carry them; they do not say who the caller is.
            """,
        fix: "Use `aws:PrincipalArn` or `aws:PrincipalAccount` for the caller.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"ArnLike": {«"aws:SourceArn"»: "arn:aws:iam::*:role/a"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotEquals": {«"aws:SourceAccount"»: "111122223333"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                  "Condition": {"Bool": {«"aws:PrincipalIsAWSService"»: "true"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
                  "Action": "s3:PutObject", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {
                  "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                  "Null": {"aws:SourceArn": "true"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .serviceControlPolicy || policy.kind == .identityPolicy else {
                return []
            }
            let keys = [
                "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths",
                "aws:principalservicename", "aws:principalservicenameslist",
            ]
            return statement.conditions.compactMap { condition in
                let isCertain =
                    keys.contains(condition.canonicalKey) && condition.base != .null
                    || condition.canonicalKey == "aws:principalisawsservice"
                        && condition.values.allSatisfy { $0.text.lowercased() == "true" }
                guard isCertain else { return nil }
                let result = condition.isAboutService ? "is always false" : "is never there"
                return Remark(
                    "in requests that \(policy.kind.noun) is about, '\(condition.key.text)' "
                        + result,
                    at: condition.key.span
                )
            }
        }
    )
}

extension WrittenCondition {
    fileprivate var isAboutService: Bool { canonicalKey == "aws:principalisawsservice" }
}
