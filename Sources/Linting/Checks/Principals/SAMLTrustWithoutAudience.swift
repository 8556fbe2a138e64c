import JSONSource

extension Check {
    static let samlTrustWithoutAudience = Check(
        "saml-trust-without-audience",
        .warning,
        "a trust policy takes SAML assertions that were made for another service",
        why: """
            Without a condition on `SAML:aud` an assertion that the identity provider made for \
            some other site, and that leaked there, opens the role.
            """,
        fix: "Add `StringEquals` on `SAML:aud` with `https://signin.aws.amazon.com/saml`.",
        source: "IAM User Guide, \"Create a role for SAML 2.0 federation\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  «"arn:aws:iam::111122223333:saml-provider/Okta"»},
                  "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"]}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:saml-provider/Okta"},
                  "Action": "sts:AssumeRoleWithSAML", "Condition": {"StringEquals":
                    {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:saml-provider/Okta"}, "Action": "sts:TagSession"}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow,
                statement.concerns("sts:AssumeRoleWithSAML"),
                statement.conditions(on: "saml:aud").isEmpty,
                statement.conditions(on: "saml:recipient").isEmpty
            else { return [] }
            return statement.trustedProviders.filter { $0.kind == .saml }.map { provider in
                Remark("nothing says for whom the assertion was made", at: provider.place.span)
            }
        }
    )
}
