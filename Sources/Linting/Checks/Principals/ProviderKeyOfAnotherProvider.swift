import JSONSource

extension Check {
    static let providerKeyOfAnotherProvider = Check(
        "provider-key-of-another-provider",
        .error,
        "a condition reads a claim of a provider that the statement does not trust",
        why: """
            Claims come under the host and path of the provider that issued the token; a key of \
            another one is absent, and the condition never holds. (KEY-8)
            """,
        fix: "Begin the key with what follows `oidc-provider/` in the provider's ARN.",
        source: "IAM User Guide, \"IAM and AWS STS condition context keys\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/gitlab.example.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                    {«"gitlab.com:sub"»: "project_path:group/app:ref_type:branch:ref:main"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:saml-provider/Okta"},
                  "Action": "sts:AssumeRoleWithSAML", "Condition": {"StringEquals":
                    {«"accounts.google.com:aud"»: "https://signin.aws.amazon.com/saml"}}}
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
                {"Effect": "Allow", "Principal": {"Federated": ["accounts.google.com",
                  "www.amazon.com"]}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition":
                    {"StringEquals": {"www.amazon.com:app_id": "amzn1.application.1"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated": "accounts.google.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition":
                    {"StringEquals": {"accounts.google.com:aud": "app"},
                     "Null": {"www.amazon.com:app_id": "true"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow,
                let principals = statement.principals, !principals.isNegated
            else { return [] }
            let providers = statement.trustedProviders
            // Claims may also come from an earlier session of a caller who is no provider.
            guard !providers.isEmpty, providers.count == principals.entries.count else { return [] }
            return statement.conditions.compactMap { condition in
                guard !condition.holdsWhenAbsent,
                    let origin = origin(of: condition.canonicalKey),
                    !providers.contains(where: { $0.kind == origin })
                else { return nil }
                let message = "'\(condition.key.text)' is no claim of the trusted provider"
                return Remark(message, at: condition.key.span)
            }
        }
    )

    /// The provider that a claim belongs to; nil for other keys and for placeholders.
    private static func origin(of key: String) -> TrustedProvider.Kind? {
        if key.hasPrefix("saml:") { return .saml }
        guard let colon = key.lastIndex(of: ":"), key.utf8.allSatisfy(isKeyByte) else { return nil }
        let host = key[..<colon]
        // AWS's own prefixes hold no dot.
        return host.prefix { $0 != "/" }.contains(".") ? .oidc(host: String(host)) : nil
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 97...122, 48...57: true
        default: "-._/:".utf8.contains(byte)
        }
    }
}
