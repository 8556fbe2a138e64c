import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
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
}
