import ServiceCatalog
import JSONSource
import PolicyLanguage

extension Check {
    // RES-10
    static let variableOutsideResourcePart = Check(
        "variable-outside-resource-part",
        .error,
        "a variable in a resource before the fifth colon",
        why: """
            Variables are put in only after the fifth colon of an ARN. Before it they are text, \
            which no resource's service, Region or account equals.
            """,
        fix: "Write `*` there, and compare `aws:ResourceAccount` in a condition.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:GetUser",
                  "Resource": «"arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}"»}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:GetUser", "Resource": [
                  "arn:aws:iam::*:user/${aws:username}",
                  "arn:${AWS::Partition}:iam::${AccountId}:user/${aws:username}"]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*", "Condition":
                  {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::${aws:ResourceAccount}:role/a"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.resources?.entries ?? []).compactMap { entry in
                let template = TextTemplate(
                    entry.text,
                    wildcards: .active,
                    variables: .expanded
                )
                let head = template.split(atColons: 5).prefix(5).flatMap(\.variables)
                let found = head.first { $0.isWritten && !KeyLookup($0.description).isUnknown }
                guard let found, entry.text.hasPrefix("arn:") else { return nil }
                let message = "'${\(found)}' stands before the fifth colon and is taken as text"
                return Remark(message, at: entry.span)
            }
        }
    )
}
