import JSONSource
import PolicyLanguage

extension Check {
    // KEY table 3.2: only temporary credentials carry the key.
    static let mfaIfExistsInAllow = Check(
        "mfa-if-exists-in-allow",
        .warning,
        "an Allow that wants MFA lets long-term access keys pass without it",
        why: """
            Requests made with long-term access keys do not carry `aws:MultiFactorAuthPresent`, \
            and `BoolIfExists` holds for a key that is not there.
            """,
        fix: "Write `Bool`: it fails for requests without the key.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {«"BoolIfExists"»: {"aws:MultiFactorAuthPresent": "true"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                  "Action": "sts:AssumeRole",
                  "Condition": {«"BoolIfExists"»: {"aws:MultiFactorAuthPresent": true}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"},
                  "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            guard statement.isAllow, !statement.needsSignsOfMFA else { return [] }
            return statement.conditions(on: multiFactorAuthPresent).filter {
                $0.holdsWhenAbsent && $0.base == .bool && $0.asksFor("true")
            }
            .map {
                Remark(
                    "long-term access keys carry no '\($0.key.text)' and pass",
                    at: $0.operatorName.span,
                    help: "write 'Bool'"
                )
            }
        }
    )

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
            let key = multiFactorAuthPresent
            guard statement.isDeny, !policy.deniesAbsence(of: ConditionKey(key).canonical) else {
                return []
            }
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

    // KEY table 3.2, KEY-14
    static let mfaDenyHitsFederation = Check(
        "mfa-deny-hits-federation",
        .note,
        "a Deny without MFA in a control policy reaches everybody who signs in elsewhere",
        why: """
            Sessions of IAM Identity Center, SAML and OIDC never carry \
            `aws:MultiFactorAuthPresent`, whatever the identity provider asked for, and \
            `BoolIfExists` with "false" denies them all.
            """,
        fix: "Leave out roles of federation by `aws:PrincipalArn`, or deny IAM users only.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {«"BoolIfExists"»: {"aws:MultiFactorAuthPresent": "false"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"},
                  "StringEquals": {"aws:PrincipalType": "User"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"},
                  "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            let isControl =
                policy.kind == .serviceControlPolicy || policy.kind == .resourceControlPolicy
            let names = ["aws:principal", "aws:userid", "aws:username", "aws:assumedroot"]
            let namesCallers = statement.conditions.contains { condition in
                names.contains { condition.canonicalKey.hasPrefix($0) }
            }
            guard isControl, statement.isDeny, !namesCallers else { return [] }
            return statement.conditions(on: multiFactorAuthPresent).filter {
                $0.holdsWhenAbsent && $0.base == .bool && $0.asksFor("false")
            }
            .map {
                Remark(
                    "sessions of Identity Center, SAML and OIDC carry no '\($0.key.text)' and are "
                        + "denied",
                    at: $0.operatorName.span
                )
            }
        }
    )

    private static let multiFactorAuthPresent = "aws:MultiFactorAuthPresent"
}

extension WrittenCondition {
    fileprivate func asksFor(_ flag: String) -> Bool {
        !values.isEmpty && values.allSatisfy { $0.text.lowercased() == flag }
    }
}

extension WrittenStatement {
    /// Whether another condition fails for credentials that were not obtained with MFA.
    fileprivate var needsSignsOfMFA: Bool {
        conditions.contains {
            $0.canonicalKey.hasPrefix("aws:multifactorauth") && !$0.holdsWhenAbsent
        }
    }
}
