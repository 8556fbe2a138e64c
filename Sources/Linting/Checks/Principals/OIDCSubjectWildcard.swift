import JSONSource
import PolicyLanguage

extension Check {
    static let oidcSubjectWildcard = Check(
        "oidc-subject-wildcard",
        .error,
        "a condition on the subject of a token takes in every owner",
        why: """
            `repo:*` is every repository of GitHub, and `repo:acme*` those of `acme-evil` as well: \
            whoever opens an account of a fitting name assumes the role.
            """,
        fix: "Write the owner in full with what follows it: `repo:acme/*`.",
        source: "IAM User Guide, \"Create a role for OpenID Connect federation\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike":
                    {"token.actions.githubusercontent.com:sub": [«"repo:*"», «"repo:acme*"»,
                      "repo:acme/shop:*"]}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/app.terraform.io"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike":
                    {"app.terraform.io:sub": «"*"»}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/app.terraform.io"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike":
                    {"app.terraform.io:sub": "organization:acme:project:*:workspace:*:*"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Federated":
                  "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike":
                    {"token.actions.githubusercontent.com:sub": "repo:*:environment:prod"},
                   "StringEquals":
                     {"token.actions.githubusercontent.com:repository_owner": "acme"}}}
                """#
            ),
        ],
        inspection: .statement { statement, policy in
            guard policy.kind == .trustPolicy, statement.isAllow else { return [] }
            return SharedProvider.all.flatMap { provider -> [Remark] in
                let subjects = statement.conditions(onClaim: "sub", of: provider.host)
                    .filter { $0.base == .stringLike }
                let others = statement.conditions.filter { condition in
                    condition.canonicalKey.hasPrefix("\(provider.host):")
                        && ![":sub", ":aud"].contains { condition.canonicalKey.hasSuffix($0) }
                }
                guard others.isEmpty else { return [] }
                return subjects.flatMap(\.values).filter { provider.leavesOwnerOpen($0.text) }
                    .map { value in
                        let message = "'\(value.text)' takes in owners that nobody named"
                        return Remark(message, at: value.span)
                    }
            }
        }
    )
}
