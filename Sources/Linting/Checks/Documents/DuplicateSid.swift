extension Check {
    static let duplicateSid = Check(
        "duplicate-sid",
        .error,
        "two statements have the same Sid",
        why: "IAM refuses such a document; elsewhere nobody can say which statement denied.",
        fix: "Give each statement a Sid of its own.",
        source: "IAM User Guide, \"IAM JSON policy elements: Sid\" (GRAM-6)",
        examples: [
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                  {"Sid": «"A"», "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                  {"Sid": "B", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
                """#
            ),
        ],
        inspection: .reading(codes: ["policy.duplicate-sid"])
    )
}
