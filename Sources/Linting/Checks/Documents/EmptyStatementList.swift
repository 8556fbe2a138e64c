extension Check {
    static let emptyStatementList = Check(
        "empty-statement-list",
        .warning,
        "the document holds no statement",
        why: "IAM refuses it, and as an SCP that replaces FullAWSAccess it would allow nothing.",
        fix: "Write the statements, or detach the policy.",
        source: "IAM User Guide, \"IAM JSON policy elements: Statement\" (GRAM-4)",
        examples: [
            .policy(.serviceControlPolicy, #"{"Version": "2012-10-17", "Statement": «[]»}"#),
            .policy(
                .serviceControlPolicy,
                #"""
                {"Version": "2012-10-17",
                 "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}
                """#
            ),
        ],
        inspection: .reading(codes: ["policy.no-statement"])
    )
}
