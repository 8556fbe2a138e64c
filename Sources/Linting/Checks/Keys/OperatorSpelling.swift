extension Check {
    // COND-5
    static let operatorSpelling = Check(
        "operator-spelling",
        .note,
        "an operator is written in other letter case than AWS's",
        why: """
            AWS documents one spelling only. Whether a service takes another is its own affair, \
            and searches over policies miss it.
            """,
        fix: "Spell the operator as AWS does.",
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                  "Condition": {«"stringEquals"»: {"aws:PrincipalTag/team": "a"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                  "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}
                """#
            ),
        ],
        inspection: .reading(codes: ["policy.operator-spelling"])
    )
}
