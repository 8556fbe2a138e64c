import JSONSource

extension Check {
    static let oidcTrustWithoutSubject = Check(
        "oidc-trust-without-subject",
        .error,
        "a trust policy takes tokens of a shared OIDC provider whoever they are for",
        why: """
            GitHub, GitLab and their like give tokens to all their customers, and the audience is \
            the customer's to choose. IAM refuses such policies when they are saved today; older \
            ones still work, for everybody. (STS-17)
            """,
        fix: "Add a condition on the provider's `:sub`, such as `repo:owner/name:*`.",
        source: "IAM User Guide, \"Identity-provider controls for shared OIDC providers\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  «"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"»},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                    {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  «"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1"»},
                  "Action": "sts:AssumeRoleWithWebIdentity"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike":
                    {"gitlab.com:sub": "project_path:group/app:*"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                    {"token.actions.githubusercontent.com:repository_owner_id": "4711"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/login.example.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                    {"login.example.com:aud": "deploy"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow,
                statement.concerns("sts:AssumeRoleWithWebIdentity")
            else { return [] }
            return statement.trustedProviders.compactMap { provider in
                guard let host = provider.host, let crowd = SharedProvider.crowd(of: host),
                    !statement.limitsClaims(of: host)
                else { return nil }
                return Remark("\(crowd) may assume the role", at: provider.place.span)
            }
        }
    )
}
