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

    static let allowOverriddenByDeny = Check(
        "allow-overridden-by-deny",
        .warning,
        "a Deny of the same document takes back all that an Allow gives",
        why: "An explicit Deny always wins, so the Allow does nothing.",
        fix: "Remove the Allow, or narrow the Deny with a condition or `NotAction`.",
        source: "IAM User Guide, \"Policy evaluation logic\" (EVAL-1)",
        examples: [
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": «"Give"», "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
                  {"Sid": "Take", "Effect": "Deny", "Action": "s3:Put*", "Resource": "*"}]}
                """#
            ),
            .policy(
                .identityPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "Give", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                  {"Sid": "Take", "Effect": "Deny", "Action": "s3:Put*", "Resource": "*"}]}
                """#
            ),
        ],
        inspection: .policy { policy in
            policy.pairs.compactMap { deny, allow in
                guard deny.isDeny, allow.isAllow, deny.covers(allow) else { return nil }
                let message = "statement \(deny.label) denies all that this one allows"
                return Remark(message, at: allow.place).noting("the Deny", at: deny.place)
            }.uniqued()
        }
    )
}

extension WrittenPolicy {
    /// Every statement beside every other, as long as that can be looked through.
    fileprivate var pairs: [(WrittenStatement, WrittenStatement)] {
        guard statements.count <= 200 else { return [] }
        return statements.flatMap { first in
            statements.filter { $0.index != first.index }.map { (first, $0) }
        }
    }
}
