import JSONSource
import PolicyLanguage

extension Check {
    static let policyLongAsWritten = Check(
        "policy-long-as-written",
        .warning,
        "the document is too long for the API with the white space it is written with",
        why: """
            Organizations counts white space when a policy is saved through the API, the CLI or a \
            tool that sends the file as it is; only the console takes it out.
            """,
        fix: "Send it minified, as `jsonencode` does, or shorten it.",
        source: "Organizations User Guide, \"Quotas and service limits\" (GRAM-15)",
        examples: [
            .policy(
                .resourceControlPolicy,
                """
                {"Version": "2012-10-17", «"Statement"»: [{"Effect": "Deny", "Principal": "*",
                 "Action": "s3:*",⟨ ×5200⟩"Resource": "*"}]}
                """
            ),
            .policy(
                .resourceControlPolicy,
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                 "Action": "s3:*",⟨ ×4900⟩"Resource": "*"}]}
                """
            ),
            .long(5_100, isFound: false),
        ],
        inspection: .policy { policy in
            // In an organization file or an export it is not written as it would be sent.
            guard [.serviceControlPolicy, .resourceControlPolicy].contains(policy.kind),
                policy.holder.name == nil, let limit = policy.holder.characterLimit,
                policy.value.compactLength <= limit
            else { return [] }
            let written = Int(policy.value.span.end) - Int(policy.value.span.start)
            guard written > limit else { return [] }
            let message = "\(policy.name) is written with \(written) characters, AWS takes \(limit)"
            return [Remark(message, at: policy.place)]
        }
    )
}
