import JSONSource

extension Check {
    static let shadowedAction = Check(
        "shadowed-action",
        .note,
        "another entry of the list covers the action",
        why: "The list looks narrower than it is: whoever reads it misses the wildcard.",
        fix: "Remove the entry, or the wildcard if it is wider than meant.",
        source: "IAM User Guide, \"IAM JSON policy elements: Action\" (ACT-2)",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["s3:*", «"s3:GetObject"»], "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.actions?.shadowedEntries(ignoringCase: true) ?? []
        }
    )
}
