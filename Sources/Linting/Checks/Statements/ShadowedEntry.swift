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
            shadowed(statement.actions, ignoringCase: true)
        }
    )

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
            shadowed(statement.resources, ignoringCase: false)
        }
    )

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

    /// Entries that a wildcard of the same list covers; equal ones are another check's.
    private static func shadowed(
        _ element: WrittenStatement.Element?,
        ignoringCase: Bool
    ) -> [Remark] {
        guard let element else { return [] }
        func form(_ entry: SourceString) -> String {
            ignoringCase ? entry.text.lowercased() : entry.text
        }
        let all = zip(element.entries, element.globs)
        let wide = all.filter { $0.0.hasWildcard && !$0.0.hasVariable }.prefix(100)
            .map { (entry: $0, glob: $1) }
        guard !wide.isEmpty else { return [] }
        return all.compactMap { entry, glob in
            let cover = wide.first {
                $0.glob.covers(glob) && form($0.entry) != form(entry)
                    // Of two patterns for the same the first one stands.
                    && !(glob.covers($0.glob) && entry.span.start < $0.entry.span.start)
            }
            return cover.map {
                Remark("'\($0.entry.text)' covers '\(entry.text)' already", at: entry.span)
                    .noting("which stands here", at: $0.entry.span)
            }
        }
    }
}
