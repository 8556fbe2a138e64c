import JSONSource

extension Check {
    static let shadowedStatement = Check(
        "shadowed-statement",
        .warning,
        "a statement adds nothing to another of the same effect",
        why: """
            Everything it covers is covered already. Either it is left over, or the wider statement \
            is wider than meant and the narrow one shows what was wanted.
            """,
        fix: "Remove the one that is not meant.",
        source: "IAM User Guide, \"Policy evaluation logic\"",
        examples: [
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"},
                  {"Sid": «"One"», "Effect": "Allow", "Action": ["s3:getobject"],
                   "Resource": "arn:aws:s3:::b/*"}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": «"One"», "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*",
                   "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
                  {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*",
                   "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
                  {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
                  {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::x/*"}]}
                """#
            ),
        ],
        inspection: .policy { policy in
            policy.pairs.compactMap { wide, narrow in
                guard wide.effect != nil, wide.effect == narrow.effect, wide.covers(narrow),
                    // Of two that cover each other the later one is too many.
                    !narrow.covers(wide) || wide.index < narrow.index
                else { return nil }
                let message = "the statement adds nothing to statement \(wide.label)"
                return Remark(message, at: narrow.place)
                    .noting("which covers all of it", at: wide.place)
            }.uniqued()
        }
    )
}
