import JSONSource

extension Check {
    static let wildcardInService = Check(
        "wildcard-in-service",
        .warning,
        "the service part of a resource holds a wildcard",
        why: """
            IAM refuses to save an identity policy whose ARN names no service; where such a \
            document is stored nevertheless it covers more than any reader expects.
            """,
        fix: "Name the service, or write `*` for everything.",
        source: "IAM User Guide, \"IAM JSON policy elements: Resource\" (RES-3)",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": «"arn:aws:s*:::b"»}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "*", "Resource": «"arn:aws:*:*:*:*"»}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.resources?.entries ?? []).filter { entry in
                let parts = entry.text.split(separator: ":", omittingEmptySubsequences: false)
                return parts.count > 2 && parts[0] == "arn"
                    && parts[2].contains { "*?".contains($0) }
            }.map { Remark("the service of '\($0.text)' is a wildcard", at: $0.span) }
        }
    )
}
