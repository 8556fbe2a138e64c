import JSONSource

extension Check {
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
