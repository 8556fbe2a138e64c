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
            .long(5_100, isFound: true), .long(4_900, isFound: false),
        ],
        inspection: .policy { policy in
            guard let limit = policy.holder.characterLimit else { return [] }
            let size = policy.value.compactLength
            guard size > limit else { return [] }
            let message = "\(policy.name) has \(size) characters, AWS takes at most \(limit)"
            return [Remark(message, at: policy.place)]
        }
    )
}
