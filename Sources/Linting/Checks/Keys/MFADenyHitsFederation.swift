import JSONSource
import PolicyLanguage

extension Check {
    // KEY table 3.2, KEY-14
    static let mfaDenyHitsFederation = Check(
        "mfa-deny-hits-federation",
        .note,
        "a Deny without MFA in a control policy reaches federated users and the roles of services",
        why: """
            Sessions of IAM Identity Center, SAML and OIDC never carry \
            `aws:MultiFactorAuthPresent`, whatever the identity provider asked for, and no device \
            stands behind the roles of EC2, Lambda, ECS or CodeBuild: `BoolIfExists` with "false" \
            denies them all.
            """,
        fix: "Leave out roles by `aws:PrincipalArn`, or deny IAM users only.",
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
            return statement.conditions(on: "aws:MultiFactorAuthPresent").filter {
                $0.holdsWhenAbsent && $0.base == .bool && $0.asksFor("false")
            }
            .map {
                Remark(
                    "roles of services (EC2, Lambda, ECS, CodeBuild) and sessions of Identity "
                        + "Center, SAML and OIDC never have MFA and are denied",
                    at: $0.operatorName.span
                )
            }
        }
    )
}
