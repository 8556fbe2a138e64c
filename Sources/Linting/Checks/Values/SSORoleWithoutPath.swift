import JSONSource

extension Check {
    // KEY table 3.2 (Identity Center role session)
    static let ssoRoleWithoutPath = Check(
        "sso-role-without-path",
        .error,
        "the ARN of a role of IAM Identity Center lacks its path",
        why: """
            Roles of permission sets have the path `aws-reserved/sso.amazonaws.com/`, outside \
            us-east-1 with the Region behind it, and `aws:PrincipalArn` holds the path.
            """,
        fix: "Write `role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_NAME_*`.",
        source: "Referencing permission sets in resource policies, Amazon EKS, and AWS KMS",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalArn": «"arn:aws:iam::*:role/AWSReservedSSO_Admin_*"»}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalArn": ["arn:aws:iam::*:role/*AWSReservedSSO_Admin_*",
                  "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_*"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.principalARNs.filter { $0.text.contains(":role/AWSReservedSSO_") }.map {
                let message = "'\($0.text)' is no role: the path is missing"
                let path = "role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_"
                return Remark(message, at: $0.span, help: "write '…:\(path)…'")
            }
        }
    )
}
