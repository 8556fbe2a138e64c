extension Check {
    static let unknownOperator = Check(
        "unknown-operator",
        .error,
        "AWS has no such condition operator",
        why: "AWS refuses the document when it is saved.",
        fix: "Write one of AWS's operators; `Null` takes no `IfExists`.",
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                  "Condition": {«"StringEqual"»: {"aws:PrincipalTag/team": "a"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                  "Condition": {«"NullIfExists"»: {"aws:PrincipalTag/team": "true"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                  "Condition": {"ForAnyValue:StringLikeIfExists": {"aws:CalledVia": "a*"}}}
                """#
            ),
        ],
        inspection: .reading(codes: ["policy.unknown-operator"])
    )
}
