import JSONSource

extension Check {
    static let trustWithoutAllow = Check(
        "trust-without-allow",
        .warning,
        "a trust policy allows nobody",
        why: """
            Without an Allow in its trust policy nobody can assume the role, not even with full \
            permissions in the same account. (STS-1)
            """,
        fix: "Add a statement that allows the principals, or delete the role.",
        source: "IAM User Guide, \"Roles terms and concepts\"",
        examples: [
            .policy(
                .trustPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [{"Effect": «"Deny"», "Principal": "*",
                  "Action": "sts:AssumeRole"}]}
                """#
            ),
            .policy(
                .trustPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition":
                    {"Bool": {"aws:SecureTransport": "false"}}},
                  {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
                    "Action": "sts:AssumeRole"}]}
                """#
            ),
            .policy(
                .resourcePolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": "*"}]}
                """#
            ),
        ],
        inspection: .policy { policy in
            guard policy.kind == .trustPolicy, let first = policy.statements.first,
                policy.statements.allSatisfy(\.isDeny)
            else { return [] }
            return [Remark("nobody can assume the role: nothing is allowed", at: first.place)]
        }
    )
}
