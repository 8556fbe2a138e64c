import JSONSource

extension Check {
    static let versionMissing = Check(
        "version-missing",
        .note,
        "the document is read in the language of 2008",
        why: "Policy variables are plain text then, and the next editor will not expect that.",
        fix: "Write `\"Version\": \"2012-10-17\"`.",
        source: "IAM User Guide, \"IAM JSON policy elements: Version\" (GRAM-2, GRAM-3)",
        examples: [
            .policy(
                .identityPolicy,
                #"{«"Statement"»: {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": «"2008-10-17"», "Statement": {"Effect": "Deny", "Principal": "*",
                 "Action": "s3:*", "Resource": "*"}}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17",
                 "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
                """#
            ),
        ],
        inspection: .policy { policy in
            guard !policy.expandsVariables else { return [] }
            let message =
                policy.version == nil
                ? "there is no 'Version', which means 2008-10-17"
                : "'Version' is not 2012-10-17"
            return [Remark(message, at: policy.version?.span ?? policy.place)]
        }
    )
}
