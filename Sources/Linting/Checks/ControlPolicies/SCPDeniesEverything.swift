import JSONSource

extension Check {
    static let scpDeniesEverything = Check(
        "scp-denies-everything",
        .note,
        "an SCP denies everything to everybody",
        why: """
            Nothing works in the accounts below, for their root users, pipelines and break-glass \
            roles either; only service-linked roles and the management account go on. (SCP-1)
            """,
        fix: """
            For a quarantine, spare the roles that will look into the account by a condition on \
            `aws:PrincipalArn`.
            """,
        source: "Organizations User Guide, \"Service control policies (SCPs)\"",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"{"Effect": «"Deny"», "Action": "*", "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"ArnNotLike":
                  {"aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "NotAction": "support:*", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .serviceControlPolicy, statement.isDeny,
                statement.coversEveryAction, statement.coversEverything,
                statement.conditions.isEmpty
            else { return [] }
            return [Remark("nothing works where this SCP applies", at: statement.place)]
        }
    )
}
