import JSONSource

extension Check {
    static let nothingLeft = Check(
        "nothing-left",
        .error,
        "`NotAction` or `NotResource` excludes everything",
        why: "The statement covers no request at all.",
        fix: "List what is to be left out, or use `Action` and `Resource`.",
        source: "IAM User Guide, \"IAM JSON policy elements: NotAction\" (ACT-5, RES-8)",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "NotAction": ["iam:*", «"*"»], "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "s3:*", "NotResource": «"*"»}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "NotAction": ["iam:*"], "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            [statement.actions, statement.resources].compactMap { $0 }.filter(\.isNegated)
                .flatMap { element in
                    element.entries.filter { $0.text == "*" || $0.text == "*:*" }.map {
                        Remark("'\(element.key.text)' of '*' leaves nothing", at: $0.span)
                    }
                }
        }
    )
}
