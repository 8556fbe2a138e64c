import JSONSource
import PolicyLanguage

extension Check {
    static let incompleteARN = Check(
        "incomplete-arn",
        .error,
        "a resource has fewer than the six parts of an ARN",
        why: """
            Only identity policies complete a short ARN. Elsewhere it is compared as it stands and \
            covers nothing, unless it ends in `*`.
            """,
        fix: "Write all six parts, as in `arn:aws:sqs:*:*:*`.",
        source: "IAM User Guide, \"Identify AWS resources with ARNs\" (RES-5)",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "sqs:*", "Resource": «"arn:aws:sqs"»}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "sqs:*", "Resource": "arn:aws:sqs:*:*:*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind.grammar.completion == .asWritten else { return [] }
            return (statement.resources?.entries ?? []).filter { entry in
                let parts = entry.text.split(separator: ":", omittingEmptySubsequences: false)
                return parts[0] == "arn" && parts.count < 6 && !entry.text.hasSuffix("*")
            }.map { Remark("'\($0.text)' has fewer than six parts", at: $0.span) }
        }
    )
}
