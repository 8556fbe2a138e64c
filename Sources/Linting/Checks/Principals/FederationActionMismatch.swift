import JSONSource

extension Check {
    private static let assumingActions = [
        "sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity",
    ]

    static let federationActionMismatch = Check(
        "federation-action-mismatch",
        .error,
        "a trust policy allows a principal a call that it does not make",
        why: """
            Users of a SAML provider call AssumeRoleWithSAML, those of an OIDC provider \
            AssumeRoleWithWebIdentity, all others AssumeRole. The statement lets nobody in. \
            (STS-1, STS-16)
            """,
        fix: "Write the action that goes with the principal.",
        source: "STS API Reference, \"Actions\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  «"arn:aws:iam::111122223333:saml-provider/Okta"»}, "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated": «"accounts.google.com"»},
                  "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"]}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": «"111122223333"»},
                  "Action": "sts:AssumeRoleWithSAML"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333", "Federated":
                  "arn:aws:iam::111122223333:saml-provider/Okta"},
                  "Action": ["sts:AssumeRole", "sts:AssumeRoleWithSAML"]}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:saml-provider/Okta"}, "Action": "sts:TagSession"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRoleWithSAML"}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow,
                let principals = statement.principals, !principals.isNegated,
                let allowed = assumingActions.first(where: { statement.concerns($0) })
            else { return [] }
            return principals.entries.compactMap { principal in
                guard let call = call(of: principal), !statement.concerns(call) else { return nil }
                let message = "the principal calls \(call), the statement allows \(allowed)"
                return Remark(message, at: principal.text.span)
            }
        }
    )

    /// The call by which a principal assumes a role; nil where that is not known.
    private static func call(of principal: WrittenStatement.Principal) -> String? {
        switch principal.kind {
        case "Federated": TrustedProvider(principal)?.action
        case "AWS": principal.text.text == "*" ? nil : "sts:AssumeRole"
        case "Service": "sts:AssumeRole"
        default: nil
        }
    }
}
