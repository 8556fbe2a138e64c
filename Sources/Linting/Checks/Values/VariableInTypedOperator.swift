import ServiceCatalog
import JSONSource
import PolicyLanguage

extension Check {
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
}
