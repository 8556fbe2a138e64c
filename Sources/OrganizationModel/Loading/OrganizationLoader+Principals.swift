import JSONSource
package import PolicyLanguage

extension OrganizationLoader {
    /// Warns of principals that name a user or role an account of the file does not have.
    ///
    /// Such an entry matches nobody (PRIN-8, PRIN-9).
    mutating func warnAboutMissingPrincipals(in organization: Organization) {
        for account in organization.accounts {
            for resource in account.resources {
                if let policy = resource.policy { warn(policy, organization) }
                for grant in resource.grants {
                    if let arn = grant.grantee.entityARN { warn(arn, at: grant.span, organization) }
                }
            }
            var missing: Set<String> = []
            for role in account.roles {
                warn(role.trustPolicy, organization)
                warnAboutProviders(of: role, in: account, missing: &missing)
            }
        }
    }

    /// Who federates into a role comes by a provider of the role's own account (STS-16).
    ///
    /// One that several roles trust is missed once.
    private mutating func warnAboutProviders(
        of role: IAMRole,
        in account: Account,
        missing: inout Set<String>
    ) {
        let settings = account.settings
        let known =
            settings.samlProviders.map { "saml-provider/\($0)" }
            + settings.oidcProviders.keys.sorted().map { "oidc-provider/\($0)" }
        for statement in role.trustPolicy.document.statements {
            guard let principal = statement.principal else { continue }
            for case (.federated(let text), let span) in zip(principal.entries, principal.spans) {
                guard let arn = ARN(text) else { continue }
                if arn.accountID != account.id {
                    let message =
                        "the provider '\(text)' is not in the role's account, so nobody comes by it"
                    diagnostics.append(
                        .warning("organization.foreign-provider", message, at: span)
                    )
                } else if !known.contains(arn.resource), missing.insert(text).inserted {
                    let near = NearestName.of(arn.resource, among: known)
                    let field =
                        arn.resourceType == "saml-provider" ? "samlProviders" : "oidcProviders"
                    let message =
                        "the provider '\(text)' is not listed under 'iam.\(field)' of the account "
                        + "'\(account.name)'"
                    let help = near.map {
                        "did you mean 'arn:\(arn.partition):iam::\(account.id):\($0)'?"
                    }
                    diagnostics.append(
                        .warning("organization.missing-provider", message, at: span, help: help)
                    )
                }
            }
        }
    }

    private mutating func warn(_ policy: Policy, _ organization: Organization) {
        for statement in policy.document.statements {
            guard let principal = statement.principal else { continue }
            for (entry, span) in zip(principal.entries, principal.spans) {
                guard let arn = entry.entityARN else { continue }
                warn(arn, at: span, organization)
            }
        }
    }

    private mutating func warn(_ arn: ARN, at span: SourceSpan, _ organization: Organization) {
        guard let id = arn.accountID, let account = organization.account(id),
            !account.hasEntity(arn)
        else { return }
        var near: String?
        if hasReader {
            let known = account.roles.map(\.arn) + account.users.map(\.arn)
            near = NearestName.of(arn.description, among: known.lazy.map(\.description))
        }
        let message = "the principal '\(arn)' does not exist, so it matches nobody"
        let help = near.map { "did you mean '\($0)'?" }
        diagnostics.append(.warning("policy.missing-principal", message, at: span, help: help))
    }
}

extension Account {
    /// Whether a user or role has exactly that ARN, path included.
    package func hasEntity(_ arn: ARN) -> Bool {
        user(arn.resourceName)?.arn == arn || role(arn.resourceName)?.arn == arn
    }
}
