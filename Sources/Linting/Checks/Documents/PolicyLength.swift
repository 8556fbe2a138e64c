import JSONSource
import PolicyLanguage

extension Check {
    static let policyTooLong = Check(
        "policy-too-long",
        .error,
        "the document is longer than AWS takes",
        why: """
            AWS refuses to save it. IAM does not count white space between words; Organizations \
            counts every character of what the API is given, so the shortest form is what counts.
            """,
        fix: "Split it, shorten lists with wildcards, drop Sids, or attach a second policy.",
        source: """
            Organizations User Guide, "Quotas and service limits"; IAM User Guide, "IAM and AWS \
            STS quotas" (GRAM-15, SCP-11, RCP-3, ENT-3)
            """,
        examples: [
            longPolicy(5_100, isFound: true), longPolicy(4_900, isFound: false),
        ],
        inspection: .policy { policy in
            guard let limit = policy.holder.characterLimit else { return [] }
            let size = policy.value.compactLength
            guard size > limit else { return [] }
            let message = "\(policy.name) has \(size) characters, AWS takes at most \(limit)"
            return [Remark(message, at: policy.place)]
        }
    )

    static let policyNearLimit = Check(
        "policy-near-limit",
        .note,
        "the document fills more than nine tenths of what AWS takes",
        why: "The next account id or exemption will not fit, usually in the middle of an incident.",
        fix: "Make room now: wildcards, shorter Sids, a second policy.",
        source: "Organizations User Guide, \"Quotas and service limits\" (SCP-11, RCP-3, ENT-3)",
        examples: [
            longPolicy(4_600, isFound: true), longPolicy(4_400, isFound: false),
            longPolicy(5_100, isFound: false),
        ],
        inspection: .policy { policy in
            guard let limit = policy.holder.characterLimit else { return [] }
            let size = policy.value.compactLength
            guard size * 10 > limit * 9, size <= limit else { return [] }
            let message = "\(policy.name) has \(size) of \(limit) characters"
            return [Remark(message, at: policy.place)]
        }
    )

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
            longPolicy(5_100, isFound: false),
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

    private static func longPolicy(_ letters: Int, isFound: Bool) -> Example {
        let (open, close) = isFound ? ("«", "»") : ("", "")
        return .policy(
            .resourceControlPolicy,
            """
            {"Version": "2012-10-17", \(open)"Statement"\(close): [{"Effect": "Deny", "Principal": "*",
             "Action": "s3:*", "Resource": "arn:aws:s3:::⟨a×\(letters)⟩"}]}
            """
        )
    }
}
