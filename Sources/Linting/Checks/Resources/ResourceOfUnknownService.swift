import JSONSource
import ServiceCatalog

extension Check {
    static let resourceOfUnknownService = Check(
        "resource-of-unknown-service",
        .error,
        "a resource names a service that no ARN has",
        why: """
            The ARN's third part belongs to no service of the partition, so the entry covers \
            nothing. It is not always the action's prefix: ARNs of `elasticloadbalancing` have that \
            word, those of CloudWatch alarms `cloudwatch`, those of its log groups `logs`.
            """,
        fix: "Write the ARN as the service's page has it.",
        source: "Service Authorization Reference, \"Resource types\"",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": «"arn:aws:sqss:*:*:q"»}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sqs:*:*:q"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:execute-api:*:*:a/*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.resources?.entries ?? []).compactMap { entry in
                let parts = entry.text.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count > 2, parts[0] == "arn" else { return nil }
                let service = parts[2]
                guard !service.isEmpty,
                    service.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }),
                    !ServiceCatalog.arnServices.contains(service.lowercased())
                else { return nil }
                return Remark("no ARN has the service '\(service)'", at: entry.span)
            }
        }
    )
}
