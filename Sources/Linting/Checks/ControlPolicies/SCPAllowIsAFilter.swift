import JSONSource

extension Check {
    static let scpAllowIsAFilter = Check(
        "scp-allow-is-a-filter",
        .note,
        "an Allow in an SCP gives nothing and filters what may be given",
        why: """
            Beside FullAWSAccess at the same root, unit or account it changes nothing; without \
            FullAWSAccess it is the complete list of what is left there and below. (SCP-2, SCP-3)
            """,
        fix: """
            Keep it where FullAWSAccess is detached on purpose; to forbid something, write a Deny.
            """,
        source: "Organizations User Guide, \"SCP evaluation\"",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"{"Effect": «"Allow"», "Action": "ec2:*", "Resource": "*"}"#
            ),
            .policy(
                .serviceControlPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "*", "Resource": "*"},
                  {"Sid": «"Storage"», "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                  {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}"#
            ),
        ],
        inspection: .policy { policy in
            // In an organization it shows beside what the policy is attached.
            guard policy.kind == .serviceControlPolicy, policy.holder.name == nil else { return [] }
            let allows = policy.statements.filter(\.isAllow)
            let everything = allows.first { $0.allowsEverything }
            // One remark says it for all of them.
            guard let filter = allows.first(where: { !$0.allowsEverything }) else { return [] }
            guard let everything else {
                let message = "the statement gives nothing: it limits what policies below may give"
                return [Remark(message, at: filter.place)]
            }
            let message = "the statement has no effect beside the one that allows everything"
            return [
                Remark(message, at: filter.place).noting(
                    "everything is let through here",
                    at: everything.place
                )
            ]
        }
    )
}

extension WrittenStatement {
    fileprivate var allowsEverything: Bool {
        coversEveryAction && coversEverything && conditions.isEmpty
    }
}
