extension Check {
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
