import ServiceCatalog
import JSONSource

extension Check {
    // VAR-1, VAR-6, VAR-7
    static let unknownVariable = Check(
        "unknown-variable",
        .error,
        "a variable of which no request carries the key",
        why: """
            Without a value a resource fits nothing, a positive condition fails, and a negated \
            one holds.
            """,
        fix: "Write the key as the page of global keys or the service's page has it.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*",
                  "Resource": «"arn:aws:s3:::home/${aws:usernames}/*"»}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:ResourceAccount": «"${aws:AccountId}"»}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource": [
                  "arn:aws:s3:::home/${aws:UserName}/${aws:PrincipalTag/team, 'none'}/${*}",
                  "arn:aws:s3:::app-${AWS::AccountId}/${Stage}/${self:custom.name}",
                  "arn:aws:s3:::app/${cognito-identity.amazonaws.com:sub}/${ssm:/path}"]}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.expandsVariables else { return [] }
            return statement.textsWithVariables.flatMap(\.variables).filter { variable in
                // Template languages have prefixes of their own, some like services'.
                variable.key.isUnknown && variable.name.lowercased().hasPrefix("aws:")
            }
            .map {
                let near = KeyLookup.nearest(to: $0.name)
                return Remark(
                    "there is no condition key '\($0.name)' to take a value from",
                    at: $0.place.span,
                    help: near.map { "did you mean '${\($0)}'?" }
                )
            }
        }
    )
}
