import JSONSource

extension Check {
    static let shadowedResource = Check(
        "shadowed-resource",
        .note,
        "another entry of the list covers the resource",
        why: "The list looks narrower than it is: whoever reads it misses the wildcard.",
        fix: "Remove the entry, or the wildcard if it is wider than meant.",
        source: "IAM User Guide, \"IAM JSON policy elements: Resource\" (RES-1)",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:GetObject",
                 "Resource": ["arn:aws:s3:::b/*", «"arn:aws:s3:::b/in/*"»]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*",
                 "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.resources?.shadowedEntries(ignoringCase: false) ?? []
        }
    )
}
