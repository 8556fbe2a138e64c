import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let unknownService = Check(
        "unknown-service",
        .warning,
        "an action's prefix belongs to no service",
        why: """
            The entry covers nothing: a Deny protects nothing, an Allow gives nothing. Prefixes are \
            not always the names people use: CloudWatch is `cloudwatch`, its API `monitoring`.
            """,
        fix:
            "Write the prefix as the service's page in the Service Authorization Reference has it.",
        source: "Service Authorization Reference",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": «"dynamo:GetItem"», "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": ["s3:*", «"cloudwatchlogs:*"»], "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.actions?.entries ?? []).compactMap { entry in
                guard let prefix = entry.actionPattern?.service,
                    ServiceCatalog.service(prefix) == nil
                else { return nil }
                let near = ServiceCatalog.nearestService(to: prefix)
                return Remark(
                    "there is no service with the prefix '\(prefix)'",
                    at: entry.span,
                    help: near.map { "did you mean '\($0)'?" }
                )
            }
        }
    )
}
