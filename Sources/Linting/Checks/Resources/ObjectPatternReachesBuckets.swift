import JSONSource

extension Check {
    static let objectPatternReachesBuckets = Check(
        "bucket-pattern-without-slash",
        .warning,
        "a pattern for a bucket's contents lacks the slash and reaches other buckets",
        why: """
            `arn:aws:s3:::logs*` covers the bucket `logs`, its objects, and every bucket whose name \
            begins with `logs`, also those that somebody else will make.
            """,
        fix: "List the bucket and its objects: `arn:aws:s3:::logs` and `arn:aws:s3:::logs/*`.",
        source: "IAM User Guide, \"IAM JSON policy elements: Resource\" (RES-1, S3-9)",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": «"arn:aws:s3:::logs*"»}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs-*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs*"}"#
            ),
        ],
        inspection: .statement { statement, policy in
            // A Deny that covers more is seldom what hurts; a name that ends in `-` is a family.
            guard statement.isAllow, policy.kind.grants else { return [] }
            return (statement.resources?.entries ?? []).filter { entry in
                let parts = entry.text.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count == 6, parts[2] == "s3", let name = parts.last else {
                    return false
                }
                let stem = name.dropLast()
                return name.hasSuffix("*") && !stem.contains { "/*?${".contains($0) }
                    && stem.last.map { $0.isLetter || $0.isNumber } == true
            }.map {
                Remark("'\($0.text)' also covers buckets with longer names", at: $0.span)
            }
        }
    )
}
