import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    // VAR-5
    static let unreadableVariable = Check(
        "unreadable-variable",
        .error,
        "a variable is written so that AWS does not see one",
        why: """
            A variable ends in a brace, and a default follows on a comma and one space between \
            single quotes. Written otherwise the text stands for itself.
            """,
        fix: "Write `${aws:username}` or `${aws:PrincipalTag/team, 'default'}`.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource":
                  [«"arn:aws:s3:::home/${aws:username/*"»,
                  «"arn:aws:s3:::home/${aws:PrincipalTag/team,'none'}/*"»]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource":
                  ["arn:aws:s3:::home/${aws:PrincipalTag/team, 'no, none'}/*",
                  "arn:aws:s3:::home/${Stage", "arn:aws:s3:::home/$aws:username"]}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.expandsVariables else { return [] }
            return statement.textsWithVariables.compactMap { text in
                guard let part = text.brokenVariable else { return nil }
                return Remark("'\(part)' is no variable but plain text", at: text.span)
            }
        }
    )
}

extension SourceString {
    /// A `${` with the name of a global key behind it that begins no variable.
    fileprivate var brokenVariable: Substring? {
        let template = TextTemplate(text, wildcards: .active, variables: .expanded)
        for case .literal(let bytes) in template.pieces {
            let literal = String(decoding: bytes, as: UTF8.self)
            for start in literal.indices where literal[start...].hasPrefix("${aws:") {
                let body = literal[start...].dropFirst(2)
                let name = body.prefix { !",}/*$".contains($0) }
                // What follows on a slash is the caller's part, or belongs to the name no more.
                let isKey = GlobalConditionKeys.key(String(name)) != nil
                let isTag =
                    body.dropFirst(name.count).first == "/"
                    && GlobalConditionKeys.key(name + "/x") != nil
                guard isKey || isTag else { continue }
                let end = body.firstIndex(of: "}").map { body.index(after: $0) }
                return literal[start..<(end ?? body.endIndex)]
            }
        }
        return nil
    }
}
