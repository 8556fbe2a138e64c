extension Check {
    static let emptyConditionValues = Check(
        "empty-condition-values",
        .error,
        "a key is compared with an empty list",
        why: """
            No value is in an empty list: a positive operator never holds and a negated one \
            always does. It is mostly what a template left behind.
            """,
        fix: "Fill the list, or take the condition away.",
        source: "IAM JSON policy elements: Condition",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"StringNotEquals": {"aws:RequestedRegion": «[]»}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:PrincipalTag/team": ""}}}
                """#
            ),
        ],
        inspection: .reading(codes: ["policy.empty-values"])
    )
}
