import JSONSource

extension Check {
    static let duplicateEntry = Check(
        "duplicate-entry",
        .note,
        "an entry stands twice in one list",
        why: "It costs characters of a scarce quota and does nothing.",
        fix: "Remove one of the two.",
        source: "IAM User Guide, \"IAM JSON policy elements: Action\"",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:GetObject", "sqs:*", «"s3:getObject"»],
                 "Resource": "*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": ["s3:GetObject", "sqs:*"], "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            let actions = statement.actions?.entries ?? []
            let resources = statement.resources?.entries ?? []
            return repeated(actions) { $0.lowercased() } + repeated(resources) { $0 }
        }
    )

    private static func repeated(
        _ entries: [SourceString],
        _ form: (String) -> String
    ) -> [Remark] {
        var first: [String: SourceSpan] = [:]
        return entries.compactMap { entry in
            guard let earlier = first[form(entry.text)] else {
                first[form(entry.text)] = entry.span
                return nil
            }
            return Remark("'\(entry.text)' stands twice in the list", at: entry.span)
                .noting("it stands here already", at: earlier)
        }
    }
}
