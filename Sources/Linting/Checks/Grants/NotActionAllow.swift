import JSONSource

extension Check {
    static let notActionAllow = Check(
        "not-action-allow",
        .warning,
        "an Allow with `NotAction` takes in permissions management",
        why: """
            Everything that is not listed is given, in all services and in those AWS will add. \
            Where iam is not on the list, the holder changes his own permissions. In a resource \
            policy the policy itself can be changed, too. (ACT-5)
            """,
        fix: "Write `Action` with what is meant; with `NotAction`, list `iam:*` at least.",
        source: "IAM User Guide, \"IAM JSON policy elements: NotAction\"",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", «"NotAction"»: "s3:DeleteBucket", "Resource": "*"}"#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                  «"NotAction"»: "s3:DeleteBucket", "Resource": "arn:aws:s3:::docs"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"],
                  "Resource": "*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "NotAction": "s3:DeleteObject",
                  "Resource": ["arn:aws:s3:::docs", "arn:aws:s3:::docs/*"]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Allow", "NotAction": "ec2:*", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind.grants, !policy.isBoundary, statement.isAllow,
                let actions = statement.actions, actions.isNegated
            else { return [] }
            switch policy.kind {
            case .identityPolicy:
                // With named resources only the services of those resources are meant.
                guard statement.coversAll([], of: "iam", in: .own),
                    statement.concerns("iam:PutUserPolicy") || statement.concerns("iam:PassRole")
                else { return [] }
                let message =
                    "'NotAction' gives every action of every service but those listed, iam's too"
                return [Remark(message, at: actions.key.span)]
            default:
                let message =
                    "'NotAction' gives every action but those listed, on the policy itself too"
                return [Remark(message, at: actions.key.span)]
            }
        }
    )
}
