import ServiceCatalog
import JSONSource
import PolicyLanguage

extension Check {
    // VAR-2
    static let variableInConditionKey = Check(
        "variable-in-condition-key",
        .error,
        "a variable in the name of a condition key",
        why: "Variables stand in values only: no request carries a key of that name.",
        fix: "Name the key in full, one condition for each.",
        source: "IAM policy elements: Variables and tags",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition":
                  {"StringEquals": {«"aws:ResourceTag/${aws:username}"»: "owner"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition":
                  {"StringEquals": {"aws:ResourceTag/${TagName}": "${aws:username}"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.map(\.key).compactMap { key in
                guard let variable = key.variables.first(where: { !$0.key.isUnknown }) else {
                    return nil
                }
                return Remark("'${\(variable.name)}' is not put in here", at: key.span)
            }
        }
    )
}
