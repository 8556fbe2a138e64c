import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let actionNeverMeetsResource = Check(
        "action-never-meets-resource",
        .error,
        "an action works on none of the statement's resources",
        why: """
            A statement covers a request only when both its action and its resource match. This \
            action is about other kinds of resources, so the statement never covers it: \
            `s3:GetObject` is about objects (`bucket/key`), not about the bucket.
            """,
        fix: "Add the resource the action works on, or move the action to a statement of its own.",
        source: "Service Authorization Reference, \"Resource types\"",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": «"s3:GetObject"», "Resource": "arn:aws:s3:::b"}"#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:ListBucket", «"s3:PutObject"»],
                 "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::c"]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": «"lambda:InvokeFunction"»,
                 "Resource": "arn:aws:lambda:eu-west-1:111111111111:function/*"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"],
                 "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "${bucket}/*"}"#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "lambda:InvokeFunction",
                 "Resource": "arn:aws:lambda:eu-west-1:111111111111:function:*"}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            // What every action meets needs none of them to be looked up.
            guard let resources = statement.listedResources,
                !resources.contains(where: { Glob.isEverything($0.text) }),
                let judged = statement.judgedActions
            else { return [] }
            return judged.compactMap { entry, actions in
                let typed = actions.filter(\.hasResourceTypes)
                let reach = ResourceReach(typed)
                guard let first = typed.first, !resources.contains(where: { reach.meets($0.text) })
                else { return nil }
                // A pattern may also cover actions without resources, which `*` would reach.
                return Remark(
                    "'\(entry.text)' works on none of the resources of the statement",
                    at: entry.span,
                    help: "\(first.qualifiedName) works on \(first.formats)"
                )
            }
        }
    )
}
