import ServiceCatalog
import JSONSource

extension Check {
    // GRAM-3
    static let variableWithoutVersion = Check(
        "variable-without-version",
        .error,
        "a variable in a document without `\"Version\": \"2012-10-17\"`",
        why: """
            Older documents, and those that name no version, know no variables: `${aws:username}` \
            is then the text it is written as.
            """,
        fix: "Write `\"Version\": \"2012-10-17\"` at the top of the document.",
        source: "IAM JSON policy elements: Version",
        examples: [
            .policy(
                .identityPolicy,
                #"""
                {"Statement": [{"Effect": "Allow", "Action": "s3:*",
                  "Resource": [«"arn:aws:s3:::home/${aws:username}/*"», "arn:aws:s3:::all/*"]}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*",
                  "Resource": "*",
                  "Condition": {"StringLike": {"s3:prefix": «"${saml:sub}/*"»}}}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*",
                  "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Statement": [{"Effect": "Allow", "Action": "s3:*",
                  "Resource": "arn:aws:s3:::home-${AWS::AccountId}/${Stage}/*"}]}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.version == nil || policy.version?.text == "2008-10-17" else { return [] }
            return statement.textsWithVariables.compactMap { text in
                guard let variable = text.variables.first(where: { !$0.key.isUnknown }) else {
                    return nil
                }
                return Remark(
                    "'${\(variable.name)}' is plain text in this version of the language",
                    at: text.span
                )
            }
        }
    )
}
