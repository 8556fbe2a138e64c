extension Check {
    static let refusedByAWS = Check(
        "refused-by-aws",
        .error,
        "AWS does not accept the document",
        why: """
            The grammar of policies is strict, and differs by what the policy is for: an SCP takes \
            no Principal, a trust policy no Resource, an RCP neither Allow nor NotAction.
            """,
        fix: "Correct what is marked; `--as` says what the document is for if that was misjudged.",
        source: "IAM User Guide, \"Grammar of the IAM JSON policy language\" (GRAM-1…17)",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": «"allow"», "Action": "s3:*", "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", «"Principal"»: "*", "Action": "s3:*", "Resource": "*"}"#
            ),
            .statement(
                .resourceControlPolicy,
                #"{"Effect": "Deny", "Principal": "*", "Action": «"*"», "Resource": "*"}"#
            ),
            .statement(
                .resourcePolicy,
                #"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#
            ),
        ],
        inspection: .reading(
            codes: [
                "json.duplicate-key", "json.missing-field", "json.unknown-field",
                "json.wrong-type", "policy.action-of-other-service",
                "policy.action-without-service", "policy.character",
                "policy.effect-not-allowed", "policy.element-not-allowed", "policy.empty-list",
                "policy.empty-principal", "policy.excluding-elements",
                "policy.federated-outside-trust", "policy.group-principal",
                "policy.invalid-action", "policy.invalid-canonical-user",
                "policy.invalid-condition-key", "policy.invalid-principal",
                "policy.invalid-provider", "policy.invalid-resource",
                "policy.invalid-service-principal", "policy.missing-element",
                "policy.not-principal-with-allow", "policy.principal-not-everyone",
                "policy.principal-wildcard", "policy.sid", "policy.unknown-effect",
                "policy.unknown-principal-kind", "policy.version",
            ]
        )
    )
}
