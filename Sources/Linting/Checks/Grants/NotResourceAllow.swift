import JSONSource

extension Check {
    static let notResourceAllow = Check(
        "not-resource-allow",
        .warning,
        "an Allow with `NotResource` takes in everything that is not listed",
        why: """
            Resources of other services and those that come into being tomorrow are included; a \
            name that changes falls off the list without notice. (RES-8)
            """,
        fix: """
            Name what is meant in `Resource`, or allow it on `*` and deny what must be spared in a \
            statement of its own.
            """,
        source: "IAM User Guide, \"IAM JSON policy elements: NotResource\"",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", «"NotResource"»: "arn:aws:s3:::payroll/*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::docs/*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::docs/*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind.grants, statement.isAllow, let resources = statement.resources,
                resources.isNegated
            else { return [] }
            let message =
                "'NotResource' allows \(statement.actionPhrase) on everything but the list"
            return [Remark(message, at: resources.key.span)]
        }
    )
}
