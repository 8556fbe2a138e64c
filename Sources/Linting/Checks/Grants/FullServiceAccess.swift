import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    /// Services that hold data or say who may do what; IAM, STS and KMS have checks of their own.
    private static let servicesWithTreasures: Set<String> = [
        "account", "backup", "dynamodb", "glacier", "identitystore", "organizations", "ram", "rds",
        "redshift", "s3", "secretsmanager", "ssm", "sso", "sso-directory",
    ]

    static let fullServiceAccess = Check(
        "full-service-access",
        .note,
        "every action of a service that holds data or permissions is allowed on all of it",
        why: """
            `s3:*` is not reading and writing alone: it deletes buckets, opens them to the world \
            and turns off their protection.
            """,
        fix: "List the actions that the work needs, or name the resources.",
        source: "IAM User Guide, \"Security best practices in IAM\"",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["ec2:Describe*", «"s3:*"»], "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::docs/*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["cloudwatch:*", "s3:Get*"], "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:ResourceTag/team": "blue"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .identityPolicy, !policy.isBoundary, statement.isAllow,
                statement.coversEverything, !statement.coversEveryAction,
                let actions = statement.actions, !actions.isNegated
            else { return [] }
            return actions.entries.compactMap { entry in
                guard let pattern = entry.actionPattern, pattern.name == "*",
                    let prefix = pattern.service, servicesWithTreasures.contains(prefix),
                    let service = ServiceCatalog.service(prefix),
                    !statement.limitsTarget(of: prefix)
                else { return nil }
                let message = "the statement allows every action of \(service.name) on everything"
                return Remark(message, at: entry.span)
            }
        }
    )
}
