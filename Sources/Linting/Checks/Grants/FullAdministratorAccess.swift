import JSONSource

extension Check {
    static let fullAdministratorAccess = Check(
        "full-administrator-access",
        .warning,
        "a policy of one's own making allows every action on every resource",
        why: """
            Whoever holds it may do everything in the account, what AWS adds next year included, \
            and may give himself or others whatever a boundary or an SCP does not stop.
            """,
        fix: """
            List the services that the work needs; for real administrators attach \
            AdministratorAccess, which everybody recognizes.
            """,
        source: "IAM User Guide, \"Security best practices in IAM\"",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": «"*"», "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["s3:*", «"*:*"»], "Resource": ["*"]}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::docs/*"}"#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}}
                """#
            ),
            .statement(.identityPolicy, #"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .identityPolicy, !policy.isBoundary, statement.isAllow,
                statement.coversEveryAction, statement.coversEverything,
                statement.conditions.isEmpty,
                let entry = statement.actions?.entries.first(where: {
                    ["*", "*:*"].contains($0.text)
                })
            else { return [] }
            return [
                Remark("the statement allows every action on every resource", at: entry.span)
            ]
        }
    )
}
