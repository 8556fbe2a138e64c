import JSONSource
import PolicyLanguage

extension Check {
    static let policyNearLimit = Check(
        "policy-near-limit",
        .note,
        "the document fills more than nine tenths of what AWS takes",
        why: "The next account id or exemption will not fit, usually in the middle of an incident.",
        fix: "Make room now: wildcards, shorter Sids, a second policy.",
        source: "Organizations User Guide, \"Quotas and service limits\" (SCP-11, RCP-3, ENT-3)",
        examples: [
            .long(4_600, isFound: true), .long(4_400, isFound: false),
            .long(5_100, isFound: false),
        ],
        inspection: .policy { policy in
            guard let limit = policy.holder.characterLimit else { return [] }
            let size = policy.value.compactLength
            guard size * 10 > limit * 9, size <= limit else { return [] }
            let message = "\(policy.name) has \(size) of \(limit) characters"
            return [Remark(message, at: policy.place)]
        }
    )
}
