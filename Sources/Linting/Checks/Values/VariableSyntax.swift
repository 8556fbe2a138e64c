import JSONSource
import PolicyLanguage

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

extension SourceString {
    /// A `${` with the name of a key behind it that begins no variable.
    fileprivate var brokenVariable: Substring? {
        let template = TextTemplate(text, wildcards: .active, variables: .expanded)
        for case .literal(let bytes) in template.pieces {
            let literal = String(decoding: bytes, as: UTF8.self)
            for start in literal.indices where literal[start...].hasPrefix("${") {
                let body = literal[start...].dropFirst(2)
                let end = body.firstIndex(of: "}").map { body.index(after: $0) } ?? body.endIndex
                let name = body.prefix { !",}/*".contains($0) }
                // The part of a tag key is the caller's.
                let key = body.dropFirst(name.count).first == "/" ? name + "/x" : name
                guard !KeyLookup(String(key)).isUnknown || !KeyLookup(String(name)).isUnknown,
                    ConditionKey(name).isWritten
                else { continue }
                return literal[start..<end]
            }
        }
        return nil
    }
}
