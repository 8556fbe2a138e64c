import JSONSource
import PolicyLanguage
import ServiceCatalog

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

    // VAR-1
    static let multivaluedKeyAsVariable = Check(
        "multivalued-key-as-variable",
        .error,
        "a variable of a key that holds a set of values",
        why: "A variable takes one value; from a set it takes none.",
        fix: "Compare the key in a condition with a set operator instead.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"ForAnyValue:StringNotLike":
                  {"aws:ResourceOrgPaths": «"${aws:PrincipalOrgPaths}"»}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                  "Condition": {"StringNotEquals":
                  {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.expandsVariables else { return [] }
            return statement.textsWithVariables.flatMap(\.variables)
                .filter { $0.key.key?.isMultivalued == true }
                .map {
                    let message = "'${\($0.name)}' has no value: the key holds a set of them"
                    return Remark(message, at: $0.place.span)
                }
        }
    )

    // VAR-2, VAR-3
    static let variableInTypedOperator = Check(
        "variable-in-typed-operator",
        .error,
        "a variable under an operator that takes none",
        why: """
            Only operators of strings, ARNs and flags put in the values of variables. Elsewhere \
            `${…}` is text that is no number, date or address.
            """,
        fix: "Write the value, or compare the key as text.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
                  {"IpAddress": {"aws:SourceIp": «"${aws:PrincipalTag/network}"»}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition":
                  {"DateLessThan": {"aws:CurrentTime": «"${aws:PrincipalTag/until}"»}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {
                  "IpAddress": {"aws:SourceIp": "${NETWORK}"},
                  "Bool": {"aws:SecureTransport": "${aws:PrincipalTag/secure}"},
                  "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/${aws:PrincipalTag/r}"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.flatMap { condition -> [Remark] in
                guard let base = condition.base, ![.text, .arn, .bool].contains(base.family) else {
                    return []
                }
                return condition.values.flatMap(\.variables).filter { !$0.key.isUnknown }.map {
                    let message = "'\(base.rawValue)' does not put in a value for '${\($0.name)}'"
                    return Remark(message, at: $0.place.span)
                }
            }
        }
    )

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
