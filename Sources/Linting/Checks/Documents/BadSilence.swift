extension Check {
    static let badSilence = Check(
        "bad-silence",
        .error,
        "a `$lint` note silences nothing, gives no reason or names no check",
        why: """
            A note that no longer holds hides the next mistake in the same place; without a reason \
            nobody can tell later whether it still holds.
            """,
        fix: "Remove the note, or write `\"$lint\": {\"check-id\": \"why this is meant\"}`.",
        source: "Guide of the linter",
        examples: [
            .policy(
                .serviceControlPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [{"$lint": {«"unknown-action"»: "it is new"},
                  "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}]}
                """#
            ),
            .policy(
                .serviceControlPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [{"$lint": {"unknown-action": «""»},
                  "Effect": "Deny", "Action": "s3:GetObjct", "Resource": "*"}]}
                """#
            ),
            .policy(
                .serviceControlPolicy,
                #"""
                {"Version": "2012-10-17", "Statement": [{"$lint": {"unknown-action": "it is new"},
                  "Effect": "Deny", "Action": "s3:NewObject", "Resource": "*"}]}
                """#
            ),
        ],
        inspection: .silences
    )
}
