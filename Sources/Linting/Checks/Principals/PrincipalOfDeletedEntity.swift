import JSONSource
import PolicyLanguage

extension Check {
    static let principalOfDeletedEntity = Check(
        "principal-of-deleted-entity",
        .warning,
        "a principal is the id of a user or role, as AWS shows it for one that was deleted",
        why: """
            AWS shows an ARN as long as the user or role lives, and its id afterwards. The id of \
            a deleted one matches nobody, not even a new one of the same name, and some services \
            refuse to save the policy with it. (PRIN-8)
            """,
        fix: "Remove it, or write the ARN of the user or role.",
        source: "IAM User Guide, \"AWS JSON policy elements: Principal\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": «"AROADBQP57FF2AEXAMPLE"»},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "NotPrincipal": {"AWS": ["111122223333",
                  «"AIDACKCEVSQ6C2EXAMPLE"»]}, "Action": "s3:*", "Resource": "*"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/AROA"},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotLike": {"aws:userid": "AROADBQP57FF2AEXAMPLE:*"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.principals?.entries(ofKind: "AWS") ?? []).compactMap { principal in
                let id = principal.text.text
                guard id.utf8.count >= 16, ["AIDA", "AROA"].contains(id.prefix(4)),
                    id.utf8.allSatisfy({ ActionName.isNameByte($0) })
                else { return nil }
                let noun = id.hasPrefix("AIDA") ? "user" : "role"
                let message = "AWS shows an id such as '\(id)' for a \(noun) that was deleted"
                return Remark(message, at: principal.text.span)
            }
        }
    )
}
