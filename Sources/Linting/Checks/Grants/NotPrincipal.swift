import JSONSource

extension Check {
    static let notPrincipal = Check(
        "not-principal",
        .warning,
        "a Deny with `NotPrincipal` hits more callers than it spares",
        why: """
            A role's session is spared only if the session, the role and the account are all \
            listed, and whoever has a permissions boundary is denied whatever the list says. \
            (NOTP-2, NOTP-3)
            """,
        fix: """
            Write `"Principal": "*"` with a condition such as `ArnNotEquals` on \
            `aws:PrincipalArn`.
            """,
        source: "IAM User Guide, \"AWS JSON policy elements: NotPrincipal\"",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", «"NotPrincipal"»: {"AWS": "arn:aws:iam::111122223333:role/App"},
                  "Action": "s3:*", "Resource": "arn:aws:s3:::docs/*"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                  "Resource": "arn:aws:s3:::docs/*", "Condition": {"ArnNotEquals":
                    {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/App"}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "NotPrincipal": {"Service": "cloudfront.amazonaws.com"},
                  "Action": "s3:GetObject", "Resource": "arn:aws:s3:::docs/*"}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            // An Allow with NotPrincipal is refused when the policy is read.
            guard statement.isDeny, let principals = statement.principals, principals.isNegated,
                !principals.entries(ofKind: "AWS").isEmpty
            else { return [] }
            let message =
                "'NotPrincipal' denies callers with a permissions boundary whatever it lists"
            return [Remark(message, at: principals.key.span)]
        }
    )
}
