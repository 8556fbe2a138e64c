import JSONSource

extension Check {
    static let oidcTrustWithoutAudience = Check(
        "oidc-trust-without-audience",
        .warning,
        "a trust policy takes tokens of a provider that were made for anybody",
        why: """
            Google, Facebook, Amazon and Cognito issue tokens for all applications and identity \
            pools; without a condition on the audience those of strangers open the role as well.
            """,
        fix: "Add `StringEquals` on the provider's `:aud` with the application or identity pool.",
        source: "IAM User Guide, \"Create a role for OpenID Connect federation\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated": «"cognito-identity.amazonaws.com"»},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition":
                    {"ForAnyValue:StringLike":
                      {"cognito-identity.amazonaws.com:amr": "authenticated"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  «"arn:aws:iam::111122223333:oidc-provider/login.example.com"»},
                  "Action": "sts:AssumeRoleWithWebIdentity"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                    {"cognito-identity.amazonaws.com:aud": "eu-west-1:1b2c"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                    {"oidc.eks.eu-west-1.amazonaws.com/id/A1:sub": "system:serviceaccount:a:b"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated": "www.amazon.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition":
                    {"StringEquals": {"www.amazon.com:app_id": "amzn1.application.1"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow,
                statement.concerns("sts:AssumeRoleWithWebIdentity")
            else { return [] }
            return statement.trustedProviders.compactMap { provider in
                guard let host = provider.host else { return nil }
                // The older providers call the audience app_id; a subject or an owner names one
                // user of one application as well.
                let names =
                    provider.isBuiltIn ? ["aud", "oaud", "app_id", "sub", "id", "user_id"] : []
                let isLimited =
                    provider.isBuiltIn
                    ? names.contains { !statement.conditions(onClaim: $0, of: host).isEmpty }
                    : statement.conditions.contains { $0.canonicalKey.hasPrefix("\(host):") }
                // Shared providers are for `oidc-trust-without-subject`.
                guard !isLimited, SharedProvider.crowd(of: host) == nil else { return nil }
                let message =
                    provider.isBuiltIn
                    ? "tokens of \(host) for anybody's application open the role"
                    : "every token of \(host) for an audience of the provider opens the role"
                return Remark(message, at: provider.place.span)
            }
        }
    )
}
