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
            codes: ["quota.attachments", "quota.unit-depth", "quota.groups", "quota.tags"]
        )
    )

    static let missingPrincipal = Check(
        "missing-principal",
        .warning,
        "a policy names a user or role that does not exist",
        why: """
            AWS refuses to save such a policy. One that was saved earlier keeps the unique id of \
            what is gone, and matches nobody, also not a successor of the same name.
            """,
        fix: "Correct the name, or remove the principal.",
        source: "IAM User Guide, \"AWS JSON policy elements: Principal\" (PRIN-8, PRIN-9)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"roles": {"R": {"trustPolicy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                   "Principal": {"AWS": «"arn:aws:iam::111111111111:role/Gone"»},
                   "Action": "sts:AssumeRole"}]}}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"roles": {"R": {"trustPolicy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                   "Principal": {"AWS": "arn:aws:iam::111111111111:role/R"},
                   "Action": "sts:AssumeRole"}]}}}}}}}}
                """#
            ),
        ],
        inspection: .loading(codes: ["policy.missing-principal"])
    )
}
