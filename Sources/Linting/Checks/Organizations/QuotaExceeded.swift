extension Check {
    static let quotaExceeded = Check(
        "quota-exceeded",
        .error,
        "there is more of something than AWS allows",
        why: "AWS refuses it when it is rolled out, halfway through the change.",
        fix: "Merge policies, or spread them over levels.",
        source: """
            Organizations User Guide, "Quotas and service limits"; IAM User Guide, "IAM and AWS \
            STS quotas" (SCP-11, RCP-3, ENT-1…5)
            """,
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {
                 "accounts": {"m": {"id": "111111111111", "iam": {
                   "groups": {"a": {}, "b": {}, "c": {}, "d": {}, "e": {}, "f": {}, "g": {}, "h": {},
                     "i": {}, "j": {}, "k": {}},
                   "users": {"u": {"groups": «["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]»
                   }}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {
                 "accounts": {"m": {"id": "111111111111", "iam": {"groups": {"a": {}},
                   "users": {"u": {"groups": ["a"]}}}}}}}
                """#
            ),
        ],
        inspection: .loading(
            codes: [
                "quota.attachments", "quota.entities", "quota.groups", "quota.tag-length",
                "quota.tags",
                "quota.unit-depth",
            ]
        )
    )
}
